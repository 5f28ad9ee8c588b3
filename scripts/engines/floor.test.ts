import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { floor } from '@ikd/ui/floor'
import { type Engines, engines, isNewer, missingIn, statementAt } from './compat-data.ts'
import { checkMarkup, oddSizes } from './markup-check.ts'
import { checkUses } from './script-check.ts'
import { readScript } from './script-uses.ts'
import { checkStyles } from './style-check.ts'

function newerIn(code: string): string[] {
  const { uses, own } = readScript(code, 'module', 2022)
  return [...new Set(checkUses(uses, own, engines.everywhere).map(({ feature }) => feature))]
}

describe('a script', () => {
  it.each([
    ['a static method', 'AbortSignal.any([a])', 'api.AbortSignal.any_static'],
    ['a static method of the language', 'const { promise } = Promise.withResolvers()', 'javascript.builtins.Promise.withResolvers'],
    ['one behind the global object', 'globalThis.URL.canParse(x)', 'api.URL.canParse_static'],
    ['a static taken apart', 'const { groupBy } = Object', 'javascript.builtins.Object.groupBy'],
    ['a global function', 'requestIdleCallback(f)', 'api.Window.requestIdleCallback'],
    ['a method that only newer things have', 'function f(x, y) { return x.isSubsetOf(y) }', 'javascript.builtins.Set.isSubsetOf'],
    ['one that hides behind a name of our own', 'class A { union() {} } function f(x, y) { return x.union(y) }', 'javascript.builtins.Set.union'],
    ['a property whose object is known', 'function f() { const q = new URLSearchParams(); return q.size }', 'api.URLSearchParams.size'],
    ['a part of the navigator', 'navigator.storage.persist(); navigator.userAgentData', 'api.Navigator.userAgentData'],
    ['a constructor', 'new VideoFrame(v)', 'api.VideoFrame'],
    ['an event', "x.addEventListener('scrollend', f)", 'api.Document.scrollend_event'],
  ])('that asks for %s is found', (_, code, feature) => {
    expect(newerIn(code)).toContain(feature)
  })

  it.each([
    ['what the floor has', 'AbortSignal.timeout(5); [3].toSorted(); structuredClone(x); [1].findLast(f); new OffscreenCanvas(1, 1)'],
    ['what is asked for first', "typeof requestIdleCallback === 'function'; function f(x, y) { return x.isSubsetOf?.(y) }"],
    ['names of its own', 'function f(URL) { return URL.canParse(x) } class A { run() {} use() {} } function g(a) { a.run(); a.use() }'],
    ['a size of something else', 'function f(q) { return q.size } function g() { const q = new URLSearchParams() }'],
    ['a size under the same short name elsewhere', 'function f() { const q = new Map(); return q.size } function g() { const q = new URLSearchParams(); return q.get(f) }'],
  ])('that uses %s passes', (_, code) => {
    expect(newerIn(code)).toEqual([])
  })

  it.each([
    ['newer expressions', '/[\\p{L}--[a-z]]/v'],
    ['newer modifiers', '/(?i:a)b/'],
    ['newer declarations', '{ using a = b }'],
    ['newer imports', "import a from './a.json' with { type: 'json' }"],
  ])('written in %s cannot be read', (_, code) => {
    expect(() => readScript(code, 'module', 2022)).toThrow(SyntaxError)
  })
})

describe('a style sheet', () => {
  it.each([
    ['a selector', 'label:has(:checked) { color: red }', 'css.selectors.has'],
    ['nesting', '.a { .b { color: red } }', 'css.selectors.nesting'],
    ['a property', 'p { text-wrap: balance }', 'css.properties.text-wrap'],
    ['a function', 'p { color: light-dark(black, white) }', 'css.types.color.light-dark'],
    ['a rule', '@property --a { syntax: "*"; inherits: false }', 'css.at-rules.property'],
    ['a value', 'div { overflow: clip; display: ruby }', 'css.properties.display.ruby'],
  ])('that asks for %s is found', (_, css, feature) => {
    expect(checkStyles(css, engines.everywhere).map((found) => found.feature)).toContain(feature)
  })

  it('that keeps to the floor passes', () => {
    expect(checkStyles(':host { inline-size: min(100%, 10dvh); color: color-mix(in srgb, red, blue) } @media (width < 30rem) { a:focus-visible { inset: 0 } }', engines.everywhere)).toEqual([])
  })
})

describe('a page', () => {
  it('that asks for newer attributes is found', () => {
    expect(checkMarkup('<div popover><details name="x">', engines.everywhere).map(({ feature }) => feature)).toEqual(['html.global_attributes.popover', 'html.elements.details.name'])
  })

  it('with sizes that WebKit does not take in an attribute is found', () => {
    expect(oddSizes('<svg width="1.75rem" height="1em" viewBox="0 0 1 1"><rect width="1em" /></svg><svg width="40%" height="20"></svg>')).toEqual(['width="1.75rem', 'height="1em'])
  })
})

describe('the check a browser meets first', () => {
  // As browser-check.js asks them.
  const asked = {
    "'adoptedStyleSheets' in Document.prototype": ['api', 'Document', 'adoptedStyleSheets'],
    "'toSorted' in Array.prototype": ['javascript', 'builtins', 'Array', 'toSorted'],
    "CSS.supports('color', 'color-mix(in srgb, red, blue)')": ['css', 'types', 'color', 'color-mix'],
  }
  const source = readFileSync(fileURLToPath(import.meta.resolve('@ikd/ui/browser-check')).replace('browser-check-plugin.ts', 'browser-check.js'), 'utf8')
  const missing = (wanted: Engines) =>
    Object.values(asked).flatMap((path) => {
      const statement = statementAt(...path)
      if (!statement) throw new Error(`${path.join('.')} is not in the compat data`)
      return missingIn(statement, wanted)
    })

  it('asks what is looked up here', () => {
    for (const question of Object.keys(asked)) expect(source).toContain(question)
  })

  it('takes the floor', () => {
    expect(missing(engines.everywhere)).toEqual([])
  })

  it.each([
    ['safari', '16.3'],
    ['safari_ios', '16.3'],
    ['chrome', '110'],
    ['chrome_android', '110'],
    ['edge', '110'],
    ['firefox', '114'],
    ['firefox_android', '114'],
  ] as const)('refuses %s %s', (engine, version) => {
    expect(isNewer(engines.everywhere[engine], version)).toBe(true)
    expect(missing({ [engine]: version })).not.toEqual([])
  })

  it('names the floor in both languages', () => {
    for (const sentence of source.match(/first: '[^']+'/g) ?? []) {
      for (const version of Object.values(floor)) expect(sentence).toContain(version)
    }
    expect(source.match(/first: '/g)).toHaveLength(4)
  })
})
