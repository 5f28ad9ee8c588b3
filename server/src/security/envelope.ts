import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { RandomBytes } from './random.ts'

/**
 * Envelope encryption of secrets at rest: each record has its own AES-256-GCM key, wrapped by the master key.
 * The context (table, column, row id) is authenticated, so that a sealed value cannot be moved to another row.
 *
 * Bytes: version 1 · wrap IV 12 · wrapped key 32+16 · IV 12 · ciphertext · tag 16.
 */
export interface Envelope {
  seal(plain: Uint8Array, context: string): Buffer
  /** Throws when the value was altered or moved. */
  open(sealed: Uint8Array, context: string): Buffer
}

const version = 1
const headerLength = 1 + 12 + 48

export function createEnvelope(masterKey: Uint8Array, random: RandomBytes): Envelope {
  if (masterKey.length !== 32) throw new Error('the master key must have 32 bytes')

  function encrypt(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
    const iv = random(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    cipher.setAAD(Buffer.from(context))
    return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }

  function decrypt(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
  }

  return {
    seal(plain, context) {
      const key = random(32)
      return Buffer.concat([Buffer.from([version]), encrypt(masterKey, key, context), encrypt(key, plain, context)])
    },
    open(sealed, context) {
      if (sealed[0] !== version || sealed.length < headerLength + 28) throw new Error('not a sealed value')
      const key = decrypt(masterKey, sealed.subarray(1, headerLength), context)
      return decrypt(key, sealed.subarray(headerLength), context)
    },
  }
}
