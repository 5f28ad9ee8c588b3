import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import manifest from './manifest.json' with { type: 'json' }
import { templateModel } from './src/template.ts'
import { verifyWeights } from './verify.mjs'

const repository = fileURLToPath(new URL('..', import.meta.url))
let copy: string

// A repository of its own with copies of the recorded files, so that one of them can be changed.
beforeEach(async () => {
  copy = await mkdtemp(join(tmpdir(), 'face-verify-'))
  await mkdir(join(copy, 'models'))
  await cp(join(repository, 'models', 'manifest.json'), join(copy, 'models', 'manifest.json'))
  await writeFile(join(copy, 'models', 'package.json'), '{}')
  for (const { package: name, files } of manifest.packages) {
    for (const file of ['package.json', ...files.map((one) => one.file)]) {
      await cp(join(repository, 'node_modules', name, file), join(copy, 'node_modules', name, file))
    }
  }
})
afterEach(() => rm(copy, { recursive: true }))

test('the installed weights are those on record', async () => {
  expect(await verifyWeights(repository)).toBe(manifest.packages.flatMap(({ files }) => files).length)
  expect(manifest.matcher).toBe(templateModel)
})

test('one changed bit in a weight is found', async () => {
  const file = join(copy, 'node_modules', '@vladmandic', 'face-api', 'model', 'face_recognition_model.bin')
  const bytes = await readFile(file)
  bytes[1000]! ^= 1
  await writeFile(file, bytes)
  await expect(verifyWeights(copy)).rejects.toThrow(/face_recognition_model\.bin is not the file on record/)
})

test('a missing weight and a missing package are each one sentence', async () => {
  await rm(join(copy, 'node_modules', '@vladmandic', 'face-api', 'model', 'ssd_mobilenetv1_model.bin'))
  await expect(verifyWeights(copy)).rejects.toThrow(
    '@vladmandic/face-api/model/ssd_mobilenetv1_model.bin is missing: run npm ci.',
  )
  await rm(join(copy, 'node_modules', '@vladmandic'), { recursive: true })
  await expect(verifyWeights(copy)).rejects.toThrow('@vladmandic/face-api is not installed: run npm ci.')
})
