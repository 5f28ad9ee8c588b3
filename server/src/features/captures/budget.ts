import type { CaptureOutcome } from '@ikd/contract'

/** What a budget needs to know of the visit a capture belongs to. */
export interface Visit {
  readonly office_id: string
  /** Whose visit it is. */
  readonly officer_id: string
  readonly registration_id: string | null
  readonly confirmed_at: number | null
}

/** One of today's orders of a resident. */
export interface SpentOrder extends Visit {
  /** Null while, or because, nobody answered it. */
  readonly outcome: CaptureOutcome | null
}

/**
 * What one phone that confirmed its visit may be used for in a day, wherever it goes; and, for visits without a phone, each
 * office with this resident. More comparisons would be guessing faces, more captures of any kind wear a person out. An order
 * that nobody answered costs the office that let it go and not the phone: who lets orders go waits for one that fits a film.
 */
const perDay = { comparisons: 5, captures: 12, unanswered: 8 } as const

/**
 * One officer with one resident, whatever phones are shown to them; and, of visits without a phone, all offices together: as
 * much as three of the above, so that neither a row of strangers' phones nor a row of offices goes on and on. What is without
 * a phone, or at another officer's desk, never shuts a visit whose phone has confirmed.
 */
const times = 3

/** The phone that has shown that it is there. Every kind of visit that names a code waits for it; a contact case has none. */
export const phoneOf = ({ registration_id, confirmed_at }: Visit): string | null => (confirmed_at === null ? null : registration_id)

/** Whose budget a visit spends: that of its phone, else that of its office. */
export function purseOf(visit: Visit): string {
  const phone = phoneOf(visit)
  return phone === null ? `office:${visit.office_id}` : `phone:${phone}`
}

/** How many captures may still be answered today. The orders are all of one resident. */
export function countAnswersLeft(orders: readonly SpentOrder[], visit: Visit): number {
  const left = ({ spent, budgets }: Account) => {
    const answered = spent.filter(({ outcome }) => outcome !== null)
    const comparisons = answered.filter(({ outcome }) => outcome !== 'failure-to-acquire')
    return Math.min(budgets * perDay.comparisons - comparisons.length, budgets * perDay.captures - answered.length)
  }
  return Math.max(0, Math.min(...accountsOf(orders, visit).map(left)))
}

/**
 * How many captures may still be asked for today: with none left the next is refused, and the supervisor's path is open. The last
 * order that may go unanswered counts as well, though it can still be answered.
 */
export function countOrdersLeft(orders: readonly SpentOrder[], visit: Visit): number {
  const here = accountsOf(orders.filter(({ office_id }) => office_id === visit.office_id), visit)
  const isPatient = here.every(({ spent, budgets }) => spent.filter(({ outcome }) => outcome === null).length <= budgets * perDay.unanswered)
  return isPatient ? countAnswersLeft(orders, visit) : 0
}

interface Account {
  readonly spent: readonly SpentOrder[]
  readonly budgets: number
}

/** All that a visit's captures are counted against. */
function accountsOf(orders: readonly SpentOrder[], visit: Visit): readonly Account[] {
  const withoutPhone = { spent: orders.filter((order) => phoneOf(order) === null), budgets: times }
  return [
    { spent: orders.filter((order) => purseOf(order) === purseOf(visit)), budgets: 1 },
    { spent: orders.filter(({ officer_id }) => officer_id === visit.officer_id), budgets: times },
    ...(phoneOf(visit) === null ? [withoutPhone] : []),
  ]
}
