import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { getMatcherEntry, manifest, type Manifest } from '../manifest.ts'
import { distance } from '../template.ts'
import { deskFrame } from '../testing/sample-faces.ts'
import { createFaceEngine } from './engine.ts'

const packages = fileURLToPath(new URL('../../../node_modules', import.meta.url))
let folder: string

// A folder with a manifest of its own, and its own copy of whatever a test changes in it.
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'face-manifest-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function writeManifest(changed: Manifest): Promise<URL> {
  const adapter = (one: string) => new URL(one, new URL('../../manifest.json', import.meta.url)).href
  const path = join(folder, 'manifest.json')
  await writeFile(path, JSON.stringify({ ...changed, matchers: changed.matchers.map((one) => ({ ...one, adapter: adapter(one.adapter) })) }))
  return pathToFileURL(path)
}

test.each(['face_recognition_model.bin', 'ssd_mobilenetv1_model-weights_manifest.json'])('one changed bit in %s: the engine does not start', async (file) => {
  const name = '@vladmandic/face-api'
  for (const { file: one } of manifest.packages.find((recorded) => recorded.package === name)!.files.filter((recorded) => recorded.file.startsWith('model/'))) {
    await cp(join(packages, name, one), join(folder, 'node_modules', name, one))
  }
  await cp(join(packages, name, 'package.json'), join(folder, 'node_modules', name, 'package.json'))
  const weights = join(folder, 'node_modules', name, 'model', file)
  const bytes = await readFile(weights)
  bytes[1000]! ^= 1
  await writeFile(weights, bytes)
  const started = createFaceEngine({ workers: 1, start: 'now', manifest: await writeManifest(manifest) })
  await expect(started).rejects.toThrow(`${name}/model/${file} is not the file on record`)
}, 60_000)

test('a second matcher needs a manifest entry and an adapter, no more', async () => {
  const weights = new Uint8Array(256).map((_, i) => 255 - Math.abs(128 - i))
  await mkdir(join(folder, 'node_modules', 'pixel-matcher'), { recursive: true })
  await writeFile(join(folder, 'node_modules', 'pixel-matcher', 'weights.bin'), weights)
  await writeFile(join(folder, 'node_modules', 'pixel-matcher', 'package.json'), '{ "name": "pixel-matcher" }')
  const sha256 = createHash('sha256').update(weights).digest('hex')
  const address = await writeManifest({
    matcher: 'pixels-16x16/1',
    matchers: [
      getMatcherEntry(manifest),
      {
        id: 'pixels-16x16/1',
        adapter: './src/testing/pixel-matcher.ts',
        input: 'the chip',
        output: '256 values of unit length',
        length: 256,
        thresholds: { accept: 0.2, lookAgain: 0.4 },
      },
    ],
    packages: [
      ...manifest.packages,
      { package: 'pixel-matcher', version: '1.0.0', files: [{ file: 'weights.bin', sha256, use: 'weights', source: 'this test', licence: 'MIT' }] },
    ],
  })
  const engine = await createFaceEngine({ workers: 1, start: 'now', manifest: address })
  try {
    const templateOf = async (left: number, top: number) => {
      const probe = await engine.measureProbe(await deskFrame(6, { left, top, width: 480 }))
      if ('problem' in probe || !probe.template) throw new Error('the face was not found')
      return probe.template
    }
    const [face, moved, stranger] = [await templateOf(820, 140), await templateOf(812, 144), await templateOf(50, 300)]
    expect(face.model).toBe('pixels-16x16/1')
    expect(face.values).toHaveLength(256)
    expect(distance(face, moved)).toBeLessThan(distance(face, stranger) / 2)
  } finally {
    await engine.close()
  }
}, 60_000)
