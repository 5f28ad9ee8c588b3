import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePicture } from '../testing/sample-faces.ts'
import { openDescriptions } from './descriptions.ts'
import { evaluate } from './evaluate.ts'
import { withFigures } from './figures.ts'
import { templateModel } from '../template.ts'

let place: string
let folder: string

/** Around a face of an installed sample picture, 128 pixels wide for 100 of face, as sets of photographs are cut. */
async function photograph(sample: number, x: number, y: number, width: number): Promise<Buffer> {
  const side = Math.round(width * 1.8)
  const [left, top] = [Math.round(x - width * 0.4), Math.max(0, Math.round(y - width * 0.4))]
  return sharp(await samplePicture(sample)).extract({ left, top, width: side, height: side }).resize(320, 320).jpeg().toBuffer()
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'ikd-evaluate-'))
  folder = join(place, 'faces')
  const set: Record<string, Buffer | string> = {
    'anna/1.jpg': await photograph(1, 1230, 166, 169),
    'anna/2.jpg': await photograph(3, 895, 179, 184),
    'ayu/1.jpg': await photograph(6, 984, 254, 156),
    // Nothing to look at, so nothing to wait for: a wall would be looked at from every side.
    'torn/1.jpg': 'no picture',
    'torn/notes.txt': 'no picture, and no name of one',
  }
  for (const [path, content] of Object.entries(set)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
})
afterAll(() => rm(place, { recursive: true }))

test('a set is described once, and what was described is known to the next run', async () => {
  const resume = join(place, 'kept.jsonl')
  const first = await evaluate({ folder, frames: 1, resume })
  expect(first).toMatchObject({
    images: 4,
    people: 3,
    peopleWithPairs: 1,
    fta: { errors: 1, trials: 4 },
    refusals: { probe: { unreadable: 1 }, reference: { unreadable: 1 } },
    rates: { genuine: 1, impostor: 2, eer: { value: 0 }, atFmr: [{ point: { fnmr: { value: 0 } } }, {}, {}] },
  })
  expect(first.comparisons.genuine.distances[0]).toBeLessThan(0.5)

  // A run that was killed while it wrote.
  await appendFile(resume, '{"key":"half a li')
  const known: number[] = []
  const second = await evaluate({ folder, frames: 1, resume }, (done, of, before) => known.push(done, of, before))
  expect(known.slice(-3)).toEqual([4, 4, 4])
  expect(second).toEqual({ ...first, comparisons: expect.anything() })

  const written = withFigures({ matchers: [{ id: templateModel, measured: { runs: [{ frames: 1 }, { frames: 3 }] } }] }, second, '2026-11-22', 'Samples')
  expect(written.matchers[0]?.measured?.runs).toMatchObject([{ frames: 1, genuine: 1, fta: { errors: 1 } }, { frames: 3 }])
}, 120_000)

test('what was described is for its owner alone, however the file was made', async () => {
  const resume = join(place, 'own.jsonl')
  const mode = async () => (await stat(resume)).mode & 0o777
  await (await openDescriptions(resume)).close()
  expect(await mode()).toBe(0o600)
  await chmod(resume, 0o644)
  await (await openDescriptions(resume)).close()
  expect(await mode()).toBe(0o600)
})

test('a file that holds something else is refused and left as it is', async () => {
  const other = join(place, 'letter.txt')
  await writeFile(other, 'Dear Ayu,\n')
  await expect(openDescriptions(other)).rejects.toThrow(RangeError)
  expect(await readFile(other, 'utf8')).toBe('Dear Ayu,\n')
})
