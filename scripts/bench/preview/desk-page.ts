import { mkdir, mkdtemp, copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browserFiles } from '@ikd/face/browser-files'
import { build } from 'vite'
import { findDemoFaces, probeBurst } from '../../demo/faces.ts'

/** A site with the desk's camera and nothing else, and the file a fake camera plays. */
export interface DeskPage {
  readonly url: string
  readonly cameraFile: string
  close(): Promise<void>
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.wasm': 'application/wasm' }
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; media-src 'self' blob: mediastream:; font-src 'self'; " +
  "worker-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html ikd"
const renderer = fileURLToPath(new URL('../../../counter-app/src/renderer/', import.meta.url))

/** The component as it is, with its guide; a burst is never begun, for only the preview is looked at. */
const script = `
  import ${JSON.stringify(join(renderer, 'components/face-capture.ts'))}
  import { openFaceGuide } from ${JSON.stringify(join(renderer, 'capture/face-guide.ts'))}
  const capture = document.createElement('face-capture')
  Object.assign(capture, { openGuide: openFaceGuide, attemptsLeft: 5, automatic: false })
  document.body.append(capture)
`

export async function makeDeskPage(): Promise<DeskPage> {
  const folder = await mkdtemp(join(tmpdir(), 'ikd-bench-preview-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><html lang="id"><head><title>preview</title></head><body><script type="module" src="./page.ts"></script></body></html>')
  await writeFile(join(folder, 'page.ts'), script)
  await build({ root: folder, base: './', logLevel: 'error', configFile: false, worker: { format: 'es' }, build: { target: 'chrome128', assetsInlineLimit: 0 } })
  const require = createRequire(import.meta.resolve('@ikd/face'))
  for (const { from, to } of browserFiles) {
    const place = join(folder, 'dist/face', to)
    await mkdir(dirname(place), { recursive: true })
    await copyFile(require.resolve(from), place)
  }
  // A hand-held face that is good for capture, two seconds of it.
  const face = (await findDemoFaces()).find(({ id }) => id === 'sample3-895')
  if (!face) throw new Error('the installed sample pictures are others')
  const cameraFile = join(folder, 'camera.mjpeg')
  await writeFile(cameraFile, Buffer.concat(await probeBurst(face, 60, 0)))
  const server = await serve(join(folder, 'dist'))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    cameraFile,
    async close() {
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

function serve(root: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url === '/' ? '/index.html' : (request.url ?? '/'), 'http://x')
    const body = await readFile(join(root, normalize(pathname))).catch(() => undefined)
    response.writeHead(body ? 200 : 404, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream', 'content-security-policy': policy })
    response.end(body)
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
