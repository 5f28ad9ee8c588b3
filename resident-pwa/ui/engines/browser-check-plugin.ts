import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/**
 * Lays `browser-check.js` beside the built page and has it run before anything else. It is no module and is not bundled: a browser
 * that cannot read the app must be able to read it.
 */
export function browserCheck(program: 'resident' | 'desk'): Plugin {
  const source = readFileSync(fileURLToPath(new URL('./browser-check.js', import.meta.url)), 'utf8')
  let base = '/'
  let reference = ''
  return {
    name: 'ikd-browser-check',
    apply: 'build',
    configResolved(config) {
      base = config.base
    },
    buildStart() {
      reference = this.emitFile({ type: 'asset', name: 'browser-check.js', source })
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) => {
        const file = Object.values(bundle ?? {}).find(({ fileName }) => /(^|\/)browser-check[^/]*\.js$/.test(fileName))
        if (!file) throw new Error(`browser-check.js (${reference}) is not part of the build`)
        return [{ tag: 'script', attrs: { src: `${base}${file.fileName}`, 'data-program': program }, injectTo: 'head-prepend' }]
      },
    },
  }
}
