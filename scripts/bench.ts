// npm run bench -- NAME [options]: runs scripts/bench/NAME.ts and prints a table; with --json the last line is one JSON object
// { bench, node, …figures, rows }. Without a name, tells which benches there are.
import { bench, benches } from './command-line/commands.mjs'
import { helpText } from './command-line/help.mjs'
import { type AnyCommand, orEnd, readCommandLine, refusal } from './command-line/read.mjs'
import { endWithNpm } from './setup/parent.mjs'

/** One line of the table: the same columns in every row. */
export type Row = Readonly<Record<string, string | number>>

/** A table, and what a program that reads the JSON would look for. */
export interface Measured {
  readonly rows: readonly Row[]
  readonly figures: Readonly<Record<string, unknown>>
}

interface Bench {
  run(asked: Readonly<Record<string, unknown>>): Promise<readonly Row[] | Measured>
}

const known: Readonly<Record<string, AnyCommand>> = benches

async function main([name = '', ...rest]: readonly string[]): Promise<void> {
  const declared = Object.hasOwn(known, name) ? known[name] : undefined
  if (declared === undefined) {
    const { words } = readCommandLine(bench, name === '' ? [] : [name, ...rest])
    orEnd(() => {
      if (words.length > 0) throw refusal(bench, { id: `Tidak ada bench "${name}"; yang ada: ${Object.keys(known).join(', ')}`, en: `There is no bench "${name}"; there are: ${Object.keys(known).join(', ')}` })
    })
    console.log(helpText(bench))
    return
  }
  const { values } = readCommandLine(declared, rest)
  const { run } = (await import(new URL(`bench/${name}.ts`, import.meta.url).href)) as Bench
  const measured = await run(values)
  const { rows, figures } = 'rows' in measured ? measured : { rows: measured, figures: {} }
  console.table(rows)
  if (values['json']) console.log(JSON.stringify({ bench: name, node: process.version, ...figures, rows }))
}

endWithNpm()
await main(process.argv.slice(2))
