import { Type } from 'typebox'
import { defineRoute } from '../route.ts'
import { After, closed, Instant, PublicJwk, Serial } from './shapes.ts'

/** What the service has signed about one of its logs: whoever keeps a copy can tell later whether the log was changed. */
export const LogHead = closed({
  /** `chain`: decisions; `scans:<server id>`: the scans one server recorded. */
  log: Type.String(),
  /** Heads of a log count from 1 without a gap. */
  number: Serial,
  from: Serial,
  to: Serial,
  at: Instant,
  /** Hex. Of the chain: the hash of its entry `to`; of scans: the Merkle root (RFC 9162 §2.1.1) of the leaves `from` to `to`. */
  root: Type.String(),
  /** All of the above and the hash of the head before, as a compact JWS (RFC 7515). */
  jws: Type.String(),
})

export const audit = {
  heads: defineRoute({
    id: 'audit.heads',
    method: 'GET',
    path: '/v1/audit/heads',
    access: ['public'],
    summary: 'Signed heads of the logs, for anybody to mirror: the newest of each log, or those of one log after a number',
    query: closed({ log: Type.Optional(Type.String({ maxLength: 64 })), after: Type.Optional(After) }),
    answer: closed({
      /** The keys heads are signed with; they sign nothing else. */
      keys: Type.Array(closed({ ...PublicJwk.properties, kid: Type.String(), use: Type.Literal('sig'), alg: Type.Literal('ES256') })),
      /** At most a hundred, oldest first. */
      heads: Type.Array(LogHead),
    }),
  }),
}
