import { NetworkError } from '@ikd/client'
import { DomainError } from '@ikd/contract'
import { PendingKeys } from './pending-keys.ts'
import type { DeskSession } from './session.ts'

const tokenCodes = new Set(['token-expired', 'token-invalid', 'token-missing'])

/** Calls of whoever is signed in: adds the token, keeps intentions repeatable, notices an ended session. */
export interface SignedCalls {
  read<T>(call: (token: string) => Promise<T>): Promise<T>
  /** @param intention what makes two presses of a button the same wish; never a secret, for it is remembered until answered */
  change<T>(intention: readonly unknown[], call: (access: { token: string; idempotencyKey: string }) => Promise<T>): Promise<T>
}

export function signedCalls(session: DeskSession, newId: () => string = () => crypto.randomUUID()): SignedCalls {
  const pending = new PendingKeys(newId, (error) => error instanceof NetworkError)

  async function read<T>(call: (token: string) => Promise<T>): Promise<T> {
    try {
      return await call(session.token())
    } catch (error) {
      if (error instanceof DomainError && tokenCodes.has(error.code)) session.expire()
      throw error
    }
  }

  return {
    read,
    change: (intention, call) => read((token) => pending.run(JSON.stringify(intention), (idempotencyKey) => call({ token, idempotencyKey }))),
  }
}
