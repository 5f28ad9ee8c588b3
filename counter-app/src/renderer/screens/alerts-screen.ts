import type { Alert } from '@ikd/contract'
import { baseStyles, Doing, formatDateTime, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import { problemNotice } from '../components/problem-notice.ts'
import type { Desk } from '../desk/desk.ts'
import { alertText } from '../texts/staff-texts.ts'

/** What the supervisors and admins of the office are told without having asked. */
@customElement('alerts-screen')
export class AlertsScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  readonly #marking = new Doing(this)
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = this.desk.alerts.state.listen(() => this.requestUpdate())
    void this.desk.alerts.refetch()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  override render() {
    return html`<div class="stack narrow">
      <h1>${say({ id: 'Peringatan kantor', en: 'Alerts of the office' })}</h1>
      ${problemNotice(this.#marking.problem)} ${this.#content()}
    </div>`
  }

  #content() {
    const state = this.desk.alerts.state.value
    switch (state.kind) {
      case 'none':
        return html`<ikd-progress label=${say({ id: 'Memuat peringatan…', en: 'Loading alerts…' })}></ikd-progress>`
      case 'failed':
        return html`${problemNotice(state.error)}
          <div><ikd-button variant="secondary" @click=${() => void this.desk.alerts.refetch()}>${say({ id: 'Muat lagi', en: 'Load again' })}</ikd-button></div>`
      case 'known':
        if (state.alerts.length > 0) return html`<ul aria-live="polite">${state.alerts.map((alert) => this.#alert(alert))}</ul>`
        return html`<ikd-empty
          heading=${say({ id: 'Tidak ada peringatan', en: 'No alerts' })}
          text=${say({ id: 'Akun terkunci, loket baru atau dicabut, dan hal tidak biasa lainnya muncul di sini selama 30 hari.', en: 'Locked accounts, new or revoked workstations and other unusual things appear here for 30 days.' })}
        ></ikd-empty>`
    }
  }

  #alert(alert: Alert) {
    const { title, text } = alertText[alert.kind]
    const about = [alert.staff, alert.workstation].filter(Boolean).join(' · ')
    return html`<li data-seen=${alert.seen ? 'yes' : 'no'}>
      <div>
        <p class="title">${say(title)}${about ? html`: ${about}` : nothing}</p>
        <p>${say(text)}</p>
        <p class="muted">
          ${formatDateTime(alert.at)}${alert.seen ? html` · ${say({ id: `dilihat ${alert.seen.by}, ${formatDateTime(alert.seen.at)}`, en: `seen by ${alert.seen.by}, ${formatDateTime(alert.seen.at)}` })}` : nothing}
        </p>
      </div>
      ${alert.seen
        ? nothing
        : html`<ikd-button variant="secondary" ?busy=${this.#marking.busy} @click=${() => void this.#marking.run(() => this.desk.alerts.markSeen(alert.id))}
            >${say({ id: 'Sudah saya lihat', en: 'I have seen it' })}</ikd-button
          >`}
    </li>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      ul {
        list-style: none;
        padding: 0;
        display: grid;
        gap: var(--ikd-space-3);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--ikd-space-3);
        padding: var(--ikd-space-3);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius-small);
        background: var(--ikd-surface);
      }
      li > div {
        flex: 1 1 18rem;
      }
      [data-seen='no'] {
        border-inline-start: 5px solid var(--ikd-danger);
      }
      .title {
        font-weight: 700;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'alerts-screen': AlertsScreen
  }
}
