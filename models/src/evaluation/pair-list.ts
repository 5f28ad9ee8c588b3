/** Two photographs of a set, by their paths in it, and whether they show one person. */
export type ListedPair = { reference: string; probe: string; same: boolean }

/**
 * Reads a list of pairs: a line for each, `reference,probe,same` or `…,different`, with commas or tabs between, paths relative
 * to the set's folder; a heading, empty lines and lines that begin with `#` are passed over. Also reads the `pairs.txt` of
 * Labeled Faces in the Wild: `name 1 4` for two pictures of one person, `name 1 other 2` for two people.
 *
 * @throws RangeError that names the first line it cannot read
 */
export function parsePairs(text: string): ListedPair[] {
  const pairs: ListedPair[] = []
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return
    const cells = line.split(line.includes('\t') ? '\t' : ',').map((cell) => cell.trim())
    const pair = ownPair(cells) ?? lfwPair(cells)
    if (pair !== undefined) pairs.push(pair)
    else if (at > 0) throw new RangeError(`line ${at + 1} of the list of pairs is none: ${line.slice(0, 80)}`)
  })
  return pairs
}

function ownPair([reference, probe, word, ...more]: string[]): ListedPair | undefined {
  // Every picture lies in somebody's folder; a heading may well end in "same".
  if (!reference?.includes('/') || !probe?.includes('/') || more.length > 0) return undefined
  if (word !== 'same' && word !== 'different') return undefined
  return { reference, probe, same: word === 'same' }
}

function lfwPair(cells: string[]): ListedPair | undefined {
  const [first = '', one = '', second = '', two] = cells
  if (cells.length === 3 && isNumber(one) && isNumber(second)) {
    return { reference: lfwPath(first, one), probe: lfwPath(first, second), same: true }
  }
  if (cells.length === 4 && isNumber(one) && isNumber(two ?? '')) {
    return { reference: lfwPath(first, one), probe: lfwPath(second, two!), same: false }
  }
  return undefined
}

function lfwPath(name: string, number: string): string {
  return `${name}/${name}_${number.padStart(4, '0')}.jpg`
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text)
}
