import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { encodePresentation, type Presentation, type PublicJwk, routes, type Sign } from '@ikd/contract'
import type { TestApp, TestClient } from './app.ts'

export type QrChange = Partial<Omit<Presentation, 'handle'>>

/** What a phone has after an unlock: a grant, and QRs under it. */
export interface TestGrant {
  readonly handle: string
  readonly sign: Sign
  qr(change?: QrChange): Promise<string>
}

/** An unlocked phone asks for a grant over the wire. */
export async function askForGrant(client: TestClient, test: TestApp, holderToken: string): Promise<TestGrant> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y }
  const signBytes = (bytes: Uint8Array) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const body = { publicKey: jwk, possession: signBytes(Buffer.from(holderToken)).toString('base64url') }
  const answer = await client.send({ method: 'POST', path: routes.holder.grant.path, token: holderToken, body })
  if (answer.status !== 201) throw new Error(`grant: ${JSON.stringify(answer.body)}`)
  const { handle, epoch } = answer.body as { handle: string; epoch: { nonce: string } }
  const signer: Sign = async (bytes) => Uint8Array.from(signBytes(bytes))
  return {
    handle,
    sign: signer,
    qr: (change = {}) =>
      encodePresentation(
        {
          handle: Buffer.from(handle, 'base64url'),
          id: randomBytes(8),
          issuedAt: Math.floor(test.clock.now() / 1000),
          audience: { to: 'any-institution' },
          fields: ['photo', 'name'],
          nonce: Buffer.from(epoch.nonce, 'base64url'),
          ...change,
        },
        signer,
      ),
  }
}
