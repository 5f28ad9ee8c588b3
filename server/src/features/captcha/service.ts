import { DomainError } from '@ikd/contract'
import { type Challenge, createChallenge, type Solution, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/sha'
import { minute } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { undoRefused } from '../../database/transact.ts'
import type { Unit } from '../../plugins/registrar.ts'

/** Proof of work against machines that register or guess in bulk; no third party hears of anybody (ALTCHA, protocol 2). */
export interface CaptchaService {
  /**
   * `{ parameters, signature }`; nothing is stored for it.
   *
   * @param effort from 1, the least; each further one takes four times the work
   */
  challenge(effort?: number): Promise<Record<string, unknown>>
  /**
   * Takes the widget's payload: base64 of `{ challenge, solution }` as JSON. Changes nothing.
   * Refuses with `captcha-wrong` (not ours, altered, unsolved).
   */
  verify(payload: string): Promise<SolvedCaptcha>
  /** Refuses with `captcha-wrong` (too late) or `captcha-spent`. */
  spend(unit: Unit, solved: SolvedCaptcha): Promise<void>
  /**
   * Spends it and does `act` in one transaction. A refusal that `act` throws undoes what it did and no more, and is
   * returned: every guess of a stranger costs a robot check, whatever comes of it.
   */
  spendOn(unit: Unit, solved: SolvedCaptcha, act: () => Promise<string | DomainError>): Promise<string | DomainError>
}

/** A challenge of ours that somebody has solved. */
export interface SolvedCaptcha {
  readonly nonce: string
  /** Instant. */
  readonly until: number
  readonly effort: number
}

const lifetime = 10 * minute
/**
 * Hashes a client makes, at least and at most. The effort has a known end: our own counter lies hidden in that range,
 * where a search for a lucky prefix could take a cheap phone five times the average. 36 000 WebCrypto digests take
 * Chromium 0.3 s, and 1.8 s at a sixth of that speed (measured on a server core, November 2026).
 */
const fewestHashes = 12_000
const mostHashes = 36_000

export function createCaptchaService(core: Core): CaptchaService {
  const secrets = {
    hmacSignatureSecret: core.secrets.derive('captcha').toString('base64url'),
    hmacKeySignatureSecret: core.secrets.derive('captcha solution').toString('base64url'),
  }

  async function spend(unit: Unit, { nonce, until }: SolvedCaptcha): Promise<void> {
    if (!(until > unit.now)) throw new DomainError('captcha-wrong')
    // The nonce, not the payload: one challenge has many spellings of its solution.
    const spent = await unit.work
      .insertInto('captcha_spent')
      .values({ challenge: nonce, expires_at: until })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (spent.numInsertedOrUpdatedRows !== 1n) throw new DomainError('captcha-spent')
    await unit.work.deleteFrom('captcha_spent').where('expires_at', '<=', unit.now).execute()
  }

  return {
    spend,

    async spendOn(unit, solved, act) {
      await spend(unit, solved)
      return undoRefused(unit.work, act)
    },

    async challenge(effort = 1) {
      const times = 4 ** (effort - 1)
      const { parameters, signature } = await createChallenge({
        algorithm: 'SHA-256',
        cost: 1,
        counter: times * (fewestHashes + (core.random(4).readUInt32BE() % (mostHashes - fewestHashes + 1))),
        // Not the protocol's own `expiresAt`: that one is read against the machine's clock, and on a phone whose
        // clock is wrong the widget would give up at once.
        data: { until: core.clock.now() + lifetime, effort },
        deriveKey,
        ...secrets,
      })
      return { parameters, signature }
    },

    async verify(payload) {
      const answer = parse(payload)
      if (!answer) throw new DomainError('captcha-wrong')
      const { verified } = await verifySolution({ ...answer, deriveKey, ...secrets })
      if (!verified) throw new DomainError('captcha-wrong')
      // Signed, hence as we wrote it.
      const { nonce, data } = answer.challenge.parameters
      return { nonce, until: Number(data?.['until']), effort: Number(data?.['effort'] ?? 1) }
    },
  }
}

function parse(payload: string): { readonly challenge: Challenge; readonly solution: Solution } | undefined {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(payload, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
  if (!isRecord(value) || !isRecord(value['challenge']) || !isRecord(value['solution'])) return undefined
  const { parameters, signature } = value['challenge']
  if (!isRecord(parameters) || typeof signature !== 'string') return undefined
  // What stands inside is looked at once its signature has shown that we wrote it; the library checks the solution.
  return { challenge: { parameters, signature } as unknown as Challenge, solution: value['solution'] as unknown as Solution }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
