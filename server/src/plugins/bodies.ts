import { DomainError } from '@ikd/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** RFC 6749 §4.4.2 sends five short members. */
const formLimit = 8 * 1024

/**
 * What a body may be: JSON, and a form on routes that say so, for a form is what another site's page could send without
 * asking. Everything else is refused. A NUL in a text is refused too: PostgreSQL knows none, and nobody's name has one.
 */
export function addBodyParsers(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    void parseJson(request, body, (error, value: unknown) => done(error ?? (hasNul(body, value) ? new DomainError('request-invalid') : null), value))
  })
  app.addContentTypeParser<string>('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: formLimit }, async (request: FastifyRequest, body: string) => {
    const members = [...new URLSearchParams(body)]
    const form = new Map(members)
    // RFC 6749 §3.2: no member twice.
    if (!request.routeOptions.config.form || form.size !== members.length || hasNulText(body)) throw new DomainError('request-invalid')
    return Object.fromEntries(form)
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may be a form. */
    form?: boolean
  }
}

/** JSON cannot hold the character itself, only its escape; most bodies have neither. */
function hasNul(body: string, value: unknown): boolean {
  return body.includes('\\u0000') && someText(value, (text) => text.includes('\0'))
}

function hasNulText(form: string): boolean {
  return form.includes('%00') || form.includes('\0')
}

function someText(value: unknown, holds: (text: string) => boolean): boolean {
  const open: unknown[] = [value]
  // A loop: whoever sends a thousand brackets does not choose the depth of our stack.
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string' && holds(next)) return true
    if (typeof next === 'object' && next !== null) for (const entry of Object.entries(next)) open.push(...entry)
  }
  return false
}
