import { createRequire } from 'node:module'
import type { CompatData, CompatStatement, Identifier, SimpleSupportStatement, SupportStatement } from '@mdn/browser-compat-data'
import { floor } from '@ikd/ui/floor'

/** MDN's browser-compat-data: which engine can do what, since which version. */
export const compatData = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData

const desktop = { safari: floor.safari, chrome: floor.chromium, edge: floor.chromium, firefox: floor.firefox } as const
const phones = { safari_ios: floor.safari, chrome_android: floor.chromium, firefox_android: floor.firefox } as const

/** The engines a front end is opened with, at the floor. */
export type Engines = Readonly<Partial<Record<keyof typeof desktop | keyof typeof phones, string>>>
export const engines = { desktop, everywhere: { ...desktop, ...phones } } as const satisfies Record<string, Engines>

/** What is known of one feature; undefined where the data say nothing. */
export function statementAt(...path: readonly string[]): CompatStatement | undefined {
  let at: Identifier | undefined = compatData as unknown as Identifier
  for (const name of path) at = at && Object.hasOwn(at, name) ? (at[name] as Identifier) : undefined
  return at?.__compat
}

/** Which engines cannot do it at the floor: `safari 17.4, firefox 124`. Empty when all can. */
export function missingIn(statement: CompatStatement, wanted: Engines): string[] {
  return Object.entries(wanted).flatMap(([engine, version]) => {
    const support = statement.support[engine as keyof typeof statement.support]
    if (support === undefined || statements(support).some((each) => holds(each, version))) return []
    const since = statements(support).map(({ version_added: added }) => (added === false ? 'never' : added))
    return [`${engine} ${since[0]}`]
  })
}

function statements(support: SupportStatement): readonly SimpleSupportStatement[] {
  return Array.isArray(support) ? support : [support]
}

/** Behind a flag, under a prefix or by another name is not there: nobody writes it so. */
function holds(statement: SimpleSupportStatement, version: string): boolean {
  const { version_added: added, version_removed: removed } = statement
  if (typeof added !== 'string' || added === 'preview' || statement.flags || statement.prefix || statement.alternative_name) return false
  return !isNewer(added, version) && (typeof removed !== 'string' || isNewer(removed, version))
}

/** `17.4` is newer than `17`, `≤37` counts as 37. */
export function isNewer(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) => version.replace('≤', '').split('.').map(Number)) as [number[], number[]]
  for (const [i, part] of a.entries()) if (part !== (b[i] ?? 0)) return part > (b[i] ?? 0)
  return false
}
