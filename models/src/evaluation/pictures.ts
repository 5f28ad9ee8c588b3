import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A photograph of the set: `path` is relative to the set's folder and written with slashes, `person` the folder it lies in. */
export type Picture = { person: string; path: string }

/**
 * The photographs of a set, sorted by path: one folder for each person, JPEG, PNG or WebP inside. Anything else, and what a
 * system hides there, is passed over.
 */
export async function listPictures(folder: string): Promise<Picture[]> {
  const lists = await Promise.all(
    (await readdir(folder)).map(async (person) => {
      const inside = join(folder, person)
      // Asked of the place itself, so that a link to a folder is one.
      if (!(await stat(inside)).isDirectory()) return []
      const files = (await readdir(inside)).filter((file) => /^[^.].*\.(jpe?g|png|webp)$/i.test(file))
      return files.map((file) => ({ person, path: `${person}/${file}` }))
    }),
  )
  // Plain code units, so that the order is the same on every machine; by person first, as `a b/1` and `a/1` sort otherwise.
  return lists.flat().sort((a, b) => order(a.person, b.person) || order(a.path, b.path))
}

export type Half = 'tuning' | 'report'

/**
 * One half of a set, for whoever tunes on a part and must report the other: of the people with several pictures, by name,
 * the first, third and so on are for tuning and the others to report. People with one picture give impostors only and belong to both.
 */
export function halfOf(pictures: readonly Picture[], half: Half): Picture[] {
  const counts = new Map<string, number>()
  for (const { person } of pictures) counts.set(person, (counts.get(person) ?? 0) + 1)
  const several = [...counts.keys()].filter((person) => counts.get(person)! > 1).sort(order)
  const left = new Set(several.filter((_, i) => (i % 2 === 0) !== (half === 'tuning')))
  return pictures.filter(({ person }) => !left.has(person))
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
