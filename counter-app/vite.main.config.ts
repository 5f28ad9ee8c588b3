import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

// Whole in itself, so that `vite build -c` and Forge's Vite plugin make the same file.
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, '.vite/build'),
    emptyOutDir: false,
    target: 'node24',
    lib: { entry: resolve(import.meta.dirname, 'src/main/main.ts'), formats: ['cjs'], fileName: () => 'main.cjs' },
    rollupOptions: { external: ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)] },
  },
  resolve: { conditions: ['node'], mainFields: ['module'] },
})
