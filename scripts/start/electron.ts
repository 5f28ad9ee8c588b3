import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Why the counter opens in the browser instead. */
export type NoElectron = 'no-screen' | 'out-of-reach' | 'failed'

const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/** Whether the binary that belongs to the installed package is there. */
export function electronIsThere(): boolean {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    const fetched = readFileSync(join(folder, 'dist', 'version'), 'utf8').replace(/^v/, '')
    return fetched === version && existsSync(join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8')))
  } catch {
    return false
  }
}

/**
 * Makes sure of Electron's binary. Where its server does not answer within two seconds it is not tried at all, so that a
 * closed network costs no waiting.
 *
 * @param limitMs for the download
 */
export async function ensureElectron(say: (line: string) => void, limitMs = 240_000): Promise<'ready' | NoElectron> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'no-screen'
  if (electronIsThere()) return 'ready'
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com/electron/electron/releases'
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(2000) })
  } catch {
    return 'out-of-reach'
  }
  say('Electron …')
  const fetched = await new Promise<boolean>((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: limitMs, windowsHide: true })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
  return fetched && electronIsThere() ? 'ready' : 'failed'
}
