import { type Household, makeFamily, birthplaceOf, type Registry, type Resident } from './households.ts'
import type { Village } from './places.ts'
import { shifted } from './dates.ts'

/** Somebody the demo needs: for a rule of eligibility, or for a face. */
export interface CastMember {
  readonly nik: string
  /** What the demo has this person for. */
  readonly part: Part
}

export type Part =
  | 'genuine-pair'
  | 'uncertain-pair'
  | 'newcomer'
  | 'not-recorded'
  | 'ktp-not-issued'
  | 'deceased'
  | 'lives-elsewhere'
  | 'seventeen-next-month'
  | 'married-under-17'
  | 'newborn'

interface Role {
  readonly part?: Part
  readonly name: string
  readonly sex: 'female' | 'male'
  readonly birthDate: string
  readonly relationship: Resident['relationship']
  readonly maritalStatus: Resident['maritalStatus']
  readonly occupation: string
  readonly recorded?: boolean
  readonly ktpIssued?: boolean
  readonly alive?: boolean
}

/** @param today ISO date; only those whose age is the point are born relative to it */
export function makeCast(registry: Registry, today: string): { households: Household[]; members: CastMember[] } {
  const [klegen, taman] = [villageNamed(registry.places.madiun, 'Klegen'), villageNamed(registry.places.madiun, 'Taman')]
  const potorono = villageNamed(registry.places.banguntapan, 'Potorono')
  const kotagede = registry.places.elsewhere[0]
  if (kotagede === undefined) throw new Error('no village outside the offices’ areas')
  const plays: [Village, Role[]][] = [
    [klegen, [
      { name: 'SURYADI KUSUMO', sex: 'male', birthDate: '1970-03-17', relationship: 'head', maritalStatus: 'married', occupation: 'Guru' },
      { name: 'SITI ROHANA', sex: 'female', birthDate: '1973-11-02', relationship: 'spouse', maritalStatus: 'married', occupation: 'Mengurus Rumah Tangga' },
      { part: 'genuine-pair', name: 'RATNA AYU KUSUMO', sex: 'female', birthDate: '1998-04-12', relationship: 'child', maritalStatus: 'single', occupation: 'Karyawan Swasta' },
      { part: 'not-recorded', name: 'DIMAS KUSUMO', sex: 'male', birthDate: '2004-08-29', relationship: 'child', maritalStatus: 'single', occupation: 'Pelajar/Mahasiswa', recorded: false, ktpIssued: false },
      { part: 'deceased', name: 'SUMARNI', sex: 'female', birthDate: '1946-06-06', relationship: 'parent', maritalStatus: 'widowed', occupation: 'Pensiunan', alive: false },
    ]],
    [taman, [
      { name: 'PURWANTO', sex: 'male', birthDate: '1976-09-21', relationship: 'head', maritalStatus: 'married', occupation: 'Wiraswasta' },
      { part: 'uncertain-pair', name: 'ENDANG PUSPITASARI', sex: 'female', birthDate: '1988-01-30', relationship: 'spouse', maritalStatus: 'married', occupation: 'Pedagang' },
      { part: 'ktp-not-issued', name: 'ARYA PURWANTO', sex: 'male', birthDate: '2006-05-15', relationship: 'child', maritalStatus: 'single', occupation: 'Pelajar/Mahasiswa', ktpIssued: false },
      { part: 'seventeen-next-month', name: 'NAYLA PURWANTO', sex: 'female', birthDate: shifted(today, { years: -17, months: 1 }), relationship: 'child', maritalStatus: 'single', occupation: 'Pelajar/Mahasiswa', ktpIssued: false },
      { part: 'newborn', name: 'RAKA PURWANTO', sex: 'male', birthDate: shifted(today, { days: -40 }), relationship: 'child', maritalStatus: 'single', occupation: 'Belum/Tidak Bekerja', recorded: false, ktpIssued: false },
    ]],
    [potorono, [
      { name: 'HENDRO WASKITO', sex: 'male', birthDate: '1999-02-08', relationship: 'head', maritalStatus: 'married', occupation: 'Buruh Harian Lepas' },
      { part: 'married-under-17', name: 'LAILA SAFITRI', sex: 'female', birthDate: shifted(today, { years: -17, months: 5 }), relationship: 'spouse', maritalStatus: 'married', occupation: 'Mengurus Rumah Tangga' },
    ]],
    [potorono, [
      { part: 'newcomer', name: 'WIDYA PARAMITA', sex: 'female', birthDate: '1995-10-10', relationship: 'head', maritalStatus: 'single', occupation: 'Perawat' },
    ]],
    [kotagede, [
      { part: 'lives-elsewhere', name: 'GALUH SEKARTAJI', sex: 'female', birthDate: '1994-07-19', relationship: 'head', maritalStatus: 'single', occupation: 'Karyawan Swasta' },
    ]],
  ]
  const members: CastMember[] = []
  const households = plays.map(([village, roles]): Household => {
    const family = makeFamily(registry, village)
    const place = birthplaceOf(registry.places, village)
    const residents = roles.map(({ part, recorded = true, ktpIssued = true, alive = true, ...role }): Resident => {
      const nik = registry.numbers.nik(place.districtCode, role.birthDate, role.sex)
      if (part) members.push({ nik, part })
      return { ...role, nik, birthPlace: place.name, religion: 'Islam', nationality: 'WNI', familyNumber: family.number, recorded, ktpIssued, alive }
    })
    return { family, residents }
  })
  return { households, members }
}

function villageNamed(villages: readonly Village[], name: string): Village {
  const found = villages.find(({ village }) => village === name)
  if (found === undefined) throw new Error(`the region data has no village ${name}`)
  return found
}
