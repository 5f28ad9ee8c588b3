import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { browserCheck } from '@ikd/ui/browser-check'
import { buildTargets } from '@ikd/ui/floor'
import { defineConfig, type Plugin } from 'vite'
import { browserFiles } from '../models/browser-files.mjs'

/** The face guide's weights and backend, from the installed packages to `face/` beside the page; checked in neither place. */
function faceFiles(): Plugin {
  const { resolve: find } = createRequire(resolve(import.meta.dirname, '../models/package.json'))
  return {
    name: 'face-files',
    generateBundle() {
      for (const { from, to } of browserFiles) this.emitFile({ type: 'asset', fileName: `face/${to}`, source: readFileSync(find(from)) })
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the same files work at the site's root and under ikd://counter/.
  base: './',
  build: {
    outDir: resolve(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: buildTargets,
    // Data URLs would need a wider policy, and an inlined worker a blob.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  plugins: [browserCheck('desk'), faceFiles()],
})
