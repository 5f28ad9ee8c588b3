import { baseStyles, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Desk } from '../desk/desk.ts'
import type { SessionState } from '../desk/session.ts'
import { fragmentOf, type Place } from '../view/place.ts'
import { type Shortcut, shortcutKeys } from '../view/shortcuts.ts'
import { deskStyles } from './desk-styles.ts'

const ways: readonly { readonly place: Place; readonly text: Phrase; readonly shortcut: Shortcut }[] = [
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
    this.#stop = this.desk.live.connection.listen(() => this.requestUpdate())
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
        <span><strong>IKD ${say({ id: 'Loket', en: 'Counter' })}</strong>${'session' in state ? html` · ${state.session.staff.name}` : nothing}</span>
        ${workstation ? html`<span>${workstation.office.name} · ${workstation.label}</span>` : nothing}
      </div>
      ${state.kind === 'signed-in' || state.kind === 'expired' ? this.#signedIn() : nothing}
      <ikd-language></ikd-language>
    </header>`
  }

  #signedIn() {
    const heard = this.desk.live.connection.value === 'open'
    return html`
      <nav aria-label=${say({ id: 'Menu utama', en: 'Main menu' })}>
        ${ways.map(
          ({ place, text, shortcut }) =>
            html`<a href=${fragmentOf(place)} aria-current=${place.at === this.place.at ? 'page' : nothing} aria-keyshortcuts=${shortcutKeys[shortcut]}
              >${say(text)} <kbd aria-hidden="true">${shortcutKeys[shortcut]}</kbd></a
            >`,
        )}
      </nav>
      <span class="heard" role="status" data-heard=${heard ? 'yes' : 'no'}>
        ${heard ? say({ id: '● Tersambung', en: '● Connected' }) : say({ id: '○ Menyambung lagi…', en: '○ Reconnecting…' })}
      </span>
      <button type="button" aria-keyshortcuts=${shortcutKeys['customer-display']} @click=${() => void this.desk.host.openCustomerDisplay()}>
        ${say({ id: 'Layar warga', en: 'Customer display' })}
      </button>
      <button type="button" @click=${() => void this.desk.session.signOut()}>${say({ id: 'Keluar', en: 'Sign out' })}</button>
    `
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--ikd-space-3);
        padding: var(--ikd-space-1) var(--ikd-space-4);
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
        flex: 1 1 auto;
        gap: var(--ikd-space-1);
      }
      nav a,
      button {
        display: inline-flex;
        align-items: center;
        min-block-size: 2.75rem;
        padding-inline: var(--ikd-space-2);
        border: 0;
        border-radius: var(--ikd-radius-small);
        background: transparent;
        color: var(--ikd-link);
        text-decoration: none;
        white-space: nowrap;
        cursor: pointer;
      }
      nav a:hover,
      button:hover {
        background: var(--ikd-primary-soft);
      }
      nav a[aria-current='page'] {
        background: var(--ikd-primary);
        color: var(--ikd-on-primary);
      }
      ikd-language {
        margin-inline-start: auto;
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
