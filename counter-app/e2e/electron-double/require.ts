import { createRequire, registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const standIn = resolve(import.meta.dirname, 'electron.cjs')
const current = Symbol.for('ikd.electron-double')
const require = createRequire(import.meta.url)

/** Loads a built CommonJS file anew, `electron` being the given object for it. The file itself is untouched. */
export function requireUnderDouble(path: string, electron: object): void {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url: pathToFileURL(standIn).href, format: 'commonjs', shortCircuit: true } : next(specifier, context),
  })
  const holder = globalThis as { [current]?: object }
  holder[current] = electron
  delete require.cache[standIn]
  delete require.cache[path]
  try {
    require(path)
  } finally {
    delete holder[current]
    hooks.deregister()
  }
}
