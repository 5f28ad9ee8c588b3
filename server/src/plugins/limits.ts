import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import { type Caller, principalOf } from '../caller.ts'
import { type Clock, minute } from '../clock.ts'
import type { Store } from '../database/store.ts'
import { keyedHash } from '../security/digest.ts'
import type { Secrets } from '../security/secrets.ts'

/** Counts requests over all servers of a database. */
export interface Limits {
  /** Undefined when this one is within `perMinute` for `who`; else the instant from which another is. A refused one does not count. */
  take(what: string, who: string, perMinute: number): Promise<number | undefined>
}

/**
 * A sliding minute made of two fixed ones: those of this minute, and of the one before the share that is still within sixty
 * seconds. One statement decides and counts, so that servers asked at once count one by one.
 */
export function createLimits(core: { readonly store: Store; readonly secrets: Secrets; readonly clock: Clock }): Limits {
  const key = core.secrets.derive('rate limits')
  return {
    async take(what, who, perMinute) {
      const now = core.clock.now()
      const started = now - (now % minute)
      const earlier = started - minute
      /** How much of the minute before is within the last sixty seconds, ms. */
      const share = minute - (now - started)
      // Who asked is no business of the database: an address would be personal data.
      const subject = keyedHash(key, what, who)
      const counted = await core.store
        .insertInto('rate_window')
        .values({ subject, started, hits: 1, hits_before: 0 })
        .onConflict((conflict) =>
          conflict
            .column('subject')
            // A server whose clock is behind counts in the minute that is open already.
            .doUpdateSet({
              started: sql<number>`case when rate_window.started >= ${started} then rate_window.started else ${started} end`,
              hits: sql<number>`case when rate_window.started >= ${started} then rate_window.hits + 1 else 1 end`,
              hits_before: sql<number>`case when rate_window.started >= ${started} then rate_window.hits_before
                when rate_window.started = ${earlier} then rate_window.hits else 0 end`,
            })
            .where(
              sql<boolean>`case when rate_window.started >= ${started} then rate_window.hits * ${minute} + rate_window.hits_before * ${share}
                when rate_window.started = ${earlier} then rate_window.hits * ${share} else 0 end <= ${(perMinute - 1) * minute}`,
            ),
        )
        .returning('hits')
        .executeTakeFirst()
      if (counted) return undefined
      // By then even a full minute before leaves room for one.
      return started + minute + Math.ceil(minute / perMinute)
    },
  }
}

/** Who is counted: the person where one is known, or a key that cost something; a stranger, whose keys cost nothing, by the network they come from. */
export function limitSubject(caller: Caller, address: string): string {
  switch (caller.kind) {
    case 'public':
      return `network:${clientNetwork(address)}`
    case 'key':
      return caller.settled ? `key:${caller.jkt}` : `network:${caller.network}`
    case 'device':
      return `registration:${caller.registrationId}`
    default:
      return principalOf(caller)
  }
}

/** A system of an institution speaks for many of its people. */
const systemFactor = 10

export function limitOf(caller: Caller, perMinute: number): number {
  return caller.kind === 'institution' ? systemFactor * perMinute : perMinute
}

/** An IPv4 address, or of an IPv6 address the /64: that is what one customer is given, with 2^64 addresses to choose from. */
export function clientNetwork(address: string | undefined): string {
  // Whoever hung up already has no address any more, and hears no answer.
  if (address === undefined) return 'gone'
  const plain = address.split('%', 1)[0] as string
  if (!isIPv6(plain)) return plain
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)
  if (mapped) return mapped[1] as string
  const [head = '', tail] = plain.split('::', 2)
  const left = head.split(':').filter(Boolean)
  const right = (tail ?? '').split(':').filter(Boolean)
  const groups = tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')
}
