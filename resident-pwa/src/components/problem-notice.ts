import { problemText, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { keyStoreText } from '../texts/key-store-text.ts'
import { KeyStoreError } from '../holder/key-store-error.ts'

/** What went wrong and what to do now; nothing while nothing is wrong. */
export function problemNotice(problem: unknown, retry?: () => void) {
  if (problem === undefined) return nothing
  const { title, text } = describeProblem(problem)
  return html`<ikd-notice kind="error" heading=${title}>
    <p>${text}</p>
    ${retry ? html`<ikd-button variant="secondary" @click=${retry}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button>` : nothing}
  </ikd-notice>`
}

export function describeProblem(problem: unknown): { readonly title: string; readonly text: string } {
  return problem instanceof KeyStoreError ? keyStoreText(problem.reason) : problemText(problem)
}
