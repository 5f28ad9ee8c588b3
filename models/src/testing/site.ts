import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { build } from 'vite'
import { browserFiles } from '../../browser-files.mjs'

/** A page of its own on loopback, with the files of `@ikd/face/browser-files` under `face/`. */
export type Site = {
  readonly url: string
  /** What is served, and may be added to. */
  readonly folder: string
  close(): Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
}

/**
 * Builds a page around a script, as an application's build would, and serves it.
 *
 * @param script TypeScript of a module; what it imports is named by absolute paths
 * @param policy its Content-Security-Policy, and its workers'
 * @param faceFiles more than what the guide needs
 */
export async function makeSite(script: string, policy: string, faceFiles: typeof browserFiles = []): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), 'face-site-'))
  const folder = join(root, 'dist')
  await writeFile(join(root, 'index.html'), '<!doctype html><html lang="en"><head><title>site</title></head><body><script type="module" src="./page.ts"></script></body></html>')
  await writeFile(join(root, 'page.ts'), script)
  await build({ root, base: './', logLevel: 'error', configFile: false, worker: { format: 'es' }, build: { target: 'esnext', assetsInlineLimit: 0 } })
  const require = createRequire(import.meta.url)
  for (const { from, to } of [...browserFiles, ...faceFiles]) {
    const place = join(folder, 'face', to)
    await mkdir(dirname(place), { recursive: true })
    await copyFile(require.resolve(from), place)
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url === '/' ? '/index.html' : (request.url ?? '/'), 'http://x')
    const body = await readFile(join(folder, normalize(pathname))).catch(() => undefined)
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream', 'content-security-policy': policy })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    folder,
    async close() {
      server.close()
      await rm(root, { recursive: true })
    },
  }
}
