import type { Population } from '@ikd/server'
import { type CastMember, makeCast, type Part } from './cast.ts'
import { ageOn } from './dates.ts'
import { makeHousehold, type Household, type Registry, type Resident } from './households.ts'
import { createNumberIssuer } from './nik.ts'
import { institutions, knownApprovalPin, knownTotpSecret, makeEnrolments, makeStaff, offices } from './offices.ts'
import { readPlaces, type Village } from './places.ts'
import { createRandom } from './random.ts'

/** A portrait for somebody: what the population needs to know of `findDemoFaces()`. */
export interface Portrait {
  readonly id: string
  readonly jpeg: Uint8Array
  /** The same text for pictures of one person. */
  readonly person?: string
  /** The id of the portrait this one can neither be told from nor matched with. */
  readonly uncertainWith?: string
}

export interface DemoPopulation {
  readonly population: Population
  readonly cast: readonly CastMember[]
  /** Who has which portrait on the KTP-el, by NIK; the genuine pair first, then the uncertain one. */
  readonly portraits: readonly { readonly nik: string; readonly portrait: Portrait; readonly part?: Part }[]
}

export interface DemoChoices {
  /** ISO date. */
  readonly today: string
  readonly portraits: readonly Portrait[]
  readonly password: (username: string) => string
  /** Base32, by username; one that everybody knows unless said. */
  readonly totpSecret?: (username: string) => string
  /** By username; one that everybody knows unless said. */
  readonly approvalPin?: (username: string) => string
  readonly enrolmentCode: (officeRef: string, n: number) => string
}

const writtenOn = '2025-12-31'
const households = { madiun: 70, banguntapan: 45, elsewhere: 10 } as const

/** The same people with the same numbers on every machine. */
export async function makePopulation({ today, portraits, password, totpSecret = () => knownTotpSecret, approvalPin = () => knownApprovalPin, enrolmentCode }: DemoChoices): Promise<DemoPopulation> {
  const places = await readPlaces()
  const random = createRandom('ikd demo population 1')
  const registry: Registry = { random, numbers: createNumberIssuer(random), places, writtenOn }
  const settle = (villages: readonly Village[], count: number) => Array.from({ length: count }, () => makeHousehold(registry, random.pick(villages)))
  // The cast comes last: those born relative to today must not move anybody else's serial.
  const crowd: Household[] = [
    ...settle(places.madiun, households.madiun),
    ...settle(places.banguntapan, households.banguntapan),
    ...settle(places.elsewhere, households.elsewhere),
  ]
  const { households: played, members } = makeCast(registry, today)
  const all = [...played, ...crowd]
  const residents = all.flatMap((household) => household.residents)
  const given = givePortraits(residents, members, portraits)
  const photos = new Map(given.map(({ nik, portrait }) => [nik, portrait.jpeg]))
  return {
    population: {
      offices,
      institutions,
      staff: makeStaff({ password, totpSecret, approvalPin }),
      enrolments: makeEnrolments(enrolmentCode),
      families: all.map(({ family }) => family),
      residents: residents.map((resident) => {
        const photo = photos.get(resident.nik)
        return photo ? { ...resident, photo } : resident
      }),
    },
    cast: members,
    portraits: given,
  }
}

/**
 * One portrait each, to women from 20 to 45, for every face in the sample pictures is a woman's. Of a pair only one goes onto a
 * KTP-el: the other is what the camera sees.
 */
function givePortraits(residents: readonly Resident[], cast: readonly CastMember[], portraits: readonly Portrait[]): DemoPopulation['portraits'] {
  const left = [...portraits]
  const take = (fits: (portrait: Portrait) => boolean) => {
    const at = left.findIndex(fits)
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const given: { nik: string; portrait: Portrait; part?: Part }[] = []
  const give = (part: Part, portrait: Portrait | undefined) => {
    const member = cast.find((one) => one.part === part)
    if (member && portrait) given.push({ nik: member.nik, portrait, part })
  }
  // The first of the pair tilts her head, which a photograph may and a live face may not: it becomes the KTP-el's.
  const genuine = portraits.find(({ person }) => person !== undefined)
  give('genuine-pair', take(({ id }) => id === genuine?.id))
  // Likewise: who looks down in a photograph looks at nobody in a camera.
  const uncertain = portraits.find(({ uncertainWith }) => uncertainWith !== undefined)
  give('uncertain-pair', take(({ id }) => id === uncertain?.id))
  const alone = (portrait: Portrait) => portrait.person === undefined && portrait.uncertainWith === undefined
  for (const part of ['newcomer', 'lives-elsewhere', 'married-under-17'] as const) give(part, take(alone))
  const taken = new Set(cast.map(({ nik }) => nik))
  const fitting = residents.filter(({ nik, sex, birthDate, recorded, ktpIssued, alive }) => {
    const age = ageOn(birthDate, writtenOn)
    return sex === 'female' && age >= 20 && age <= 45 && recorded && ktpIssued && alive && !taken.has(nik)
  })
  for (const { nik } of fitting) {
    const portrait = take(alone)
    if (!portrait) break
    given.push({ nik, portrait })
  }
  return given
}
