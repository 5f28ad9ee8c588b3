import { baseStyles, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Desk } from '../desk/desk.ts'
import { hearsAlerts } from '../desk/live-alerts.ts'
import type { SessionState } from '../desk/session.ts'
import { fragmentOf, type Place } from '../view/place.ts'
import { type Shortcut, shortcutKeys } from '../view/shortcuts.ts'
import { deskStyles } from './desk-styles.ts'

interface Way {
  readonly place: Place
  readonly text: Phrase
  readonly shortcut?: Shortcut
}

const ways: readonly Way[] = [
  { place: { at: 'home' }, text: { id: 'Beranda', en: 'Home' }, shortcut: 'home' },
  { place: { at: 'scan' }, text: { id: 'Pindai', en: 'Scan' }, shortcut: 'scan' },
  { place: { at: 'lookup' }, text: { id: 'Cari', en: 'Look up' }, shortcut: 'lookup' },
  { place: { at: 'supervisor' }, text: { id: 'Supervisor', en: 'Supervisor' }, shortcut: 'supervise-list' },
]

/** Which office and desk this is, who works here, whether the server is heard, and the ways through the app. */
@customElement('desk-header')
export class DeskHeader extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) state!: SessionState
  @property({ attribute: false }) place!: Place
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    const stops = [this.desk.live.connection, this.desk.alerts.state].map((each) => each.listen(() => this.requestUpdate()))
    this.#stop = () => stops.forEach((stop) => stop())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  override render() {
    const { state } = this
    const workstation = 'workstation' in state ? state.workstation : undefined
    return html`<header>
      <div class="where">
        <span><strong>IKD ${say({ id: 'Loket', en: 'Counter' })}</strong>${'session' in state ? html` · <bdi>${state.session.staff.name}</bdi>` : nothing}</span>
        ${workstation ? html`<span><bdi>${workstation.office.name}</bdi> · <bdi>${workstation.label}</bdi></span>` : nothing}
      </div>
      ${state.kind === 'signed-in' ? this.#signedIn(state) : nothing}
      <ikd-language></ikd-language>
    </header>`
  }

  #signedIn({ session, workstation }: Extract<SessionState, { kind: 'signed-in' }>) {
    const heard = this.desk.live.connection.value === 'open'
    const { role } = session.staff
    // Who has two ways more than an officer, and 1366 pixels like everybody: there the dot stands for the word.
    const isAdmin = role === 'admin'
    return html`
      <nav aria-label=${say({ id: 'Menu utama', en: 'Main menu' })}>
        ${ways.map((way) => this.#way(way))}
        ${hearsAlerts(role) ? this.#way({ place: { at: 'alerts' }, text: { id: 'Peringatan', en: 'Alerts' } }, this.#unseen()) : nothing}
        ${isAdmin && workstation.powers.includes('administer') ? this.#way({ place: { at: 'admin' }, text: { id: 'Admin', en: 'Admin' } }) : nothing}
      </nav>
      <span class="visually-hidden" role="status">
        ${this.#unseenCount() > 0 ? say({ id: `${this.#unseenCount()} peringatan belum dilihat`, en: `${this.#unseenCount()} alerts not seen yet` }) : nothing}
      </span>
      <span class="heard" role="status" data-heard=${heard ? 'yes' : 'no'}>
        ${heard ? html`● <span class=${isAdmin ? 'visually-hidden' : nothing}>${say({ id: 'Tersambung', en: 'Connected' })}</span>` : say({ id: '○ Menyambung lagi…', en: '○ Reconnecting…' })}
      </span>
      <button type="button" aria-keyshortcuts=${shortcutKeys['customer-display']} @click=${() => void this.desk.host.openCustomerDisplay()}>
        ${say({ id: 'Layar warga', en: 'Display' })}
      </button>
      <button type="button" aria-keyshortcuts=${shortcutKeys.lock} @click=${() => void this.desk.session.lock('asked')}>
        ${say({ id: 'Kunci', en: 'Lock' })} <kbd aria-hidden="true">${shortcutKeys.lock}</kbd>
      </button>
      <a href=${fragmentOf({ at: 'account' })} aria-current=${this.place.at === 'account' ? 'page' : nothing}>${say({ id: 'Akun', en: 'Account' })}</a>
      <button type="button" @click=${() => void this.desk.session.signOut()}>${say({ id: 'Keluar', en: 'Sign out' })}</button>
    `
  }

  #way({ place, text, shortcut }: Way, more: unknown = nothing) {
    return html`<a href=${fragmentOf(place)} aria-current=${place.at === this.place.at ? 'page' : nothing} aria-keyshortcuts=${shortcut ? shortcutKeys[shortcut] : nothing}
      >${say(text)}${more}${shortcut ? html` <kbd aria-hidden="true">${shortcutKeys[shortcut]}</kbd>` : nothing}</a
    >`
  }

  #unseenCount(): number {
    const { value } = this.desk.alerts.state
    return value.kind === 'known' ? value.unseen : 0
  }

  #unseen() {
    const count = this.#unseenCount()
    return count > 0 ? html` <span class="badge">${count}<span class="visually-hidden"> ${say({ id: 'belum dilihat', en: 'not seen yet' })}</span></span>` : nothing
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--ikd-space-2);
        padding: var(--ikd-space-1) var(--ikd-space-3);
        background: var(--ikd-surface);
        border-block-end: 3px solid var(--ikd-primary);
        font-size: var(--ikd-size-small);
      }
      .where {
        display: grid;
        line-height: 1.25;
      }
      .where strong {
        color: var(--ikd-link);
      }
      .where {
        color: var(--ikd-text-muted);
      }
      nav {
        display: flex;
        flex-wrap: wrap;
        flex: 1 1 auto;
        gap: var(--ikd-space-1);
      }
      a,
      button {
        display: inline-flex;
        align-items: center;
        min-block-size: 2.75rem;
        padding-inline: 0.3rem;
        border: 0;
        border-radius: var(--ikd-radius-small);
        background: transparent;
        color: var(--ikd-link);
        text-decoration: none;
        white-space: nowrap;
        cursor: pointer;
      }
      a:hover,
      button:hover {
        background: var(--ikd-primary-soft);
      }
      a[aria-current='page'] {
        background: var(--ikd-primary);
        color: var(--ikd-on-primary);
      }
      ikd-language {
        margin-inline-start: auto;
        font-size: var(--ikd-size-small);
      }
      .badge {
        min-inline-size: 1.5em;
        margin-inline-start: 0.4em;
        padding-inline: 0.4em;
        border-radius: 999px;
        background: var(--ikd-danger);
        color: var(--ikd-on-danger);
        font-weight: 700;
        text-align: center;
      }
      .heard[data-heard='yes'] {
        color: var(--ikd-success);
      }
      .heard[data-heard='no'] {
        color: var(--ikd-warning);
        font-weight: 600;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'desk-header': DeskHeader
  }
}
