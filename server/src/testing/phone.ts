import { randomBytes } from 'node:crypto'
import { type Audience, type BodyOf, type DisclosableField, encodePresentation, type PublicJwk, type routes, type Sign } from '@ikd/contract'
import { exportJWK, importPKCS8, SignJWT } from 'jose'
import type { HolderCaller } from '../caller.ts'
import type { Core } from '../core.ts'
import { signingKey } from '../security/token-keys.ts'

const algorithm = { name: 'ECDSA', hash: 'SHA-256' }

/** What a phone does after an unlock: a presentation key of its own and QRs signed with it. */
export interface TestPhone {
  readonly caller: HolderCaller
  readonly publicKey: PublicJwk
  readonly sign: Sign
  grantBody(): Promise<BodyOf<typeof routes.holder.grant>>
  qr(handle: string, change?: QrContent): Promise<string>
}

export interface QrContent {
  readonly id?: Uint8Array
  readonly audience?: Audience
  readonly fields?: readonly DisclosableField[]
  /** ms since the epoch; the core's clock unless said. */
  readonly issuedAt?: number
  /** base64url; the newest unless said; `offline` leaves it out. */
  readonly nonce?: string | 'offline'
}

/** The phone of a bound resident, just unlocked: its holder token lives ten minutes. */
export async function unlockTestPhone(
  core: Core,
  residentId: string,
  binding: { readonly id: string; readonly registrationId: string; readonly jkt: string },
): Promise<TestPhone> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { x = '', y = '' } = await exportJWK(pair.publicKey)
  const publicKey: PublicJwk = { kty: 'EC', crv: 'P-256', x, y }
  const sign: Sign = async (bytes) => new Uint8Array(await crypto.subtle.sign(algorithm, pair.privateKey, Uint8Array.from(bytes)))
  const accessToken = await new SignJWT({ cnf: { jkt: binding.jkt } })
    .setProtectedHeader({ alg: 'ES256' })
    .setExpirationTime(Math.floor(core.clock.now() / 1000) + 600)
    .sign(await importPKCS8(signingKey(core.secrets.tokenKeys(), core.clock.now()).privateKey, 'ES256'))
  return {
    caller: { kind: 'holder', jkt: binding.jkt, registrationId: binding.registrationId, bindingId: binding.id, residentId, accessToken },
    publicKey,
    sign,
    async grantBody() {
      return { publicKey, possession: Buffer.from(await sign(Buffer.from(accessToken))).toString('base64url') }
    },
    qr(handle, content = {}) {
      const { id = randomBytes(8), audience = { to: 'any-institution' }, fields = ['photo', 'name'], issuedAt = core.clock.now() } = content
      const nonce = content.nonce ?? core.epochNonces.issue().nonce
      const presentation = {
        handle: Buffer.from(handle, 'base64url'),
        id,
        issuedAt: Math.floor(issuedAt / 1000),
        audience,
        fields,
        ...(nonce === 'offline' ? {} : { nonce: Buffer.from(nonce, 'base64url') }),
      }
      return encodePresentation(presentation, sign)
    },
  }
}
