/** DESIGN §4: *open* means a cold start or more than a minute out of sight; then the PIN is asked. */
export const hiddenLimitMs = 60_000

export interface LockFacts {
  /** End of the holder token, by the phone's clock; absent on a cold start, for the token lives in memory only. */
  readonly unlockedUntil?: number
  /** When the app went out of sight; absent while it is seen. */
  readonly hiddenSince?: number
}

export function mustAskPin(facts: LockFacts, now: number): boolean {
  if (facts.unlockedUntil === undefined || now >= facts.unlockedUntil) return true
  return facts.hiddenSince !== undefined && now - facts.hiddenSince > hiddenLimitMs
}
