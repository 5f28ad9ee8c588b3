export type PinWeakness = 'repeated' | 'sequence' | 'pairs'

/** What can be said at once, on the phone; the server refuses many more PINs that others use. */
export function findPinWeakness(pin: string): PinWeakness | undefined {
  if (new Set(pin).size === 1) return 'repeated'
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])))
  if (steps.size === 1 && (steps.has(1) || steps.has(-1))) return 'sequence'
  if (pin.slice(0, 2).repeat(3) === pin || pin.slice(0, 3).repeat(2) === pin) return 'pairs'
  return undefined
}
