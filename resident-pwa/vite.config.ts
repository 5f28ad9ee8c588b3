import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { browserCheck } from '@ikd/ui/browser-check'
import { buildTargets } from '@ikd/ui/floor'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** Lays `.br` and `.gz` beside every hashed file: a farmer's data plan pays for each byte, a server should not squeeze them again at every request. */
function compressed(): Plugin {
  const folder = fileURLToPath(new URL('./dist/assets', import.meta.url))
  const brotli = promisify(brotliCompress)
  const zip = promisify(gzip)
  return {
    name: 'ikd-compressed',
    apply: 'build',
    async closeBundle() {
      const files = (await readdir(folder)).filter((name) => /\.(js|css|wasm)$/.test(name))
      for (const name of files) {
        const content = await readFile(join(folder, name))
        await writeFile(join(folder, `${name}.br`), await brotli(content))
        await writeFile(join(folder, `${name}.gz`), await zip(content, { level: 9 }))
      }
    },
  }
}

export default defineConfig({
  resolve: { alias: [{ find: /^typebox$/, replacement: fileURLToPath(new URL('./src/no-schemas.ts', import.meta.url)) }] },
  build: {
    target: buildTargets,
    // Nothing inline: the page's content security policy allows no data: scripts, workers or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The contract only defines things: what the first screen does not use of it need not be there, the QR codec above all.
      treeshake: { moduleSideEffects: [{ test: /\/(server\/contract\/src|cborg)\//, sideEffects: false }] },
    },
  },
  server: { proxy: { '/v1': 'http://localhost:3000', '/health': 'http://localhost:3000' } },
  plugins: [
    browserCheck('resident'),
    compressed(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'service-worker.ts',
      injectRegister: false,
      registerType: 'prompt',
      injectManifest: {
        // The reader's decoder is as large as all the rest; it is fetched when someone scans and kept by the HTTP cache.
        globPatterns: ['**/*.{js,css,html,svg,woff2,webmanifest}', 'icons/icon-192.png'],
        globIgnores: ['**/reader-*', '**/*-worker-*'],
      },
      manifest: {
        id: '/',
        name: 'IKD',
        short_name: 'IKD',
        description: 'Identitas Kependudukan Digital: KTP-el dan dokumen kependudukan di ponsel Anda.',
        lang: 'id',
        dir: 'ltr',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        orientation: 'portrait',
        theme_color: '#0b5563',
        background_color: '#f3f6f6',
        categories: ['government', 'utilities'],
        icons: [
          { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
})
