import { resolve } from 'node:path'
import { defineConfig } from 'vite'

// A sandboxed preload is one CommonJS file that may require `electron` only.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, '.vite/build'),
    emptyOutDir: false,
    target: 'chrome140',
    rollupOptions: {
      input: resolve(import.meta.dirname, 'src/preload/preload.ts'),
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
    },
  },
})
