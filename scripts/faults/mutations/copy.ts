import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../../test/workspaces.ts'

/** The project in a folder of its own, where a protection can be taken out without touching the one people work in. */
export interface ProjectCopy {
  readonly folder: string
  remove(): void
}

export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'ikd-mutations-'))
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 50_000_000 }).split('\0').filter(Boolean)
  for (const file of files) {
    if (!existsSync(join(root, file))) continue
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    copyFileSync(join(root, file), join(folder, file))
  }
  for (const place of ['', 'server', 'scripts', 'models', 'resident-pwa', 'counter-app']) linkModules(join(root, place), join(folder, place))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Installed packages are linked; our own workspaces, links already, lead to the copy. */
function linkModules(from: string, to: string): void {
  const source = join(from, 'node_modules')
  if (!existsSync(source)) return
  for (const name of readdirSync(source)) {
    if (name.startsWith('.') && name !== '.bin') continue
    const scoped = name.startsWith('@')
    const names = scoped ? readdirSync(join(source, name)).map((inner) => `${name}/${inner}`) : [name]
    mkdirSync(join(to, 'node_modules', scoped ? name : ''), { recursive: true })
    for (const each of names) {
      const installed = join(source, each)
      symlinkSync(lstatSync(installed).isSymbolicLink() ? readlinkSync(installed) : installed, join(to, 'node_modules', each))
    }
  }
}
