import { createHash, webcrypto } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { workstationKey } from './workstation-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ikd-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The operating system's store as Electron shows it, with a cipher of its own; `broken` cannot open what it closed. */
function store(backend: ReturnType<SafeStorage['getSelectedStorageBackend']>, broken = false) {
  const mask = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text: string) => mask(Buffer.from(text)),
    decryptStringAsync: async (bytes: Buffer) => {
      if (broken) throw new Error('the keyring is locked')
      return { result: mask(bytes).toString(), shouldReEncrypt: false }
    },
    getSelectedStorageBackend: () => backend,
  }
}

function key(safeStorage: Parameters<typeof workstationKey>[0]['safeStorage'] = store('gnome_libsecret'), platform: NodeJS.Platform = 'linux') {
  return workstationKey({ path: join(folder, 'deep', 'workstation-key'), safeStorage, platform, serverUrl: 'http://localhost:3000' })
}

async function proof(publicJwk: object, htu = 'http://localhost:3000/v1/workstations', header: object = {}) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicJwk, ...header })}.${part({ jti: 'a', htm: 'POST', htu, iat: 1 })}`
}

async function publicJwk(of: ReturnType<typeof key>) {
  const answer = await of.publicKey()
  if (answer.store !== 'os') throw new Error(answer.reason)
  return answer.publicJwk
}

it('signs proofs that its public key verifies', async () => {
  const own = key()
  const jwk = await publicJwk(own)
  const input = await proof(jwk)
  const verifier = await webcrypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  const signature = new Uint8Array(await own.signProof(input))
  expect(signature).toHaveLength(64)
  expect(await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, verifier, signature, Buffer.from(input))).toBe(true)
})

it('is the same key after a restart, in a file only its owner reads and nobody reads in clear', async () => {
  const first = await publicJwk(key())
  expect(await publicJwk(key())).toEqual(first)
  const path = join(folder, 'deep', 'workstation-key')
  expect(readdirSync(join(folder, 'deep'))).toEqual(['workstation-key'])
  expect(readFileSync(path).includes(first.x)).toBe(false)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

it.each([
  ['another kind of token', { typ: 'JWT' }, undefined],
  ['another algorithm', { alg: 'HS256' }, undefined],
  ['another key', { jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }, undefined],
  ['another server', {}, 'https://example.org/v1/workstations'],
])('signs nothing for %s', async (_what, header, htu) => {
  const own = key()
  await expect(own.signProof(await proof(await publicJwk(own), htu, header))).rejects.toMatchObject({ problem: 'proof-refused' })
})

it('counts a store with a constant password as none', async () => {
  const own = key(store('basic_text'))
  await expect(own.publicKey()).resolves.toEqual({ store: 'none', reason: 'constant-password' })
  await expect(own.signProof('aaaaaaaaaaaaaaaa.bbbb')).rejects.toMatchObject({ problem: 'key-missing' })
  expect(readdirSync(folder)).toEqual([])
})

it('says when the operating system keeps no secrets', async () => {
  await expect(key({ ...store('unknown'), isAsyncEncryptionAvailable: async () => false }).publicKey()).resolves.toEqual({ store: 'none', reason: 'no-encryption' })
})

it('never replaces a key it cannot open', async () => {
  await publicJwk(key())
  const path = join(folder, 'deep', 'workstation-key')
  const hash = () => createHash('sha256').update(readFileSync(path)).digest('hex')
  const before = hash()
  await expect(key(store('gnome_libsecret', true)).publicKey()).resolves.toEqual({ store: 'none', reason: 'unreadable' })
  expect(hash()).toBe(before)
  writeFileSync(path, 'damaged')
  await expect(key().publicKey()).resolves.toEqual({ store: 'none', reason: 'unreadable' })
})
