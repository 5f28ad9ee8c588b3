import { stat } from 'node:fs/promises'
import { createFaceEngine } from '@ikd/face/node'
import { type Config, importPopulation } from '@ikd/server'
import sharp from 'sharp'
import { createNumberIssuer } from './population/nik.ts'
import { readPlaces } from './population/places.ts'
import { createRandom } from './population/random.ts'

export type PhotoProblem = 'missing' | 'too-large' | 'unreadable' | 'no-face' | 'several-faces' | 'too-small'

export interface NewResident {
  readonly file: string
  readonly name: string
  readonly sex: 'female' | 'male'
  /** How many were added before: gives the NIK's serial. */
  readonly earlier: number
}

const largestFile = 20_000_000
/** KTP-el photographs are small; a telephone's picture is brought near to that. */
const longestSide = 1200

/** Adds a resident of Kota Madiun, born on 1 January 1990, with this photograph; the picture never leaves the machine. */
export async function addResident(config: Config, { file, name, sex, earlier }: NewResident): Promise<{ nik: string } | { problem: PhotoProblem }> {
  const photo = await readPhoto(file)
  if ('problem' in photo) return photo
  const engine = await createFaceEngine({ workers: 1 })
  try {
    const described = await engine.describeReference(photo.jpeg)
    if ('problem' in described) return described
  } finally {
    await engine.close()
  }
  const village = (await readPlaces()).madiun[0]
  if (!village) throw new Error('the region data has no village in Kota Madiun')
  const birthDate = '1990-01-01'
  const numbers = createNumberIssuer(createRandom(`own photo ${earlier}`))
  // Serials from 9001 are the own photographs': the demo's people never have so many on one birthday.
  const serial = String(9001 + earlier)
  const nik = numbers.nik(village.districtCode, birthDate, sex).slice(0, 12) + serial
  const familyNumber = numbers.familyNumber(village.districtCode).slice(0, 12) + serial
  const { code: villageCode, districtCode: _, ...where } = village
  await importPopulation(config, {
    offices: [],
    institutions: [],
    staff: [],
    enrolments: [],
    families: [{ number: familyNumber, address: 'Jl. Contoh No. 1', neighbourhood: 'RT 001 / RW 001', villageCode, ...where }],
    residents: [
      {
        nik,
        name: name.toUpperCase(),
        birthPlace: 'MADIUN',
        birthDate,
        sex,
        religion: 'Islam',
        maritalStatus: 'single',
        occupation: 'Karyawan Swasta',
        nationality: 'WNI',
        familyNumber,
        relationship: 'head',
        recorded: true,
        ktpIssued: true,
        alive: true,
        photo: photo.jpeg,
      },
    ],
  })
  return { nik }
}

/** Upright, of a sensible size, and without what a telephone writes into a picture (place, time, device). */
async function readPhoto(file: string): Promise<{ jpeg: Buffer } | { problem: PhotoProblem }> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return { problem: 'missing' }
  if (found.size > largestFile) return { problem: 'too-large' }
  try {
    const picture = sharp(file, { limitInputPixels: 80_000_000 }).rotate()
    return { jpeg: await picture.resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 90 }).toBuffer() }
  } catch {
    return { problem: 'unreadable' }
  }
}
