import { createECDH, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { AnswerOf, PublicJwk, routes } from '@ikd/contract'
import type { Tables } from '../../database/tables.ts'
import { sha256 } from '../../security/digest.ts'
import type { Secrets } from '../../security/secrets.ts'

/** A row of `log_head` before it is signed. */
export type UnsignedHead = Omit<Tables['log_head'], 'kid' | 'signature'>
export type SignedHead = Tables['log_head']

/** The log of decisions. */
export const chainLog = 'chain'
export const scanLog = (serverId: string) => `scans:${serverId}`
/** Undefined for a log that is not of scans. */
export const serverOf = (log: string) => (log.startsWith('scans:') ? log.slice('scans:'.length) : undefined)

export const noHash = '0'.repeat(64)

export type HeadJwk = AnswerOf<typeof routes.audit.heads>['keys'][number]

/** Signs heads, and tells whether one was signed by us. */
export interface HeadKeys {
  readonly jwk: HeadJwk
  sign(head: UnsignedHead): SignedHead
  isSigned(head: SignedHead): boolean
}

type Payload = Pick<UnsignedHead, 'log' | 'number' | 'at' | 'root'> & { readonly from: number; readonly to: number; readonly previous: string }

/** What a head says; its hash is what the next one names. */
function payloadOf(head: UnsignedHead): string {
  const { log, number, from_seq: from, to_seq: to, at, root, previous_hash: previous } = head
  const payload: Payload = { log, number, from, to, at, root, previous }
  return JSON.stringify(payload)
}

export function headHash(head: UnsignedHead): string {
  return sha256(payloadOf(head)).toString('hex')
}

function signingInput(head: UnsignedHead, kid: string): string {
  const header = JSON.stringify({ alg: 'ES256', kid, typ: 'ikd-log-head' })
  return `${Buffer.from(header).toString('base64url')}.${Buffer.from(payloadOf(head)).toString('base64url')}`
}

/** Compact serialisation (RFC 7515 §7.1): all that somebody who mirrors the heads needs to keep. */
export function toJws(head: SignedHead): string {
  return `${signingInput(head, head.kid)}.${head.signature}`
}

/** A head as it was copied; undefined for a text that is none. Its signature has not been looked at. */
export function parseJws(jws: string): SignedHead | undefined {
  try {
    const [header = '', payload = '', signature = ''] = jws.split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string }
    const { from: from_seq, to: to_seq, previous: previous_hash, ...rest } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Payload
    const head: SignedHead = { ...rest, from_seq, to_seq, previous_hash, kid, signature }
    return toJws(head) === jws ? head : undefined
  } catch {
    return undefined
  }
}

/**
 * The key is derived from the master key, so that every server of one service signs with the same; it signs heads and
 * nothing else. `kid` is the key's thumbprint (RFC 7638).
 */
export function createHeadKeys(secrets: Pick<Secrets, 'derive'>): HeadKeys {
  const jwk = derivePrivateJwk(secrets)
  const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
  const { crv, kty, x, y } = jwk
  const kid = sha256(JSON.stringify({ crv, kty, x, y })).toString('base64url')
  const publicKey = createPublicKey(key)
  return {
    jwk: { kty, crv, x, y, kid, use: 'sig', alg: 'ES256' },
    sign(head) {
      const signature = sign('sha256', Buffer.from(signingInput(head, kid)), { key, dsaEncoding: 'ieee-p1363' })
      return { ...head, kid, signature: signature.toString('base64url') }
    },
    isSigned(head) {
      const signature = Buffer.from(head.signature, 'base64url')
      // One signature, one spelling: the column holds exactly what was written.
      if (head.kid !== kid || signature.toString('base64url') !== head.signature) return false
      return verify('sha256', Buffer.from(signingInput(head, kid)), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
    },
  }
}

/** FIPS 186-5 §A.2.2: candidates outside the group's order, one in 2^32, are thrown away. */
function derivePrivateJwk(secrets: Pick<Secrets, 'derive'>): PublicJwk & { readonly d: string } {
  for (let candidate = 0; ; candidate++) {
    const d = secrets.derive(`audit head key ${candidate}`)
    const pair = createECDH('prime256v1')
    try {
      pair.setPrivateKey(d)
    } catch {
      continue
    }
    const point = pair.getPublicKey()
    return {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33, 65).toString('base64url'),
      d: d.toString('base64url'),
    }
  }
}
