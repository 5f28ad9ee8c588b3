import { css, html, nothing } from 'lit'

/** Label, hint and error look the same wherever something is typed. */
export const fieldStyles = css`
  :host {
    display: block;
  }
  label {
    display: block;
    margin-block-end: var(--ikd-space-1);
    font-weight: 600;
  }
  .hint {
    margin-block-end: var(--ikd-space-2);
    color: var(--ikd-text-muted);
    font-size: var(--ikd-size-small);
  }
  .error {
    display: flex;
    gap: var(--ikd-space-2);
    margin-block-start: var(--ikd-space-2);
    color: var(--ikd-danger);
    font-weight: 600;
  }
  .error span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .error svg {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    margin-block-start: 0.2em;
  }
`

/** The error under a field; the sign beside it says "error" without colour (WCAG 1.4.1). */
export function errorLine(error: string) {
  if (!error) return nothing
  return html`<p class="error">
    <svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm-1 3.5h2v6H7v-6Zm0 7.5h2v2H7v-2Z" />
    </svg>
    <span>${error}</span>
  </p>`
}
