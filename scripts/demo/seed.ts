import { randomBytes, randomInt } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Config, importPopulation, isPopularPin } from '@ikd/server'
import { type DemoFace, findDemoFaces, probeFrame } from './faces.ts'
import type { Part } from './population/cast.ts'
import { makePopulation } from './population/population.ts'

/** What the people at the demo need to know; kept as `demo.json` in the data folder, readable by its owner only. */
export interface DemoFacts {
  readonly kind: 'ikd-demo'
  /** Shared by server and agencies. */
  readonly agencyToken: string
  readonly staff: readonly DemoStaff[]
  /** One-time codes, by office. */
  readonly enrolments: readonly { readonly officeRef: string; readonly code: string }[]
  readonly residents: readonly DemoResident[]
  /** How often the demo was started. */
  readonly starts: number
  /** Whether the passwords are the same in every demo. */
  readonly knownPasswords: boolean
}

export interface DemoStaff {
  readonly username: string
  readonly password: string
  readonly role: string
  readonly place: string
  /** Base32, of the authenticator app; absent for an institution's staff. */
  readonly totpSecret?: string
  /** Of supervisors and admins, for approvals at another's desk. */
  readonly approvalPin?: string
}

export interface DemoResident {
  readonly nik: string
  readonly name: string
  readonly hasPhoto: boolean
  /** What the demo has this person for. */
  readonly part?: Part | 'own-photo'
  /** A picture to hold before the camera, relative to the data folder. */
  readonly show?: string
}

export interface SeedChoices {
  readonly config: Config
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Readable passwords, the same in every demo: only where nobody but this machine can sign in. */
  readonly knownPasswords: boolean
  readonly say: (line: string) => void
}

/** Of everybody in a demo on loopback. */
const knownPassword = 'kopi-hujan-melati'

/** Fills an empty database with the demo's people and puts pictures for the camera into the data folder. */
export async function seedDemo({ config, now, knownPasswords, say }: SeedChoices): Promise<DemoFacts> {
  say('wajah dari gambar contoh paket face-api · faces from the face-api package’s sample pictures')
  const faces = await findDemoFaces()
  const passwords = new Map<string, string>()
  const password = (username: string) => {
    const made = passwords.get(username) ?? (knownPasswords ? knownPassword : secret(15))
    passwords.set(username, made)
    return made
  }
  const demo = await makePopulation({
    today: new Date(now).toLocaleDateString('en-CA', { timeZone: config.timeZone }),
    portraits: faces,
    password,
    totpSecret: () => base32(32),
    ...(knownPasswords ? {} : { approvalPin: unpopularPin }),
    enrolmentCode: () => secret(10).replace(/(.{4})(?=.)/g, '$1-'),
  })
  const { population } = demo
  say(`${population.residents.length} penduduk, ${population.families.length} keluarga · residents, families`)
  await importPopulation(config, population)
  const shown = await writePictures(faces, demo.portraits.map(({ portrait }) => portrait.id), config.dataDirectory)

  const places = new Map([...population.offices, ...population.institutions].map(({ ref, name }) => [ref, name]))
  const parts = new Map(demo.cast.map(({ nik, part }) => [nik, part]))
  const pictured = new Set(demo.portraits.map(({ nik }) => nik))
  const first = [...new Set([...demo.portraits.map(({ nik }) => nik), ...parts.keys()])]
  return {
    kind: 'ikd-demo',
    agencyToken: secret(24),
    staff: population.staff.map(({ username, role, officeRef, institutionRef, totpSecret, approvalPin }) => ({
      username,
      password: password(username),
      role,
      place: places.get(officeRef ?? institutionRef ?? '') ?? '',
      ...(totpSecret === undefined ? {} : { totpSecret }),
      ...(approvalPin === undefined ? {} : { approvalPin }),
    })),
    enrolments: population.enrolments.map(({ officeRef, code }) => ({ officeRef, code })),
    residents: first.flatMap((nik): DemoResident[] => {
      const resident = population.residents.find((one) => one.nik === nik)
      const part = parts.get(nik)
      const show = part && shown[part]
      return resident ? [{ nik, name: resident.name, hasPhoto: pictured.has(nik), ...(part && { part }), ...(show && { show }) }] : []
    }),
    starts: 0,
    knownPasswords,
  }
}

/** The other picture of the pairs, as the desk's camera would see it: never the one that is on the KTP-el. */
async function writePictures(faces: readonly DemoFace[], onCards: readonly string[], folder: string): Promise<Partial<Record<Part, string>>> {
  const before = (fits: (face: DemoFace) => boolean) => faces.find((face) => fits(face) && !onCards.includes(face.id))
  const wanted = {
    'genuine-pair': { file: 'kamera-1-orang-yang-sama.jpg', face: before(({ person }) => person !== undefined) },
    'uncertain-pair': { file: 'kamera-2-meragukan.jpg', face: before(({ uncertainWith }) => uncertainWith !== undefined) },
  } as const
  await mkdir(join(folder, 'wajah'), { recursive: true })
  const shown: Partial<Record<Part, string>> = {}
  for (const part of ['genuine-pair', 'uncertain-pair'] as const) {
    const { file, face } = wanted[part]
    if (!face) continue
    shown[part] = join('wajah', file)
    await writeFile(join(folder, 'wajah', file), await probeFrame(face, { width: 1280, height: 960 }), { mode: 0o600 })
  }
  return shown
}

/** RFC 4648 §6: five bits a character. */
function base32(length: number): string {
  return Array.from(randomBytes(length), (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(byte & 31)).join('')
}

/** Six digits that the server would take. */
function unpopularPin(): string {
  for (;;) {
    const pin = String(randomInt(1_000_000)).padStart(6, '0')
    if (!isPopularPin(pin)) return pin
  }
}

/** Letters and digits that nobody confuses; 4.9 bits each. */
function secret(length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  return Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('')
}
