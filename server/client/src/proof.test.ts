import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { dpopProof } from './proof.ts'
import { generateSigningKey, type SigningKey, webCryptoSigningKey } from './signing-key.ts'
import { jwkThumbprint } from './thumbprint.ts'

const json = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>

describe('a DPoP proof', () => {
  test('is signed by the key it carries and names method, address without query, nonce and token', async () => {
    const pair = await generateSigningKey()
    const key = await webCryptoSigningKey(pair)
    const proof = await dpopProof(key, {
      id: 'one', method: 'GET', url: 'http://localhost:3000/v1/scans?before=1#x', now: 1_700_000_000_999, nonce: 'n', token: 'the.access.token',
    })
    const [header, payload, signature] = proof.split('.')
    expect(json(header)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    expect(json(payload)).toEqual({
      jti: 'one', htm: 'GET', htu: 'http://localhost:3000/v1/scans', iat: 1_700_000_000, nonce: 'n',
      ath: createHash('sha256').update('the.access.token').digest('base64url'),
    })
    const signed = new TextEncoder().encode(`${header}.${payload}`)
    const bytes = Buffer.from(signature ?? '', 'base64url')
    expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, pair.publicKey, bytes, signed)).toBe(true)
  })

  test('leaves out nonce and token hash when there are none', async () => {
    const key = await webCryptoSigningKey(await generateSigningKey())
    const proof = await dpopProof(key, { id: 'one', method: 'POST', url: 'http://localhost/v1/x', now: 0 })
    expect(Object.keys(json(proof.split('.')[1]))).toEqual(['jti', 'htm', 'htu', 'iat'])
  })

  test('asks nothing of a key that sits elsewhere but a signature, and lets nothing private through', async () => {
    const asked: Uint8Array[] = []
    const jwk = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43), d: 'secret' } as SigningKey['publicJwk']
    const far: SigningKey = { publicJwk: jwk, sign: async (bytes) => (asked.push(bytes), new Uint8Array(64)) }
    const proof = await dpopProof(far, { id: 'one', method: 'GET', url: 'http://localhost/', now: 0 })
    expect(asked).toHaveLength(1)
    expect(json(proof.split('.')[0])).not.toHaveProperty('jwk.d')
  })
})

test('a key made here cannot be taken out', async () => {
  const pair = await generateSigningKey()
  expect(pair.privateKey.extractable).toBe(false)
})

test('the thumbprint is that of RFC 7638, whatever else the key carries', async () => {
  const jwk = { kty: 'EC', crv: 'P-256', x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4', y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM', use: 'sig' } as const
  const expected = createHash('sha256').update(`{"crv":"P-256","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`).digest('base64url')
  expect(await jwkThumbprint(jwk)).toBe(expected)
})
