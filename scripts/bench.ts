// npm run bench -- <name> [arguments] [--json]: runs scripts/bench/<name>.ts and prints a table;
// with --json the last line is one JSON object { bench, node, …figures, rows }.
import { readdirSync } from 'node:fs'

/** One line of the table: the same columns in every row. */
export type Row = Readonly<Record<string, string | number>>

/** A table, and what a program that reads the JSON would look for. */
export interface Measured {
  readonly rows: readonly Row[]
  readonly figures: Readonly<Record<string, unknown>>
}

interface Bench {
  run(args: readonly string[]): Promise<readonly Row[] | Measured>
}

const folder = new URL('./bench/', import.meta.url)

export function listBenches(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -3))
}

/** Undefined when there is no bench of that name. */
export async function findBench(name: string): Promise<Bench | undefined> {
  if (!listBenches().includes(name)) return undefined
  return (await import(new URL(`${name}.ts`, folder).href)) as Bench
}

async function main(args: readonly string[]): Promise<void> {
  const [name = '', ...rest] = args.filter((arg) => arg !== '--json')
  const bench = await findBench(name)
  if (!bench) {
    console.error(`npm run bench -- <name> [--json]; benches: ${listBenches().join(', ')}`)
    process.exitCode = 1
    return
  }
  const measured = await bench.run(rest)
  const { rows, figures } = 'rows' in measured ? measured : { rows: measured, figures: {} }
  console.table(rows)
  if (args.includes('--json')) console.log(JSON.stringify({ bench: name, node: process.version, ...figures, rows }))
}

if (import.meta.main) await main(process.argv.slice(2))
