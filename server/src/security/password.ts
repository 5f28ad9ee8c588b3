import { type Algorithm, hash, verify } from '@node-rs/argon2'

/**
 * Passwords and PINs: argon2id (RFC 9106) with a pepper that never enters the database, so that a stolen table of
 * six-digit PINs cannot be searched. Cost: 19 MiB, two passes (OWASP's second profile), about 20 ms on one core.
 */
export interface PasswordHasher {
  hash(secret: string): Promise<string>
  verify(digest: string, secret: string): Promise<boolean>
  /** Spends the time of a verification, for accounts that do not exist. */
  spend(secret: string): Promise<void>
}

export function createPasswordHasher(pepper: Buffer): PasswordHasher {
  // The package's enum is ambient and const; its member is the number 2 (argon2id).
  const options = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1, secret: pepper }
  return {
    hash: (secret) => hash(secret, options),
    verify: (digest, secret) => verify(digest, secret, options),
    spend: async (secret) => void (await hash(secret, options)),
  }
}
