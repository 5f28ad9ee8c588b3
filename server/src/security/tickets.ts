import { createHmac } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { sameDigest } from './digest.ts'
import type { Ids } from './random.ts'

/** What every ticket says of itself beside its claims. */
export interface TicketStub {
  readonly id: string
  /** ms since the epoch. */
  readonly expiresAt: number
}

/**
 * Stateless tickets between two steps of one ceremony: claims and an HMAC over them and their purpose. Any server with
 * the key can check one; nothing is stored until it is spent. Readable by whoever holds one: claims are no secrets.
 */
export interface Tickets {
  issue(purpose: string, claims: object, lifetime: number, id?: string): string
  /** The claims of a ticket of ours for this purpose that has not expired; undefined for any other text. */
  open<T extends object>(purpose: string, ticket: string): (T & TicketStub) | undefined
}

export function createTickets(key: Uint8Array, clock: Clock, ids: Ids): Tickets {
  const seal = (purpose: string, payload: string) => createHmac('sha256', key).update(purpose).update('\0').update(payload).digest('base64url')
  return {
    issue(purpose, claims, lifetime, id = ids.next()) {
      const payload = Buffer.from(JSON.stringify({ ...claims, id, expiresAt: clock.now() + lifetime })).toString('base64url')
      return `${payload}.${seal(purpose, payload)}`
    },
    open<T extends object>(purpose: string, ticket: string) {
      const [payload = '', mac = '', ...rest] = ticket.split('.')
      // Compared as text, the MAC covering the payload's text: a ticket has one spelling.
      if (rest.length > 0 || !sameDigest(mac, seal(purpose, payload))) return undefined
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as T & TicketStub
      return claims.expiresAt > clock.now() ? claims : undefined
    },
  }
}
