import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { pictures } from './command-line/commands.mjs'
import { readCommandLine } from './command-line/read.mjs'

/** Makes the pictures of the READMEs: plays the story, and what happens when a face cannot be compared, in real browsers, and lays their screens side by side. */
const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'scripts/pictures')

interface Sheet {
  readonly file: string
  /** Size of one screen in the sheet, in pixels. */
  readonly width: number
  readonly height: number
  readonly screens: readonly string[]
}

const phone = { width: 270, height: 555 }
const desk = { width: 683, height: 384 }
const sheets: readonly Sheet[] = [
  { file: 'phone-binding.png', ...phone, screens: ['phone-1-welcome', 'phone-3-registration-qr', 'phone-4-at-desk', 'phone-6-pin'] },
  { file: 'phone-holding.png', ...phone, screens: ['phone-7-home', 'phone-11-qr', 'phone-12-scanned', 'phone-14-history'] },
  { file: 'teller.png', ...phone, screens: ['teller-1-scan', 'teller-2-result', 'teller-3-already-used'] },
  { file: 'desk.png', ...desk, screens: ['desk-1-case', 'desk-2-match', 'desk-3-mail', 'desk-4-active'] },
  { file: 'face.png', ...desk, screens: ['capture-turn', 'customer-turn', 'capture-marks', 'customer-again', 'supervisor-due', 'dialog-evidence'] },
]
const gap = 16

readCommandLine(pictures)

const folder = await mkdtemp(join(tmpdir(), 'ikd-pictures-'))
const played = spawnSync(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--project=journeys', '--project=counter', 'story.spec', 'lifecycle.spec'], {
  cwd: root,
  env: { ...process.env, IKD_PICTURES: folder },
  stdio: 'inherit',
})
if (played.status !== 0) throw new Error('the stories did not play to their end; their pictures would be of something else')

await mkdir(target, { recursive: true })
for (const { file, width, height, screens } of sheets) {
  const columns = width > height ? 2 : screens.length
  const rows = Math.ceil(screens.length / columns)
  const tiles = await Promise.all(
    screens.map(async (name, i) => ({
      input: await sharp(join(folder, `${name}.png`)).resize(width, height, { fit: 'cover', position: 'top' }).toBuffer(),
      left: gap + (i % columns) * (width + gap),
      top: gap + Math.floor(i / columns) * (height + gap),
    })),
  )
  await sharp({
    create: { width: gap + columns * (width + gap), height: gap + rows * (height + gap), channels: 3, background: '#d7dee0' },
  })
    .composite(tiles)
    .png({ palette: true, colours: 64 })
    .toFile(join(target, file))
}
await rm(folder, { recursive: true })
console.log(`${sheets.length} pictures in ${target}`)
