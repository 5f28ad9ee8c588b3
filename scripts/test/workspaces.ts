import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project, absolute. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Every TypeScript project, relative to the root: one or more in each workspace. */
export function typeProjects(): string[] {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] }
  return workspaces.flatMap((workspace) =>
    readdirSync(join(root, workspace))
      .filter((name) => /^tsconfig.*\.json$/.test(name))
      .map((name) => `${workspace}/${name}`),
  )
}
