import '../components/case-list.ts'
import '../components/duplicate-list.ts'
import { baseStyles, LocalisedElement, problemText, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { CaseGroups } from '../desk/case-groups.ts'
import type { Desk } from '../desk/desk.ts'
import { hearsAlerts } from '../desk/live-alerts.ts'

/** What officers of this office have asked a supervisor, and the faces that are like somebody else's. */
@customElement('supervisor-screen')
export class SupervisorScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  readonly #groups = new CaseGroups(this, () => this.desk, ['awaiting-supervisor'])

  override render() {
    return html`<div class="stack narrow">
      <h1>${say({ id: 'Menunggu supervisor', en: 'Waiting for a supervisor' })}</h1>
      ${this.#content()} ${this.#duplicates()}
    </div>`
  }

  /** Of officers it would be a list of whom they are suspected to have let through. */
  #duplicates() {
    const { value } = this.desk.session.state
    if (!('session' in value) || !hearsAlerts(value.session.staff.role)) return nothing
    return html`<h2>${say({ id: 'Wajah mirip penduduk lain', en: 'Faces like another resident’s' })}</h2>
      <duplicate-list .desk=${this.desk}></duplicate-list>`
  }

  #content() {
    const state = this.#groups.state('awaiting-supervisor')
    switch (state.kind) {
      case 'loading':
        return html`<ikd-progress label=${say({ id: 'Memuat kasus…', en: 'Loading cases…' })}></ikd-progress>`
      case 'failed': {
        const { title, text } = problemText(state.error)
        return html`<ikd-notice kind="error" heading=${title}><p>${text}</p></ikd-notice>`
      }
      case 'known':
        if (state.cases.length > 0) return html`<case-list .cases=${state.cases}></case-list>`
        return html`<ikd-empty
          heading=${say({ id: 'Tidak ada yang menunggu', en: 'Nothing is waiting' })}
          text=${say({ id: 'Kasus muncul di sini begitu petugas meminta persetujuan.', en: 'Cases appear here as soon as an officer asks for approval.' })}
        ></ikd-empty>`
    }
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'supervisor-screen': SupervisorScreen
  }
}
