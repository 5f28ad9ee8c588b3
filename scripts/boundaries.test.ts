import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './test/workspaces.ts'

/** File, what it imports, and whether that may be. */
const cases: readonly (readonly [file: string, imported: string, allowed: boolean])[] = [
  ['server/contract/src/http/a.ts', 'typebox', true],
  ['server/contract/src/http/b.ts', '../route.ts', true],
  ['server/contract/src/presentation/c.ts', 'cborg', true],
  ['server/contract/src/d.ts', 'node:crypto', false],
  ['server/contract/src/e.ts', 'fastify', false],
  ['server/contract/src/f.ts', '@ikd/client', false],

  ['server/client/src/a.ts', '@ikd/contract', true],
  ['server/client/src/b.ts', './proof.ts', true],
  ['server/client/src/c.ts', '@ikd/ui', false],
  ['server/client/src/d.ts', 'node:crypto', false],
  ['server/client/src/e.ts', '@ikd/server', false],

  ['resident-pwa/ui/src/a.ts', 'lit', true],
  ['resident-pwa/ui/src/b.ts', '@ikd/contract', true],
  ['resident-pwa/ui/src/c.ts', 'zxing-wasm/reader', false],
  ['resident-pwa/ui/src/d.ts', '@ikd/client', false],
  ['resident-pwa/ui/src/reader/e.ts', 'zxing-wasm/reader', true],
  ['resident-pwa/ui/src/reader/f.ts', '@zxing/library', true],
  ['resident-pwa/ui/src/reader/g.ts', '@ikd/server', false],

  ['models/src/node/a.ts', 'node:fs', true],
  ['models/src/node/b.ts', '@vladmandic/face-api', true],
  ['models/src/c.ts', '@ikd/server', false],
  ['models/src/d.ts', 'node:fs', false],
  ['models/src/browser/e.ts', '../node/engine.ts', false],
  ['models/src/f.ts', '@ikd/contract', true],

  ['server/src/a.ts', '@ikd/face/node', true],
  ['server/src/b.ts', '@ikd/client', false],
  ['server/src/c.ts', '@vladmandic/face-api', false],
  ['server/src/d.ts', './features/cases/routes.ts', true],
  ['server/src/database/e.ts', '../features/cases/repository.ts', false],
  ['server/src/features/cases/f.ts', './repository.ts', true],
  ['server/src/features/cases/service.ts', '../residents/service.ts', true],
  ['server/src/features/cases/g.ts', '../residents/repository.ts', false],
  ['server/src/features/cases/h.ts', '../residents/reference.ts', false],
  ['server/src/features/cases/i.ts', '../../database/store.ts', true],
  ['server/src/features/cases/j.ts', './routes.ts', false],
  ['server/src/features/cases/routes.ts', './service.ts', true],
  ['server/src/features/devices/routes.ts', './repository.ts', false],
  ['server/src/features/staff/routes.ts', 'kysely', false],
  ['server/src/features/cases/repository.ts', '../../database/store.ts', true],
  ['server/src/features/devices/repository.ts', './service.ts', false],
  ['server/src/features/staff/repository.ts', 'fastify', false],

  ['counter-app/src/main/a.ts', 'electron', true],
  ['counter-app/src/preload/b.ts', 'electron', true],
  ['counter-app/src/main/c.ts', '../renderer/app.ts', false],
  ['counter-app/src/main/d.ts', '@ikd/face', false],
  ['counter-app/src/renderer/e.ts', 'electron', false],
  ['counter-app/src/renderer/f.ts', '../main/main.ts', false],
  ['counter-app/src/renderer/g.ts', '../ipc/contract.ts', true],
  ['counter-app/src/renderer/h.ts', '@ikd/server', false],
  ['counter-app/src/renderer/i.ts', '../../../server/src/app.ts', false],
  ['counter-app/src/renderer/j.ts', 'zxing-wasm', false],
  ['counter-app/src/renderer/k.ts', '@ikd/face/browser', true],
  ['counter-app/src/renderer/screens/l.ts', '@ikd/face/browser', false],
  ['counter-app/src/renderer/screens/m.ts', '@ikd/ui/reader', true],
  ['counter-app/src/renderer/n.ts', 'node:fs', false],

  ['resident-pwa/src/a.ts', '@ikd/ui', true],
  ['resident-pwa/src/b.ts', '@ikd/face', false],
  ['resident-pwa/src/c.ts', 'electron', false],
  ['resident-pwa/src/d.ts', '../../server/src/app.ts', false],
  ['resident-pwa/src/e.ts', '@zxing/library', false],
  ['resident-pwa/src/f.ts', '../../counter-app/src/ipc/contract.ts', false],
  ['resident-pwa/src/g.test.ts', '../../server/src/app.ts', false],

  ['scripts/a.ts', '@ikd/server', true],
  ['scripts/b.ts', '../server/src/app.ts', false],
  ['scripts/demo/c.ts', '@vladmandic/face-api', false],
]

let folder: string
let refused: Set<string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ikd-lint-'))
  await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [file, imported] of cases) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), `export * from '${imported}'\n`)
  }
  // The same rules hold for what is imported late and for types.
  await writeFile(join(folder, 'resident-pwa/src/late.ts'), `export const late = () => import('@ikd/server')\n`)
  await writeFile(join(folder, 'resident-pwa/src/typed.ts'), `import type { Config } from '@ikd/server'\nexport type Copy = Config\n`)
  await writeFile(join(folder, 'server/src/any.ts'), `export default function anything(value: any) {\n  return value\n}\n`)
  const output = await lint(folder)
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] }
  refused = new Set(diagnostics.map(({ filename, code }) => `${filename.replaceAll('\\', '/')} ${code}`))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function lint(cwd: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json'], { cwd, maxBuffer: 10_000_000 }, (_error, stdout) => resolve(stdout))
  })
}

const isRefused = (file: string) => refused.has(`${file} eslint(no-restricted-imports)`)

describe('the lint', () => {
  it.each(cases.filter(([, , allowed]) => allowed))('lets %s import %s', (file) => {
    expect(isRefused(file)).toBe(false)
  })

  it.each(cases.filter(([, , allowed]) => !allowed))('refuses that %s imports %s', (file) => {
    expect(isRefused(file)).toBe(true)
  })

  it('sees imports that come late and imports of types', () => {
    expect(isRefused('resident-pwa/src/late.ts')).toBe(true)
    expect(isRefused('resident-pwa/src/typed.ts')).toBe(true)
  })

  it('refuses default exports and any', () => {
    expect([...refused].filter((entry) => entry.startsWith('server/src/any.ts')).sort()).toEqual([
      'server/src/any.ts import(no-default-export)',
      'server/src/any.ts typescript(no-explicit-any)',
    ])
  })
})
