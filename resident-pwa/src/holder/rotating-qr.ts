import type { Clock } from './clock.ts'

/** One QR that was made. Instants by the phone's clock. */
export interface MadeQr {
  readonly text: string
  readonly freshness: 'fresh' | 'offline'
  readonly madeAt: number
  /** From then on no server takes it. */
  readonly deadAt: number
}

export type QrState =
  | { readonly at: 'making' }
  | { readonly at: 'shown'; readonly qr: MadeQr }
  | { readonly at: 'failed'; readonly problem: unknown }
  /** Nothing more can be made: the grant is over. */
  | { readonly at: 'ended' }

export interface RotatingQrRule {
  /** A new one this long before the old one dies, so that nobody is ever handed a dying code. */
  readonly renewBeforeMs: number
  readonly retryMs: number
  /** Nothing is made from then on. */
  readonly endsAt?: number
}

/** The whole rule, pure: what to do now, and how long it may wait. */
export function planQr(rule: RotatingQrRule, qr: MadeQr | undefined, used: boolean, now: number): 'end' | 'make' | { readonly waitMs: number } {
  if (rule.endsAt !== undefined && now >= rule.endsAt) return 'end'
  if (!qr || used || now >= qr.deadAt) return 'make'
  // The last QR of a grant dies with the grant: another would be no younger.
  const lastOfGrant = rule.endsAt !== undefined && qr.deadAt >= rule.endsAt
  const renewAt = lastOfGrant ? qr.deadAt : qr.deadAt - rule.renewBeforeMs
  return renewAt <= now ? 'make' : { waitMs: renewAt - now }
}

/** Shows one QR after the other. A failed renewal keeps the old one for as long as it lives. */
export class RotatingQr {
  #qr: MadeQr | undefined
  #cancel: (() => void) | undefined
  /** Which making counts; an older one that answers late is dropped. */
  #round = 0
  readonly #make: () => Promise<MadeQr>
  readonly #rule: RotatingQrRule
  readonly #clock: Clock
  readonly #changed: (state: QrState) => void

  constructor(options: { make: () => Promise<MadeQr>; rule: RotatingQrRule; clock: Clock; onChange: (state: QrState) => void }) {
    this.#make = options.make
    this.#rule = options.rule
    this.#clock = options.clock
    this.#changed = options.onChange
  }

  start(): void {
    this.#look(false)
  }

  /** The one shown was scanned: it can never serve again. */
  replaceUsed(): void {
    this.#look(true)
  }

  /** Timers sleep with the page: what should have been replaced meanwhile is, at once. */
  lookAgain(): void {
    if (this.#qr) this.#look(false)
  }

  stop(): void {
    this.#round += 1
    this.#cancel?.()
  }

  #look(used: boolean): void {
    this.#cancel?.()
    const plan = planQr(this.#rule, this.#qr, used, this.#clock.now())
    if (plan === 'end') return this.#end()
    if (plan === 'make') return void this.#renew(used)
    this.#cancel = this.#clock.after(plan.waitMs, () => this.#look(false))
  }

  #end(): void {
    this.#qr = undefined
    this.#changed({ at: 'ended' })
  }

  async #renew(used: boolean): Promise<void> {
    const round = ++this.#round
    if (used) this.#qr = undefined
    if (!this.#qr) this.#changed({ at: 'making' })
    try {
      const qr = await this.#make()
      if (round !== this.#round) return
      this.#qr = qr
      this.#changed({ at: 'shown', qr })
      this.#look(false)
    } catch (problem) {
      if (round !== this.#round) return
      if (this.#qr && this.#clock.now() >= this.#qr.deadAt) this.#qr = undefined
      if (!this.#qr) this.#changed({ at: 'failed', problem })
      this.#cancel = this.#clock.after(this.#rule.retryMs, () => this.#look(false))
    }
  }
}
