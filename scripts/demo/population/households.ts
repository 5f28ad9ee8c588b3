import type { Population } from '@ikd/server'
import { ageOn, isoDate } from './dates.ts'
import { cultures, makeName, type NamingCulture, pickCulture } from './names.ts'
import type { NumberIssuer } from './nik.ts'
import type { Birthplace, Places, Village } from './places.ts'
import type { Random } from './random.ts'

export type Family = Population['families'][number]
export type Resident = Population['residents'][number]

export interface Household {
  readonly family: Family
  readonly residents: readonly Resident[]
}

export interface Registry {
  readonly random: Random
  readonly numbers: NumberIssuer
  readonly places: Places
  /** The day on which the register of the demo was written: fixed, so that nobody's NIK depends on when the demo is started. */
  readonly writtenOn: string
}

const streets = ['Anggrek', 'Bougenville', 'Cempaka', 'Cendrawasih', 'Delima', 'Flamboyan', 'Kenanga', 'Kutilang', 'Manggis', 'Mawar', 'Melati', 'Merpati', 'Salak', 'Teratai']
const working = ['Karyawan Swasta', 'Wiraswasta', 'Buruh Harian Lepas', 'Petani/Pekebun', 'Pegawai Negeri Sipil', 'Guru', 'Perawat', 'Pedagang', 'Sopir', 'Karyawan BUMN']

export function makeFamily({ random, numbers }: Registry, village: Village): Family {
  const two = () => String(random.integer(1, 12)).padStart(3, '0')
  return {
    number: numbers.familyNumber(village.districtCode),
    address: `Jl. ${random.pick(streets)} No. ${random.integer(1, 120)}`,
    neighbourhood: `RT ${two()} / RW ${two()}`,
    villageCode: village.code,
    village: village.village,
    district: village.district,
    regency: village.regency,
    province: village.province,
    postalCode: village.postalCode,
  }
}

interface Person {
  readonly sex: 'female' | 'male'
  readonly birthDate: string
  readonly relationship: Resident['relationship']
  readonly maritalStatus: Resident['maritalStatus']
  readonly familyName?: string | undefined
  readonly fromElsewhere?: boolean
}

/** A household as they are: one or two adults, up to four children, now and then a grandparent or a sister. */
export function makeHousehold(registry: Registry, village: Village): Household {
  const { random, writtenOn } = registry
  const culture = pickCulture(random)
  const family = makeFamily(registry, village)
  const religion = random.pick(culture.religions)
  const year = Number(writtenOn.slice(0, 4))
  const headAge = random.integer(23, 78)
  const single = random.chance(0.16)
  const familyName = culture.familyNames && random.pick(culture.familyNames)
  const people: Person[] = []

  const headSex = single && random.chance(0.6) ? 'female' : 'male'
  const alone: Resident['maritalStatus'] = headAge > 60 ? 'widowed' : random.pick(['single', 'single', 'divorced'])
  const head: Person = {
    sex: headSex,
    birthDate: birthdayIn(random, year - headAge),
    relationship: 'head',
    maritalStatus: single ? alone : 'married',
    familyName,
    fromElsewhere: random.chance(0.2),
  }
  people.push(head)
  const otherName = culture.familyNames && random.pick(culture.familyNames)
  const spouseAge = Math.max(20, headAge - random.integer(-3, 8))
  if (!single) {
    const birthDate = birthdayIn(random, year - spouseAge)
    people.push({ sex: 'female', birthDate, relationship: 'spouse', maritalStatus: 'married', familyName: otherName, fromElsewhere: random.chance(0.25) })
  }
  const parentAge = single ? headAge : Math.min(headAge, spouseAge)
  const childCount = head.maritalStatus === 'single' ? 0 : random.pick([0, 1, 1, 2, 2, 2, 3, 3, 4])
  let childAge = parentAge - random.integer(20, 26)
  for (let i = 0; i < childCount && childAge >= 0; i++) {
    // Who has grown up has mostly left for a family card of their own.
    if (childAge < 27) {
      people.push({
        sex: random.chance(0.5) ? 'female' : 'male',
        birthDate: birthdayIn(random, year - childAge),
        relationship: 'child',
        maritalStatus: 'single',
        familyName,
      })
    }
    childAge -= random.integer(1, 6)
  }
  if (headAge < 58 && random.chance(0.18)) {
    people.push({
      sex: random.chance(0.65) ? 'female' : 'male',
      birthDate: birthdayIn(random, year - Math.min(90, headAge + random.integer(20, 32))),
      relationship: 'parent',
      maritalStatus: 'widowed',
      familyName: otherName,
    })
  }
  if (headAge < 40 && random.chance(0.12)) {
    people.push({ sex: 'female', birthDate: birthdayIn(random, year - random.integer(18, 30)), relationship: 'sibling', maritalStatus: 'single', familyName })
  }
  return { family, residents: people.map((person) => settle(registry, culture, village, family, religion, person)) }
}

function settle(registry: Registry, culture: NamingCulture, village: Village, family: Family, religion: string, person: Person): Resident {
  const { random, numbers, places, writtenOn } = registry
  const from = person.fromElsewhere ? random.pick(places.birthplaces.filter(({ provinceCode }) => culture.provinces.includes(provinceCode))) : birthplaceOf(places, village)
  const age = ageOn(person.birthDate, writtenOn)
  const recorded = age >= 17 && random.chance(0.98)
  return {
    nik: numbers.nik(from.districtCode, person.birthDate, person.sex),
    name: makeName(random, culture, person.sex, person.familyName),
    birthPlace: from.name,
    birthDate: person.birthDate,
    sex: person.sex,
    ...bloodType(random),
    religion,
    maritalStatus: person.maritalStatus,
    occupation: occupationAt(random, age, person),
    nationality: 'WNI',
    familyNumber: family.number,
    relationship: person.relationship,
    recorded,
    ktpIssued: recorded && random.chance(0.98),
    // The register keeps who has died.
    alive: age < 70 || random.chance(0.95),
  }
}

export function birthplaceOf(places: Places, village: Village): Birthplace {
  const place = places.birthplaces.find(({ districtCode }) => districtCode === village.districtCode)
  if (place === undefined) throw new Error(`no district ${village.districtCode}`)
  return place
}

/** Whom the cast's people are named like: Javanese, as most of both places are. */
export const localCulture = cultures[0]

function birthdayIn(random: Random, year: number): string {
  return isoDate(year, random.integer(1, 12), random.integer(1, 28))
}

function bloodType(random: Random): { bloodType?: string } {
  // The register knows it for three in four.
  return random.chance(0.75) ? { bloodType: random.pick(['A', 'A', 'B', 'B', 'AB', 'O', 'O', 'O']) } : {}
}

function occupationAt(random: Random, age: number, person: Person): string {
  if (age < 6) return 'Belum/Tidak Bekerja'
  if (age < 19 || (person.relationship === 'child' && age < 24)) return 'Pelajar/Mahasiswa'
  if (age >= 62) return random.pick(['Pensiunan', 'Petani/Pekebun', 'Belum/Tidak Bekerja'])
  if (person.relationship === 'spouse' && random.chance(0.45)) return 'Mengurus Rumah Tangga'
  return random.pick(working)
}
