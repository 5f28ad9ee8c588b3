import { type AnyNode, type Identifier, type MemberExpression, parse, type TemplateLiteral } from 'acorn'
import { readScopes, walk } from './scopes.ts'

/** One thing a script asks of its engine. */
export type Use =
  /** A name that nobody declares, such as `structuredClone`. */
  | { readonly kind: 'global'; readonly name: string; readonly line: number }
  /** `owner` is what is known of the object: a global's own name for its statics, an interface for its instances. */
  | { readonly kind: 'static' | 'instance'; readonly owner: string; readonly name: string; readonly line: number }
  /** A method of we know not what. Of other members of unknown objects nothing can be said: most are data. */
  | { readonly kind: 'method'; readonly name: string; readonly line: number }
  | { readonly kind: 'event'; readonly name: string; readonly line: number }

export interface ScriptUses {
  readonly uses: readonly Use[]
  /** Names of members the script makes itself, of its classes and objects. */
  readonly own: ReadonlySet<string>
  /** Templates of Lit, holes filled in: `css` and `html` look alike once built. */
  readonly templates: readonly { readonly text: string; readonly line: number }[]
}

/** Objects the engine hands out ready-made, by the names they are reached by. */
const singletons: Readonly<Record<string, string>> = {
  navigator: 'Navigator', document: 'Document', location: 'Location', history: 'History', performance: 'Performance', crypto: 'Crypto',
  caches: 'CacheStorage', indexedDB: 'IDBFactory', localStorage: 'Storage', sessionStorage: 'Storage', screen: 'Screen',
}
/** Members that are such objects themselves. */
const parts: Readonly<Record<string, string>> = {
  'Navigator.storage': 'StorageManager', 'Navigator.mediaDevices': 'MediaDevices', 'Navigator.serviceWorker': 'ServiceWorkerContainer',
  'Navigator.clipboard': 'Clipboard', 'Navigator.permissions': 'Permissions', 'Navigator.locks': 'LockManager', 'Navigator.credentials': 'CredentialsContainer',
  'Crypto.subtle': 'SubtleCrypto',
}
const globalObjects: ReadonlySet<string> = new Set(['globalThis', 'window', 'self'])

type Owner = { readonly kind: 'static' | 'instance'; readonly owner: string } | 'global object' | undefined

/** A script that this version of ECMAScript cannot read throws a SyntaxError, for its regular expressions too. */
export function readScript(code: string, sourceType: 'module' | 'script', ecmaVersion: 5 | 2022): ScriptUses {
  const program = parse(code, { ecmaVersion, sourceType, locations: true })
  const meaningOf = readScopes(program)
  const uses: Use[] = []
  const own = new Set<string>()
  const templates: { text: string; line: number }[] = []

  function ownerOf(object: AnyNode, ancestors: readonly AnyNode[]): Owner {
    if (object.type === 'NewExpression' && object.callee.type === 'Identifier') {
      return meaningOf(object.callee.name, ancestors) === 'global' ? { kind: 'instance', owner: object.callee.name } : undefined
    }
    if (object.type === 'Identifier') {
      const meaning = meaningOf(object.name, ancestors)
      if (meaning === 'global') return globalOwner(object.name)
      return meaning !== 'something else' && meaningOf(meaning.madeBy, ancestors) === 'global' ? { kind: 'instance', owner: meaning.madeBy } : undefined
    }
    const name = object.type === 'MemberExpression' ? memberName(object) : undefined
    if (object.type !== 'MemberExpression' || name === undefined) return undefined
    const outer = ownerOf(object.object, ancestors)
    if (outer === undefined || outer === 'global object') return outer && globalOwner(name)
    const part = parts[`${outer.owner}.${name}`]
    return part === undefined ? undefined : { kind: 'instance', owner: part }
  }

  function useMember(owner: Owner, name: string, called: boolean, line: number): void {
    if (owner === 'global object') uses.push({ kind: 'global', name, line })
    else if (owner) uses.push({ ...owner, name, line })
    else if (called) uses.push({ kind: 'method', name, line })
  }

  walk(program, (node, ancestors) => {
    const parent = ancestors.at(-1)
    const line = node.loc?.start.line ?? 0
    switch (node.type) {
      case 'Identifier':
        if (refers(node, parent) && meaningOf(node.name, ancestors) === 'global') uses.push({ kind: 'global', name: node.name, line })
        return
      case 'MemberExpression': {
        const name = memberName(node)
        const called = parent?.type === 'CallExpression' && parent.callee === node
        if (name === undefined) return
        if (parent?.type === 'AssignmentExpression' && parent.left === node) own.add(name)
        // `x.y?.()` and `typeof x.y` ask first.
        if ((called && parent.optional) || isAsked(parent)) return
        return useMember(ownerOf(node.object, ancestors), name, called, line)
      }
      case 'VariableDeclarator':
        if (node.id.type !== 'ObjectPattern' || !node.init) return
        for (const property of node.id.properties) {
          if (property.type === 'Property' && property.key.type === 'Identifier') useMember(ownerOf(node.init, ancestors), property.key.name, false, line)
        }
        return
      case 'NewExpression':
        if (node.callee.type !== 'Identifier' || meaningOf(node.callee.name, ancestors) !== 'global') return
        uses.push({ kind: 'instance', owner: node.callee.name, name: node.callee.name, line })
        return
      case 'CallExpression': {
        const [event] = node.arguments
        const listens = node.callee.type === 'MemberExpression' && memberName(node.callee) === 'addEventListener'
        if (listens && event?.type === 'Literal' && typeof event.value === 'string') uses.push({ kind: 'event', name: event.value, line })
        return
      }
      case 'Property':
      case 'MethodDefinition':
      case 'PropertyDefinition':
        if (parent?.type !== 'ObjectPattern' && !node.computed && node.key.type === 'Identifier') own.add(node.key.name)
        return
      case 'TaggedTemplateExpression':
        templates.push({ text: textOf(node.quasi), line })
    }
  })
  return { uses, own, templates }
}

function globalOwner(name: string): Owner {
  if (globalObjects.has(name)) return 'global object'
  const interfaceName = singletons[name]
  return interfaceName === undefined ? { kind: 'static', owner: name } : { kind: 'instance', owner: interfaceName }
}

function memberName({ computed, property }: MemberExpression): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}

function textOf(quasi: TemplateLiteral): string {
  return quasi.quasis.map(({ value }) => value.cooked ?? value.raw).join('x')
}

function isAsked(parent: AnyNode | undefined): boolean {
  return parent?.type === 'UnaryExpression' && parent.operator === 'typeof'
}

/** Whether an identifier stands for a value, and not for a key, a label or a declaration of itself (which its scope knows anyway). */
function refers(node: Identifier, parent: AnyNode | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent.value === node || parent.computed
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ExportSpecifier':
    case 'ImportSpecifier':
    case 'MetaProperty':
      return false
    default:
      return !isAsked(parent)
  }
}
