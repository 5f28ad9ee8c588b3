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

/** KiB of memory, and passes over it. */
export interface HashingCost {
  readonly memoryCost: number
  readonly timeCost: number
}

export const usualCost: HashingCost = { memoryCost: 19_456, timeCost: 2 }

export function createPasswordHasher(pepper: Buffer, cost: HashingCost = usualCost): PasswordHasher {
  // The package's enum is ambient and const; its member is the number 2 (argon2id).
  const options = { algorithm: 2 as Algorithm.Argon2id, ...cost, parallelism: 1, secret: pepper }
  return {
    hash: (secret) => hash(secret, options),
    verify: (digest, secret) => verify(digest, secret, options),
    spend: async (secret) => void (await hash(secret, options)),
  }
}
