import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { CustomScheme } from 'electron'
import { isCounterUrl } from './ipc.ts'

/** A standard, secure scheme: the page gets a real origin, a secure context, and no file:// privileges. */
export const counterScheme: CustomScheme = {
  scheme: 'ikd',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Serves the built renderer from `directory`, nothing outside it, with the policy on every answer. */
export function rendererFiles(directory: string, csp: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  const headers = { 'content-security-policy': csp, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache' }
  const refusal = (status: number) => new Response(null, { status, headers })
  return async ({ url, method }) => {
    if (!isCounterUrl(url)) return refusal(404)
    if (method !== 'GET' && method !== 'HEAD') return refusal(405)
    const path = filePath(directory, new URL(url).pathname)
    const type = path && types[extname(path)]
    if (!path || !type) return refusal(404)
    try {
      return new Response(method === 'HEAD' ? null : new Uint8Array(await readFile(path)), { headers: { ...headers, 'content-type': type } })
    } catch {
      return refusal(404)
    }
  }
}

function filePath(directory: string, pathname: string): string | undefined {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (decoded.includes('\0')) return undefined
  const path = normalize(join(directory, decoded === '/' ? 'index.html' : decoded))
  return path.startsWith(directory + sep) ? path : undefined
}
