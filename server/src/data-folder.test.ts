import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Made beforehand, as by a deployment that thinks of nothing: anybody may look in. */
function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ikd-folder-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const modesIn = (folder: string) => Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]))

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

// Windows has no modes.
describe.skipIf(process.platform === 'win32')('a data folder that was made beforehand, open to everybody', () => {
  test('holds nothing that others can read once the server runs, though the shell’s umask would let them', async () => {
    const folder = openFolder()
    const port = await freePort()
    const environment = { PATH: process.env['PATH'], IKD_DATA: folder, IKD_PORT: String(port), IKD_LOG_LEVEL: 'error' }
    const main = fileURLToPath(new URL('./main.ts', import.meta.url))
    const server = spawn('sh', ['-c', 'umask 022; exec "$0" "$1"', process.execPath, main], { env: environment, stdio: 'ignore' })
    try {
      await expect.poll(() => fetch(`http://localhost:${port}/health`).then(({ ok }) => ok, () => false), { timeout: 60_000, interval: 200 }).toBe(true)
      expect(modesIn(folder)).toEqual(Object.fromEntries(['ikd.sqlite', 'ikd.sqlite-shm', 'ikd.sqlite-wal', 'secrets.json', 'server-id'].map((name) => [name, '600'])))
    } finally {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await gone
    }
  }, 90_000)

  test('and what lies there from before is closed by whichever program opens it first', () => {
    const folder = openFolder()
    const elsewhere = openFolder()
    const names = ['config.json', 'demo.json', 'server-id', 'ikd.sqlite', 'ikd.sqlite-wal', 'ikd.sqlite-shm']
    for (const name of names) writeFileSync(join(folder, name), name === 'config.json' ? '{}' : '', { mode: 0o644 })
    mkdirSync(join(folder, 'wajah'), { mode: 0o755 })
    for (const name of ['b.sqlite', 'b.sqlite-wal']) writeFileSync(join(elsewhere, name), '', { mode: 0o664 })
    // Of somebody else's making, and none of ours to change.
    writeFileSync(join(folder, 'catatan.txt'), '', { mode: 0o644 })
    const load = (environment: Record<string, string>) => {
      const source = `import { loadConfig } from '${new URL('./config.ts', import.meta.url).href}'; loadConfig(process.env)`
      const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], { env: { PATH: process.env['PATH'], IKD_DATA: folder, ...environment } })
      expect([status, String(stderr)]).toEqual([0, ''])
    }
    load({ IKD_DATABASE: `sqlite:${join(elsewhere, 'b.sqlite')}` })
    expect(modesIn(elsewhere)).toEqual({ 'b.sqlite': '600', 'b.sqlite-wal': '600' })
    load({})
    expect(modesIn(folder)).toEqual({ ...Object.fromEntries(names.map((name) => [name, '600'])), 'wajah': '700', 'catatan.txt': '644' })
    expect(modeOf(folder)).toBe('755')
  })

  test('but a file that is somebody else’s, and that others can read, is refused with a sentence', () => {
    const foreign = join(openFolder(), 'config.json')
    writeFileSync(foreign, '{}', { mode: 0o644 })
    // As nobody, once loaded; whoever is not root may not change root's files as they are.
    const source = `import { closeToOthers } from '${new URL('./data-folder.ts', import.meta.url).href}'
      const isRoot = process.getuid() === 0
      if (isRoot) process.seteuid(65534)
      closeToOthers(isRoot ? ${JSON.stringify(foreign)} : '/etc/passwd')`
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source])
    expect([status, String(stderr)]).toEqual([1, expect.stringMatching(/(config\.json|passwd) can be read by others on this machine: take that away \(chmod o-rwx\)/)])
  })
})
