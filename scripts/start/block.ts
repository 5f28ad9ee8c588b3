import { join } from 'node:path'
import type { DemoFacts, DemoResident } from '../demo/seed.ts'
import type { NoElectron } from './electron.ts'
import type { Ports } from './ports.ts'

export interface Started {
  readonly ports: Ports
  readonly facts: DemoFacts
  readonly dataFolder: string
  readonly counter: 'electron' | 'not-wanted' | NoElectron
  readonly camera: 'there' | 'missing' | 'unknown'
  readonly seconds: number
}

const counterLines: Readonly<Record<Started['counter'], string | undefined>> = {
  electron: undefined,
  'not-wanted': undefined,
  'no-screen': 'Tidak ada layar untuk Electron: loket dibuka di peramban. · No screen for Electron: the counter opens in the browser.',
  'out-of-reach': 'Electron tidak dapat diunduh di sini: loket dibuka di peramban. · Electron cannot be fetched here: the counter opens in the browser.',
  failed: 'Pengunduhan Electron gagal: loket dibuka di peramban. · Fetching Electron failed: the counter opens in the browser.',
}

/** The code for the next browser: each start offers another, and begins again when all have been offered. */
export function nextEnrolmentCode(facts: DemoFacts): string {
  const codes = facts.enrolments.filter(({ officeRef }) => officeRef === 'madiun')
  return codes[facts.starts % codes.length]?.code ?? ''
}

/** The one block of text that a person needs after a start. */
export function startedBlock({ ports, facts, dataFolder, counter, camera, seconds }: Started): string {
  const counterAddress = `http://localhost:${ports.counter}/`
  const addresses: [string, string][] = [
    ['Aplikasi warga · Resident app', `http://localhost:${ports.server}/`],
    ['Loket, pertama kali · Counter, first time', `${counterAddress}#enrol=${nextEnrolmentCode(facts)}`],
    ['Loket, sesudahnya · Counter, later', counterAddress],
    ['Kotak surat · Mailbox', `http://localhost:${ports.mailbox}/`],
    ['Kode masuk · Sign-in codes', `http://localhost:${ports.mailbox}/kode`],
    ['Lembaga · Institutions', `http://localhost:${ports.server}/lembaga`],
  ]
  const note = counterLines[counter]
  const lines = [
    '',
    `IKD siap · IKD is up (${seconds.toFixed(1)} s)`,
    '',
    ...table(addresses),
    ...(note ? ['', `  ${note}`] : []),
    ...(camera === 'missing' ? ['', '  Tidak ada kamera pada komputer ini: loket memerlukannya untuk QR dan wajah. · This computer has no camera: the counter needs one for QR and face.'] : []),
    '',
    'Masuk · Sign-in',
    ...table(facts.staff.map(({ username, password, place, role, approvalPin }) => [username, password, `${role}, ${place}${approvalPin ? `, PIN ${approvalPin}` : ''}`])),
    '  Petugas kantor juga memasukkan kode dari halaman “Kode masuk”. · Office staff also enter a code from the page “Sign-in codes”.',
    ...(facts.staff.some(({ approvalPin }) => approvalPin) ? ['  PIN: yang diketik supervisor di loket petugas saat menyetujui, bukan kata sandinya. · What a supervisor types at an officer’s desk to approve, never the password.'] : []),
    '',
    'Warga demo · Demo residents',
    ...table(told(facts).map((resident) => [resident.nik, resident.name, about(resident, dataFolder)])),
    `  lainnya · more: ${join(dataFolder, 'demo.json')}`,
    '',
    'Mulai · Begin',
    '  1. Buka aplikasi warga dan daftar dengan NIK di atas. · Open the resident app and register with a NIK from above.',
    '  2. Buka loket, masuk sebagai petugas.madiun, pindai QR pendaftaran. · Open the counter, sign in as petugas.madiun, scan the registration QR.',
    '  3. Wajah Anda sendiri: mulai dengan --photo FILE --name NAMA, daftar dengan NIK baru itu, ikuti gerakan yang diminta, setujui, buka kotak surat. · Your own face: start with --photo FILE --name NAME, register with that new NIK, follow the movements asked for, approve, open the mailbox.',
    '     Gambar wajah saja ditolak, karena tidak dapat menoleh; setelah tiga kali, supervisor memutuskan. · A picture alone is refused, for it cannot turn; after three tries a supervisor decides.',
    '',
    'Ctrl-C mengakhiri semuanya · Ctrl-C ends everything',
    '',
  ]
  return lines.join('\n')
}

/** Own photographs, the pairs, then whoever has a photograph: six at most. */
function told({ residents }: DemoFacts): readonly DemoResident[] {
  return residents.filter(({ hasPhoto }) => hasPhoto).slice(0, 6)
}

function about({ part, show }: DemoResident, dataFolder: string): string {
  const picture = show ? join(dataFolder, show) : ''
  if (part === 'own-photo') return 'foto Anda · your photograph'
  if (part === 'genuine-pair') return `orang yang sama · same person: ${picture}`
  if (part === 'uncertain-pair') return `meragukan · inconclusive: ${picture}`
  if (part === 'lives-elsewhere') return 'berdomisili di luar wilayah · lives outside the area'
  if (part === 'married-under-17') return 'belum 17, sudah kawin · under 17, married'
  return ''
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)))
  return rows.map((row) => `  ${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')}`.trimEnd())
}
