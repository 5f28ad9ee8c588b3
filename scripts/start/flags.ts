import { join } from 'node:path'
import { start } from '../command-line/commands.mjs'
import { parseCommandLine, refusal, type Values } from '../command-line/read.mjs'

export interface Flags {
  /** Absolute. */
  readonly data: string
  readonly port: number
  readonly counter: boolean
  readonly reset: boolean
  /** A demo resident to add, with this KTP-el photograph. */
  readonly photo?: { readonly file: string; readonly name: string; readonly sex: 'female' | 'male' }
}

/** @throws CommandLineFailure for what nobody can mean */
export function parseFlags(args: readonly string[], root: string): Flags | 'help' {
  const asked = parseCommandLine(start, args)
  if (asked === 'help') return asked
  const { data, port, reset, 'no-counter': noCounter } = asked.values
  return { data: data ?? join(root, '.data'), port, counter: !noCounter, reset, ...photo(asked.values) }
}

function photo({ photo: file, name, sex }: Values<typeof start>): Pick<Flags, 'photo'> {
  if (file === undefined && name === undefined) return {}
  if (file === undefined || name === undefined) throw refusal(start, { id: '--photo dan --name harus diberikan bersama', en: '--photo and --name belong together' })
  if (!/^[\p{L}][\p{L} .'’-]{1,99}$/u.test(name)) {
    throw refusal(start, { id: '--name: 2 sampai 100 huruf, spasi, titik atau tanda hubung', en: '--name: 2 to 100 letters, spaces, full stops or hyphens' })
  }
  return { photo: { file, name, sex } }
}
