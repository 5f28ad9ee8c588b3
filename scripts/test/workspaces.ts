import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project, absolute. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Every TypeScript project, relative to the root, with `/`: one or more in each workspace, at any depth. */
export function typeProjects(): string[] {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { workspaces: string[] }
  // A workspace may stand inside another.
  return [...new Set(workspaces.flatMap(projectsUnder))].sort()
}

function projectsUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return ['node_modules', 'dist', '.vite'].includes(entry.name) ? [] : projectsUnder(path)
    return /^tsconfig.*\.json$/.test(entry.name) ? [path] : []
  })
}
