import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { generateSigningKey, within } from '@ikd/client'
import { KeyStoreError, toKeyStoreError } from './key-store-error.ts'

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKeyPair }
}

/** `device`: the binding of a resident; `institution`: this browser at an institution's counter. */
export type KeyName = 'device' | 'institution'

const silenceMs = 8_000

/**
 * Non-extractable P-256 keys in IndexedDB; nothing else of a person is ever written to the phone.
 * Every failure is a `KeyStoreError`.
 */
export class DeviceKeyStore {
  #database: Promise<IDBPDatabase<Schema>> | undefined

  find(name: KeyName): Promise<CryptoKeyPair | undefined> {
    return this.#guard(async () => (await this.#open()).get('keys', name))
  }

  /** A new key in place of an older one of that name. */
  make(name: KeyName): Promise<CryptoKeyPair> {
    return this.#guard(async () => {
      if (globalThis.crypto?.subtle === undefined) throw new KeyStoreError('no-crypto')
      const database = await this.#open()
      const pair = await generateSigningKey()
      await database.put('keys', pair, name)
      return pair
    })
  }

  async findOrMake(name: KeyName): Promise<CryptoKeyPair> {
    return (await this.find(name)) ?? (await this.make(name))
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= this.#connect()
    return this.#database
  }

  async #connect(): Promise<IDBPDatabase<Schema>> {
    if (globalThis.indexedDB === undefined) throw new KeyStoreError('no-storage')
    return openDB<Schema>('ikd', 1, {
      upgrade: (database) => void database.createObjectStore('keys'),
      terminated: () => {
        this.#database = undefined
      },
    })
  }

  async #guard<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await within(silenceMs, act(), () => new KeyStoreError('storage-silent'))
    } catch (error) {
      // The next attempt opens the database anew: a person who frees space or leaves private browsing can go on.
      this.#database = undefined
      throw toKeyStoreError(error)
    }
  }
}
