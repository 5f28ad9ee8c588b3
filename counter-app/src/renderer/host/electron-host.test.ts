import type { SigningKey } from '@ikd/client'
import { expect, it } from 'vitest'
import type { Bridge } from '../../ipc/contract.ts'
import { BridgeError, electronHost } from './electron-host.ts'

const x = 'x'.repeat(43)
const publicJwk = { kty: 'EC', crv: 'P-256', x, y: x } as const
const browserKey: SigningKey = { publicJwk, sign: async () => new Uint8Array(64) }

function bridge(change: Partial<Bridge> = {}): Bridge {
  return {
    startup: async () => ({ ok: true, value: { serverUrl: 'http://localhost:3000', enrolmentCode: 'ABCD-1234' } }),
    workstationKey: async () => ({ ok: true, value: { store: 'os', publicJwk } }),
    signProof: async ({ signingInput }) => ({ ok: true, value: { signature: Buffer.alloc(64, signingInput.length).toString('base64url') } }),
    printPage: async () => ({ ok: true, value: { printed: true } }),
    health: async () => ({ ok: true, value: { contentProtection: true, displays: 2, platform: 'win32', version: '1' } }),
    openCustomerDisplay: async () => ({ ok: true, value: { display: 'second' } }),
    ...change,
  }
}
const open = (of: Bridge) => electronHost(of, async () => browserKey)

it('signs through main and never holds a private key', async () => {
  const { key, store } = await (await open(bridge())).workstationKey()
  expect(store).toBe('os')
  expect(await key.sign(new TextEncoder().encode('header.payload'))).toEqual(new Uint8Array(64).fill(14))
})

it('falls back to the browser’s key store where the operating system has none, and says so', async () => {
  const host = await open(bridge({ workstationKey: async () => ({ ok: true, value: { store: 'none', reason: 'constant-password' } }) }))
  expect(await host.workstationKey()).toMatchObject({ store: 'browser', key: browserKey })
  expect(host.limits).toHaveLength(1)
})

it('says what this operating system cannot prevent', async () => {
  const host = await open(bridge({ health: async () => ({ ok: true, value: { contentProtection: false, displays: 1, platform: 'linux', version: '1' } }) }))
  expect(host.limits.map(({ en }) => en)).toEqual(['This operating system cannot prevent screenshots.'])
})

it('turns a refusal of main into an error with its code', async () => {
  const host = await open(bridge({ printPage: async () => ({ ok: false, problem: 'failed' }) }))
  await expect(host.print()).rejects.toThrow(new BridgeError('failed'))
})

it('believes no answer the contract does not know', async () => {
  await expect(open(bridge({ startup: async () => ({ ok: true, value: { serverUrl: 7 } as never }) }))).rejects.toThrow('answer-malformed')
})
