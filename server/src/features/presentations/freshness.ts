import { type Presentation, presentationLifetimeMs } from '@ikd/contract'
import { minute, second } from '../../clock.ts'

export type Freshness = 'fresh' | 'offline'

/** How far a clock that is not ours may stand off. */
const clockTolerance = minute

/**
 * Whether a presentation lives, all by the server's clock. With a nonce of ours (*fresh*) it dies 90 s after the
 * nonce's instant and the phone's clock does not matter. Without (*offline*) it dies 90 s after the time it claims,
 * and it must claim a time inside its grant's life.
 *
 * @param nonceAt the instant its nonce stands for; undefined when it carries none
 * @param now all instants in ms since the epoch
 */
export function judgeFreshness(
  presentation: Pick<Presentation, 'issuedAt'>,
  nonceAt: number | undefined,
  grant: { readonly createdAt: number; readonly expiresAt: number },
  now: number,
): Freshness | 'expired' {
  if (now >= grant.expiresAt) return 'expired'
  const claimedAt = presentation.issuedAt * second
  const age = now - (nonceAt ?? claimedAt)
  if (age >= presentationLifetimeMs || age < -clockTolerance) return 'expired'
  if (nonceAt !== undefined) return 'fresh'
  return claimedAt >= grant.createdAt - clockTolerance && claimedAt < grant.expiresAt ? 'offline' : 'expired'
}
