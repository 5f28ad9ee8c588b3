import { html, nothing } from 'lit'
import type { ProblemText } from '@ikd/ui'
import { deskProblemText } from '../texts/desk-problem-text.ts'

/** A problem in words, in its place; nothing while there is none. */
export function problemNotice(problem: unknown, words: (problem: unknown) => ProblemText = deskProblemText) {
  if (problem === undefined) return nothing
  const { title, text } = words(problem)
  return html`<ikd-notice kind="error" heading=${title}><p>${text}</p></ikd-notice>`
}
