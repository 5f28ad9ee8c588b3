import { randomUUID } from 'node:crypto'
import { routes } from '@ikd/contract'
import type { Institution } from '../../journeys/stage/desk.ts'
import type { Bound } from '../stage/ceremony.ts'
import { type Outcomes, raceAll, repeat } from './outcomes.ts'

export interface ScanRace {
  readonly tokens: number
  /** Scans of each token at the same moment, spread over all tellers and their servers. */
  readonly scanners: number
  /** Tokens whose scanners are under way together. */
  readonly together: number
}

export interface ScanRaceResult {
  readonly outcomes: Outcomes
  /** Tokens that had not exactly one winner. */
  readonly wrong: number
  readonly scansPerSecond: number
}

/** Every token is shown to all scanners at once; the unique pair in the database chooses the winner. */
export async function raceScans({ phone, pin }: Bound, tellers: readonly Institution[], { tokens, scanners, together }: ScanRace): Promise<ScanRaceResult> {
  const outcomes: Record<string, number> = {}
  let wrong = 0
  let spentMs = 0
  let unlockedAt = 0
  for (let done = 0; done < tokens; done += together) {
    // A grant lives ten minutes, and so does a long race.
    if (performance.now() - unlockedAt > 5 * 60_000) {
      await phone.unlock(pin)
      unlockedAt = performance.now()
    }
    const qrs = await Promise.all(repeat(Math.min(together, tokens - done), () => phone.presentation({ audience: { to: 'any-institution' }, fields: ['photo', 'name'] })))
    const began = performance.now()
    const results = await Promise.all(qrs.map((qr) => raceAll(repeat(scanners, (i) => () => (tellers[i % tellers.length] as Institution).scan(qr)))))
    spentMs += performance.now() - began
    for (const result of results) {
      if (result.done !== 1) wrong++
      for (const [end, n] of Object.entries(result)) outcomes[end] = (outcomes[end] ?? 0) + n
    }
  }
  return { outcomes, wrong, scansPerSecond: Math.round((tokens * scanners) / (spentMs / 1000)) }
}

/** One request whose answer seems lost, sent again and again with its key: one scan, the same for everybody who asks. */
export async function repeatScan({ phone }: Bound, tellers: readonly Institution[], times: number): Promise<{ ids: Set<string> }> {
  const qr = await phone.presentation({ audience: { to: 'any-institution' }, fields: ['photo'] })
  const idempotencyKey = randomUUID()
  const [teller] = tellers
  if (!teller) throw new Error('nobody scans')
  const answers = await Promise.all(
    repeat(times, () => teller.client.call(routes.scans.scan, { token: teller.token, idempotencyKey, body: { qr, purpose: 'Pembukaan rekening' } })),
  )
  return { ids: new Set(answers.map(({ id }) => id)) }
}
