import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSecrets } from '../../security/secrets.ts'
import { createTestCore, type TestCore } from '../../testing/core.ts'
import { testsOnPostgres } from '../../testing/database.ts'
import { createActs } from './audit.fixture.ts'
import { createNotary } from './notary.ts'

let folder: string
let core: TestCore
let copies: string

/** As `npm run audit:<name>` does. */
function run(name: 'verify' | 'heads', ...options: string[]): { code: number | null; out: string } {
  const script = fileURLToPath(new URL(`../../../../scripts/audit-${name}.ts`, import.meta.url))
  const env = { ...process.env, IKD_DATABASE: core.config.database }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--data', folder, ...options], { encoding: 'utf8', timeout: 60_000, env })
  return { code: status, out: stdout + stderr }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ikd-audit-'))
  copies = join(folder, 'salinan.txt')
  core = await createTestCore({ secrets: openSecrets({ dataDirectory: folder }), serverId: 'server-satu' })
  const acts = await createActs(core)
  for (let round = 0; round < 2; round++) {
    await acts.decide(core, `kunjungan-${round}`)
    await acts.scan(core)
    await createNotary(core).seal()
  }
})
afterAll(async () => {
  await core.close()
  rmSync(folder, { recursive: true, force: true })
})

// Each command is a process that loads the whole server; the walk itself is tested on both databases beside this.
test.runIf(!testsOnPostgres)('the commands copy heads off the host, and say what was changed and cut off: in words, as JSON, by the exit code', async () => {
  expect(run('heads', '--to', copies)).toEqual({ code: 0, out: '4 new heads, 0 known\n' })
  const whole = run('verify', '--json', '--heads', copies)
  expect([whole.code, JSON.parse(whole.out)]).toEqual([0, { entries: 2, scans: 2, waiting: 0, heads: 4, findings: [] }])

  const scan = await core.store.selectFrom('scan').select('id').orderBy('at').limit(1).executeTakeFirstOrThrow()
  await core.store.updateTable('scan').set({ purpose: 'Lain' }).where('id', '=', scan.id).execute()
  await core.store.deleteFrom('audit_detail').where('seq', '=', 2).execute()
  await core.store.deleteFrom('audit_entry').where('seq', '=', 2).execute()
  await core.store.deleteFrom('log_head').where('log', '=', 'chain').where('number', '=', 2).execute()
  const { code, out } = run('verify', '--heads', copies)
  expect(code).toBe(1)
  expect(out.split('\n')).toEqual([
    'chain: kepala log 2 hilang dari ujung · head 2 is gone from the end',
    'chain: catatan audit 2 hilang dari ujung · audit entry 2 is gone from the end',
    `scans:server-satu: pindaian 1 (${scan.id}) diubah setelah ditulis · scan 1 (${scan.id}) was changed after it was written`,
    '1 entries, 2 scans in batches (0 waiting), 3 heads, 4 copies, 3 findings',
    '',
  ])
}, 90_000)
