import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export type StorageBackend = 'gnome_libsecret' | 'basic_text'

// One for the whole test run, as the operating system's outlives the app.
const key = randomBytes(32)

/** Electron's safeStorage over AES-GCM. */
export function safeStorageDouble(backend: StorageBackend) {
  return {
    isAsyncEncryptionAvailable: async () => true,
    getSelectedStorageBackend: () => backend,
    async encryptStringAsync(text: string): Promise<Buffer> {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    async decryptStringAsync(bytes: Buffer) {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(-16))
      return { result: Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8'), shouldReEncrypt: false }
    },
  }
}
