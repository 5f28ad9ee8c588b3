import { generateSigningKey, type SigningKey, webCryptoSigningKey, within } from '@ikd/client'
import { type DBSchema, openDB } from 'idb'

interface KeyDatabase extends DBSchema {
  keys: { key: 'workstation'; value: CryptoKeyPair }
}

/** IndexedDB may never answer: WebKit after an update, another tab that holds it. */
const silenceMs = 8_000

/** The browser cannot keep the workstation's key: private mode, storage refused, or no secure context. */
export class KeyStorageError extends Error {}

/** A non-extractable P-256 pair in IndexedDB: it signs here and can leave by no API (WebCrypto §13, structured clone of CryptoKey). */
export async function browserKey(name = 'ikd-counter'): Promise<SigningKey> {
  try {
    return await within(silenceMs, findOrMake(name), () => new Error('the storage is silent'))
  } catch (error) {
    throw new KeyStorageError('the workstation key cannot be stored', { cause: error })
  }
}

async function findOrMake(name: string): Promise<SigningKey> {
  const database = await openDB<KeyDatabase>(name, 1, { upgrade: (opening) => void opening.createObjectStore('keys') })
  try {
    const stored = await database.get('keys', 'workstation')
    if (stored) return await webCryptoSigningKey(stored)
    const made = await generateSigningKey()
    // Two tabs may make one each at the same time: `add` lets exactly one in, and both read that one.
    await database.add('keys', made, 'workstation').catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'ConstraintError')) throw error
    })
    return await webCryptoSigningKey((await database.get('keys', 'workstation')) ?? made)
  } finally {
    database.close()
  }
}
