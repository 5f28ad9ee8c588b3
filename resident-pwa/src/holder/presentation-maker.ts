import { type Audience, type DisclosableField, encodePresentation, type EpochNonce, presentationLifetimeMs, type Sign } from '@ikd/contract'
import { decodeBase64Url } from './bytes.ts'
import type { MadeQr } from './rotating-qr.ts'
import type { ServerTime } from './server-time.ts'

/** What one unlock may present, and until when (server instant). */
export interface Grant {
  readonly handle: Uint8Array
  readonly expiresAt: number
  readonly sign: Sign
}

export interface Choice {
  readonly audience: Audience
  readonly fields: readonly DisclosableField[]
}

export interface PresentationPorts {
  readonly grant: Grant
  readonly nonces: NonceSource
  readonly time: ServerTime
  readonly now: () => number
  readonly random: (length: number) => Uint8Array
}

/** The newest nonce worth using, or undefined when the phone is offline. */
export interface NonceSource {
  findNonce(): Promise<EpochNonce | undefined>
}

/**
 * Makes one presentation. With a nonce it is *fresh* and dies 90 s after the instant of the nonce; without it is
 * *offline* and dies 90 s after the time it claims. Either way it dies with its grant.
 */
export async function makePresentation(ports: PresentationPorts, choice: Choice): Promise<MadeQr> {
  const epoch = await ports.nonces.findNonce()
  const claimed = Math.floor(ports.time.now() / 1000)
  const text = await encodePresentation(
    {
      handle: ports.grant.handle,
      id: ports.random(8),
      issuedAt: claimed,
      audience: choice.audience,
      fields: choice.fields,
      ...(epoch ? { nonce: decodeBase64Url(epoch.nonce) } : {}),
    },
    ports.grant.sign,
  )
  const dies = (epoch ? epoch.issuedAt : claimed * 1000) + presentationLifetimeMs
  return {
    text,
    freshness: epoch ? 'fresh' : 'offline',
    madeAt: ports.now(),
    deadAt: ports.time.toPhone(Math.min(dies, ports.grant.expiresAt)),
  }
}
