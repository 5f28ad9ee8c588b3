import { say } from '@ikd/ui'
import { html, type TemplateResult } from 'lit'
import type { Loaded } from '../desk/loaded.ts'
import { problemNotice } from './problem-notice.ts'

/** A fetched thing on the page: its progress, its failure with another try, or itself. */
export function loadedPart<T>(loaded: Loaded<T>, label: string, shown: (value: T) => TemplateResult) {
  switch (loaded.state.kind) {
    case 'loading':
      return html`<ikd-progress label=${label}></ikd-progress>`
    case 'failed':
      return html`<div class="stack">
        ${problemNotice(loaded.state.error)}
        <div><ikd-button variant="secondary" @click=${() => void loaded.refetch()}>${say({ id: 'Muat lagi', en: 'Load again' })}</ikd-button></div>
      </div>`
    case 'known':
      return shown(loaded.state.value)
  }
}
