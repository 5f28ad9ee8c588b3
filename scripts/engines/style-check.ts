import { type AtRule, type Declaration, parse, type Rule } from 'postcss'
import { compatData, type Engines, missingIn, statementAt } from './compat-data.ts'
import type { TooNew } from './script-check.ts'

/** What a style sheet asks of its engine and the floor does not have everywhere. */
export function checkStyles(css: string, engines: Engines): TooNew[] {
  const found: TooNew[] = []
  const check = (line: number, ...path: readonly string[]): void => {
    const statement = statementAt('css', ...path)
    const missing = statement ? missingIn(statement, engines) : []
    if (missing.length > 0) found.push({ feature: ['css', ...path].join('.'), missing, line })
  }
  parse(css).walk((node) => {
    const line = node.source?.start?.line ?? 0
    if (node.type === 'decl') checkDeclaration(node, (...path) => check(line, ...path))
    if (node.type === 'atrule') checkAtRule(node, (...path) => check(line, ...path))
    if (node.type === 'rule') checkSelectors(node, (...path) => check(line, ...path))
  })
  return found
}

type Check = (...path: readonly string[]) => void

function checkDeclaration({ prop, value }: Declaration, check: Check): void {
  if (!prop.startsWith('-')) check('properties', prop)
  const words = value.replaceAll(/"[^"]*"|'[^']*'|url\([^)]*\)/g, ' ')
  for (const [, name] of words.matchAll(/([a-z][a-z0-9-]*)\(/g)) for (const path of functions.get(name as string) ?? []) check(...path)
  for (const [, unit] of words.matchAll(/\d([a-z]+)\b/g)) check('types', 'length', unit as string)
  if (!prop.startsWith('-')) for (const [word] of words.matchAll(/(?<![\w-])[a-z][a-z-]*(?![\w(-])/g)) check('properties', prop, word)
}

function checkAtRule({ name, params }: AtRule, check: Check): void {
  check('at-rules', name)
  if (name !== 'media' && name !== 'supports') return
  for (const [, feature] of params.matchAll(/\(\s*([a-z-]+)\s*[:)<>=]/g)) check('at-rules', name, feature as string)
}

function checkSelectors({ selector, parent }: Rule, check: Check): void {
  if (parent?.type === 'rule') check('selectors', 'nesting')
  for (const [, name] of selector.matchAll(/::?([a-z-]+)/g)) check('selectors', name as string)
}

/** `color-mix` and where the data tell of it. A function's entry may stand anywhere below `css.types`. */
const functions = indexFunctions()

function indexFunctions(): ReadonlyMap<string, readonly (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>()
  const look = (entry: object, path: readonly string[]): void => {
    for (const [name, below] of Object.entries(entry)) {
      if (name === '__compat' || typeof below !== 'object' || below === null) continue
      const here = [...path, name]
      found.set(name, [...(found.get(name) ?? []), here])
      look(below, here)
    }
  }
  look(compatData.css['types'] ?? {}, ['types'])
  return found
}
