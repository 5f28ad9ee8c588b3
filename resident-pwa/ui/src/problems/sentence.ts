import type { ProblemFacts } from '@ikd/contract'
import { formatRemaining, formatTime } from '../language/format.ts'
import { type Phrase, say } from '../language/say.ts'

/** What a refusal says to people: what happened, and what they can do next. */
export interface Sentence {
  readonly title: Phrase
  readonly text: Phrase
}

/** ` Kesempatan tersisa: 2.`, with a blank before it; empty when the server did not say. */
export function triesSentence(facts: ProblemFacts): string {
  const left = facts.triesLeft
  if (left === undefined) return ''
  if (left === 0) return say({ id: ' Kesempatan mencoba sudah habis.', en: ' There are no more tries.' })
  return say({ id: ` Kesempatan tersisa: ${left}.`, en: left === 1 ? ' 1 try left.' : ` ${left} tries left.` })
}

/** ` Coba lagi dalam 5 menit (pukul 10.45).`; empty when the server did not say. */
export function retrySentence(facts: ProblemFacts, now: number): string {
  if (facts.retryAt === undefined) return ''
  const ms = facts.retryAt - now
  if (ms <= 0) return say({ id: ' Sekarang sudah boleh dicoba lagi.', en: ' You may try again now.' })
  // Seconds mean nothing when the wait is long.
  const remaining = formatRemaining(ms < 120_000 ? ms : Math.ceil(ms / 60_000) * 60_000)
  const time = formatTime(facts.retryAt)
  return say({ id: ` Coba lagi dalam ${remaining} (pukul ${time}).`, en: ` Try again in ${remaining} (at ${time}).` })
}
