import { createHash } from 'node:crypto'
import { type DocumentKind, parseNik } from '@ikd/contract'

export interface DocumentItem {
  readonly title: string
  readonly fields: readonly { readonly label: string; readonly value: string }[]
}

/** What the agencies have on record, worked out from the NIK alone: the same whoever asks and whenever. */
export function findDocuments(nik: string, kind: DocumentKind, year: number): readonly DocumentItem[] {
  const parsed = parseNik(nik)
  const find = finders[kind]
  if ('problem' in parsed || find === undefined) return []
  const { yearOfCentury, month, day, regencyCode } = parsed.parts
  const birthYear = yearOfCentury > year % 100 ? 1900 + yearOfCentury : 2000 + yearOfCentury
  return find({ nik, regencyCode, birthYear, birth: dayText(birthYear, month, day), age: year - birthYear, draw: drawFor(`${kind}/${nik}`) })
}

interface Subject {
  readonly nik: string
  readonly regencyCode: string
  readonly birthYear: number
  readonly birth: string
  /** Within a year. */
  readonly age: number
  /** A whole number below `limit`, always the same for this person, document and name. */
  readonly draw: (name: string, limit: number) => number
}

// The family card is the register's own; no agency answers for it.
const finders: Partial<Record<DocumentKind, (subject: Subject) => readonly DocumentItem[]>> = {
  npwp: taxNumber,
  vaccination,
  vehicle: vehicles,
  'health-insurance': healthInsurance,
  'birth-certificate': birthCertificate,
}

interface Region {
  readonly name: string
  readonly plate: string
}

const madiun: Region = { name: 'Madiun', plate: 'AE' }
const regions: Readonly<Record<string, Region>> = { '3577': madiun, '3519': madiun, '3402': { name: 'Bantul', plate: 'AB' }, '3471': { name: 'Yogyakarta', plate: 'AB' } }
const otherRegion: Region = { name: 'Contoh', plate: 'XX' }

function taxNumber({ nik, age, regencyCode, draw }: Subject): DocumentItem[] {
  if (age < 19 || draw('has', 10) >= 8) return []
  return [
    item('NPWP', {
      // Since 2024 a resident's NPWP is the NIK (PMK 112/PMK.03/2022).
      NPWP: nik,
      'Kantor Pelayanan Pajak': `KPP Pratama ${region(regencyCode).name}`,
      'Terdaftar sejak': dayText(Math.max(2010, 2024 - draw('since', 14)), 1 + draw('month', 12), 1 + draw('day', 28)),
      Status: 'Aktif',
    }),
  ]
}

function vaccination({ age, draw }: Subject): DocumentItem[] {
  if (age < 9 || draw('has', 10) === 9) return []
  const doses = 1 + draw('doses', 3)
  return Array.from({ length: doses }, (_, i) =>
    item(`Vaksin Covid-19 dosis ${i + 1}`, {
      Vaksin: ['CoronaVac', 'AstraZeneca', 'Pfizer', 'Moderna'][draw(`vaccine${i}`, 4)] ?? '',
      Tanggal: dayText(2021 + Math.floor(i / 2), 1 + ((i * 5 + draw('month', 6)) % 12), 1 + draw(`day${i}`, 28)),
      Fasilitas: `Puskesmas Contoh ${1 + draw('clinic', 9)}`,
      Nomor: `DEMO-${String(draw(`number${i}`, 10 ** 8)).padStart(8, '0')}`,
    }),
  )
}

function vehicles({ age, regencyCode, draw }: Subject): DocumentItem[] {
  if (age < 18) return []
  const count = [1, 1, 1, 1, 2, 2, 3, 0, 0, 0][draw('owned', 10)] ?? 0
  return Array.from({ length: count }, (_, i) => {
    const car = draw(`car${i}`, 4) === 0
    return item(car ? 'Mobil penumpang' : 'Sepeda motor', {
      'Nomor polisi': `${region(regencyCode).plate} ${1000 + draw(`plate${i}`, 9000)} ${letters(draw(`letters${i}`, 676))}`,
      'Tahun pembuatan': String(2008 + draw(`year${i}`, 17)),
      'Isi silinder': car ? `${1000 + 100 * draw(`cc${i}`, 15)} cc` : `${[110, 125, 150][draw(`cc${i}`, 3)]} cc`,
      'Pajak sampai': dayText(2027, 1 + draw(`tax${i}`, 12), 1 + draw(`taxday${i}`, 28)),
    })
  })
}

function healthInsurance({ regencyCode, draw }: Subject): DocumentItem[] {
  if (draw('has', 20) === 0) return []
  return [
    item('Jaminan Kesehatan Nasional', {
      'Nomor peserta': `000${String(draw('number', 10 ** 10)).padStart(10, '0')}`,
      Kelas: String(1 + draw('class', 3)),
      'Faskes tingkat pertama': `Puskesmas ${region(regencyCode).name} ${1 + draw('clinic', 6)}`,
      Status: draw('status', 12) === 0 ? 'Nonaktif' : 'Aktif',
    }),
  ]
}

function birthCertificate({ regencyCode, birthYear, birth, draw }: Subject): DocumentItem[] {
  // Older births were often never certified.
  if (birthYear < 1975 + draw('has', 20)) return []
  const registered = birth.split('-').reverse().join('')
  return [item('Akta kelahiran', { 'Nomor akta': `${regencyCode}-LU-${registered}-${String(1 + draw('number', 9999)).padStart(4, '0')}`, 'Tanggal lahir': birth })]
}

function item(title: string, fields: Readonly<Record<string, string>>): DocumentItem {
  return { title, fields: Object.entries(fields).map(([label, value]) => ({ label, value })) }
}

function region(regencyCode: string): Region {
  return regions[regencyCode] ?? otherRegion
}

function letters(n: number): string {
  return String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26))
}

function dayText(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function drawFor(subject: string): Subject['draw'] {
  return (name, limit) => createHash('sha256').update(`${subject}/${name}`).digest().readUIntBE(0, 6) % limit
}
