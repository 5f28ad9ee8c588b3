import { type BodyOf, DomainError, type PublicJwk, type routes, type Verify } from '@ikd/contract'
import { decodeJwt } from 'jose'
import type { HolderCaller } from '../../caller.ts'
import { minute, second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Unit } from '../../plugins/registrar.ts'
import { decodeBase64Url } from '../../security/base64url.ts'
import { es256Verifier, parsePublicJwk } from '../../security/ecdsa.ts'
import type { BindingsService } from '../bindings/service.ts'
import { endGrants, insertGrant } from './repository.ts'

/** A grant lives no longer than this, and no longer than the unlock it came from. */
const grantLifetime = 10 * minute

/**
 * Registers a presentation key once its holder has shown to possess it, and ends the binding's earlier grants. Of several
 * at once each waits for the one before it and ends it: one lives.
 *
 * @returns the grant's handle, base64url of 16 random bytes
 * @throws DomainError `grant-key-invalid`, `device-blocked`, `device-suspended`
 */
export async function makeGrant(
  core: Core,
  bindings: Pick<BindingsService, 'hold'>,
  unit: Unit,
  caller: HolderCaller,
  body: BodyOf<typeof routes.holder.grant>,
): Promise<string> {
  const { publicKey, possession } = body
  const [key, signature] = [parsePublicJwk(publicKey), decodeBase64Url(possession)]
  const verify = key && verifierOf(key)
  if (!signature || !(await verify?.(Buffer.from(caller.accessToken), signature))) throw new DomainError('grant-key-invalid')
  const { state } = await bindings.hold(unit, caller.bindingId)
  if (state !== 'active') throw new DomainError(state === 'suspended' ? 'device-suspended' : 'device-blocked')
  await endGrants(unit.work, caller.bindingId, unit.now)
  const handle = core.random(16).toString('base64url')
  await insertGrant(unit.work, {
    handle,
    bindingId: caller.bindingId,
    publicKey,
    createdAt: unit.now,
    // Without the second bound a token in its last minute could be drawn out into ten more.
    expiresAt: Math.min(unit.now + grantLifetime, (decodeJwt(caller.accessToken).exp ?? 0) * second),
  })
  return handle
}

/** Undefined for coordinates that are no point of the curve. */
function verifierOf(publicKey: PublicJwk): Verify | undefined {
  try {
    return es256Verifier(publicKey)
  } catch {
    return undefined
  }
}
