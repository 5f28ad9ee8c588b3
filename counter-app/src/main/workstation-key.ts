import { randomUUID, webcrypto } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SafeStorage } from 'electron'
import { IpcRefusal } from './ipc.ts'
import type { AnswerOfChannel } from '../ipc/contract.ts'

export type KeyAnswer = AnswerOfChannel<'workstationKey'>
type PublicKey = Extract<KeyAnswer, { store: 'os' }>['publicJwk']
type Storage = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>

export interface WorkstationKey {
  publicKey(): Promise<KeyAnswer>
  /** ES256 (raw r‖s) over the input, when it is a DPoP proof for `serverUrl` by this very key. */
  signProof(signingInput: string): Promise<Uint8Array>
}

type Held = { readonly privateKey: webcrypto.CryptoKey; readonly publicJwk: PublicKey }
type Opened = Held | { readonly reason: Extract<KeyAnswer, { store: 'none' }>['reason'] }

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * The workstation's P-256 key. It lives in this process and, encrypted by the operating system's key store, in one file;
 * the renderer only ever sees signatures. A store that encrypts with a constant (`basic_text`) counts as none.
 */
export function workstationKey(options: { path: string; safeStorage: Storage; platform: NodeJS.Platform; serverUrl: string }): WorkstationKey {
  let opening: Promise<Opened> | undefined
  const opened = () => (opening ??= open(options))
  return {
    async publicKey() {
      const key = await opened()
      return 'reason' in key ? { store: 'none', reason: key.reason } : { store: 'os', publicJwk: key.publicJwk }
    },
    async signProof(signingInput) {
      const key = await opened()
      if ('reason' in key) throw new IpcRefusal('key-missing')
      if (!isProof(signingInput, key.publicJwk, options.serverUrl)) throw new IpcRefusal('proof-refused')
      const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, Buffer.from(signingInput, 'ascii'))
      return new Uint8Array(signature)
    },
  }
}

async function open({ path, safeStorage, platform }: { path: string; safeStorage: Storage; platform: NodeJS.Platform }): Promise<Opened> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return { reason: 'no-encryption' }
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return { reason: 'constant-password' }
  const stored = await readIfThere(path)
  if (stored === undefined) return make(path, safeStorage)
  try {
    const { result } = await safeStorage.decryptStringAsync(stored)
    return await held(JSON.parse(result) as webcrypto.JsonWebKey)
  } catch {
    // Never overwritten: the keyring may only be locked, and a new key would cost this desk its enrolment.
    return { reason: 'unreadable' }
  }
}

async function make(path: string, safeStorage: Storage): Promise<Held> {
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const jwk = await webcrypto.subtle.exportKey('jwk', pair.privateKey)
  const encrypted = await safeStorage.encryptStringAsync(JSON.stringify(jwk))
  await mkdir(dirname(path), { recursive: true })
  // Written beside and renamed: a crash in between leaves no half a key.
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, encrypted, { mode: 0o600, flush: true })
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
  return held(jwk)
}

async function held(jwk: webcrypto.JsonWebKey): Promise<Held> {
  const { kty, crv, x, y } = jwk
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) throw new TypeError('The stored key is not a P-256 key')
  return { privateKey: await webcrypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']), publicJwk: { kty, crv, x, y } }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** RFC 9449 §4.2: a script in our page can at most make requests to our server, never sign anything else with this key. */
function isProof(signingInput: string, own: PublicKey, serverUrl: string): boolean {
  const [head = '', body = ''] = signingInput.split('.')
  const header = decodeJson(head)
  const payload = decodeJson(body)
  if (header?.['typ'] !== 'dpop+jwt' || header['alg'] !== 'ES256') return false
  const jwk = header['jwk'] as Partial<PublicKey> | undefined
  const htu = payload?.['htu']
  return jwk?.x === own.x && jwk.y === own.y && typeof htu === 'string' && URL.canParse(htu) && new URL(htu).origin === serverUrl
}

function decodeJson(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
