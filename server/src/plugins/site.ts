import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { boundConnections, connectionLimits, usualConnections } from './connections.ts'
import { securityHeaders } from './headers.ts'
import { answerUnknownRoute, answerUnreadable } from './problems.ts'

export interface Site {
  /** Built files. */
  readonly directory: string
  /** Origins beside its own that the page may speak to. */
  readonly connect: readonly string[]
  /** Small JSON files the page asks for, by path. */
  readonly facts?: Readonly<Record<string, object>>
}

/** The policy of every page of ours (promise 15). */
export function contentSecurityPolicy(connect: readonly string[]): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'wasm-unsafe-eval'`,
    `style-src 'self'`,
    `img-src 'self' data: blob:`,
    `media-src 'self' blob: mediastream:`,
    `font-src 'self'`,
    `connect-src ${["'self'", ...connect].join(' ')}`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html ikd`,
  ].join('; ')
}

/** Serves a built front end: hashed files for a year, everything else asked for anew, unknown paths to the app itself. */
export async function addSite(app: FastifyInstance, site: Site): Promise<void> {
  const index = join(site.directory, 'index.html')
  if (!existsSync(index)) throw new Error(`no built front end in ${site.directory}: run its build first`)
  const headers = { ...securityHeaders, 'content-security-policy': contentSecurityPolicy(site.connect) }
  await app.register(fastifyStatic, {
    root: site.directory,
    // Builds lay .br and .gz beside what is worth it; where there are none, the file itself goes out.
    preCompressed: true,
    cacheControl: false,
    index: ['index.html'],
    setHeaders(reply, path) {
      for (const [name, value] of Object.entries(headers)) reply.header(name, value)
      reply.header('cache-control', /[/\\]assets[/\\]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  for (const [path, fact] of Object.entries(site.facts ?? {})) {
    app.get(path, { schema: { hide: true } }, async (_request, reply) => reply.headers(headers).header('cache-control', 'no-store').send(fact))
  }
  const page = readFileSync(index)
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/v1/') && (request.headers.accept ?? '').includes('text/html')
    if (!isPage) return answerUnknownRoute(request, reply)
    return reply.headers(headers).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
  })
}

/** A site by itself on its own port: the counter app's browser host. */
export async function buildSite(site: Site): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, frameworkErrors: answerUnreadable, ...connectionLimits })
  boundConnections(app.server, usualConnections, { log: app.log, now: Date.now })
  await addSite(app, site)
  return app
}
