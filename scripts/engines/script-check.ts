import { compatData, type Engines, missingIn, statementAt } from './compat-data.ts'
import type { Use } from './script-uses.ts'

/** Something that the floor does not have everywhere. */
export interface TooNew {
  /** The feature's name in the compat data, such as `api.AbortSignal.any_static`. */
  readonly feature: string
  readonly missing: readonly string[]
  readonly line: number
}

const builtins = 'javascript.builtins'

/**
 * Which of the uses an engine of the floor may not know.
 * @param own names of members the program makes itself: its methods of such a name are taken for its own, but for names of the language
 */
export function checkUses(uses: readonly Use[], own: ReadonlySet<string>, engines: Engines): TooNew[] {
  return uses.flatMap((use) => {
    if (use.kind === 'method' && own.has(use.name) && !languageMembers.has(use.name)) return []
    const found = findFeatures(use)
    const missing = found.map(({ path, statement }) => ({ feature: path, missing: missingIn(statement, engines), line: use.line }))
    // Of a member of we know not what: only when nothing that has such a member is old enough.
    return missing.length > 0 && missing.every((each) => each.missing.length > 0) ? missing.slice(0, 1) : []
  })
}

type Feature = { readonly path: string; readonly statement: NonNullable<ReturnType<typeof statementAt>> }

function findFeatures(use: Use): readonly Feature[] {
  switch (use.kind) {
    case 'global':
      return at([`${builtins}.${use.name}`, `api.${use.name}`, ...globalScopes.map((scope) => `api.${scope}.${use.name}`)])
    case 'static':
      // What has no entry of its own is inherited, or nobody's.
      return at([`${builtins}.${use.owner}.${use.name}`, `api.${use.owner}.${use.name}_static`])
    case 'instance': {
      const own = at([`api.${use.owner}.${use.name}`, `${builtins}.${use.owner}.${use.name}`])
      return own.length > 0 || use.name === use.owner ? own : (members.get(use.name) ?? [])
    }
    case 'method':
      return members.get(use.name) ?? []
    case 'event':
      return events.get(use.name) ?? []
  }
}

const globalScopes = ['Window', 'WorkerGlobalScope', 'DedicatedWorkerGlobalScope', 'ServiceWorkerGlobalScope']

function at(paths: readonly string[]): Feature[] {
  return paths.flatMap((path) => {
    const statement = statementAt(...path.split('.'))
    return statement ? [{ path, statement }] : []
  })
}

/** Members of instances and events, by name, of every interface there is. */
const { members, events } = index()

/** Of the values every program handles: there a method of our own that bears the same name must not hide one of the language's. */
const languageMembers = new Set(
  ['Array', 'ArrayBuffer', 'Date', 'Iterator', 'Map', 'Promise', 'RegExp', 'Set', 'String', 'TypedArray', 'Uint8Array', 'WeakMap'].flatMap((name) =>
    Object.keys(compatData.javascript['builtins']?.[name] ?? {}),
  ),
)

function index(): { members: ReadonlyMap<string, readonly Feature[]>; events: ReadonlyMap<string, readonly Feature[]> } {
  const found = { members: new Map<string, Feature[]>(), events: new Map<string, Feature[]>() }
  for (const [prefix, owners] of [['api', compatData.api], [builtins, compatData.javascript['builtins']]] as const) {
    for (const [owner, entry] of Object.entries(owners ?? {})) {
      for (const name of Object.keys(entry)) {
        if (name === '__compat' || name === owner || name.endsWith('_static')) continue
        const isEvent = name.endsWith('_event')
        const key = isEvent ? name.slice(0, -'_event'.length) : name
        const kind = isEvent ? found.events : found.members
        kind.set(key, [...(kind.get(key) ?? []), ...at([`${prefix}.${owner}.${name}`])])
      }
    }
  }
  return found
}
