import './components/desk-header.ts'
import './components/lock-cover.ts'
import './components/new-factors.ts'
import './screens/account-screen.ts'
import './screens/admin-screen.ts'
import './screens/alerts-screen.ts'
import './screens/case-screen.ts'
import './screens/enrol-screen.ts'
import './screens/home-screen.ts'
import './screens/lookup-screen.ts'
import './screens/receipt-screen.ts'
import './screens/scan-screen.ts'
import './screens/setup-screen.ts'
import './screens/sign-in-screen.ts'
import './screens/supervisor-screen.ts'
import type { StaffSession } from '@ikd/contract'
import { baseStyles, LocalisedElement, problemText, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import { deskStyles } from './components/desk-styles.ts'
import type { Desk } from './desk/desk.ts'
import { type Place, placeOf } from './view/place.ts'
import { ShortcutController } from './view/shortcut-controller.ts'

/** The desk: who is here, where we are, and the screen for it. */
@customElement('counter-app')
export class CounterApp extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @state() private place: Place = placeOf(location.hash)
  #stop: (() => void) | undefined

  constructor() {
    super()
    const go = (place: Place) => () => {
      if (this.desk.session.state.value.kind === 'signed-in') this.desk.go(place)
    }
    new ShortcutController(this, {
      home: go({ at: 'home' }),
      scan: go({ at: 'scan' }),
      lookup: go({ at: 'lookup' }),
      'supervise-list': go({ at: 'supervisor' }),
      'customer-display': () => void this.desk.host.openCustomerDisplay(),
      lock: () => void this.desk.session.lock('asked'),
    })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('hashchange', this.#moved)
    let whose: string | undefined
    this.#stop = this.desk.session.state.listen((now) => {
      if (now.kind === 'signed-in') this.desk.display.welcome(now.workstation.office.name)
      this.desk.display.cover(now.kind === 'locked')
      // The next officer begins at the beginning, not in somebody else's case; after a restart the place in the address stays.
      const here = 'session' in now ? now.session.staff.id : undefined
      if (whose !== undefined && here !== whose) this.desk.go({ at: 'home' })
      whose = here
      this.requestUpdate()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#moved)
    this.#stop?.()
  }

  readonly #moved = (): void => {
    this.place = placeOf(location.hash)
    window.scrollTo(0, 0)
  }

  override render() {
    const now = this.desk.session.state.value
    const isInside = now.kind === 'signed-in' || now.kind === 'locked'
    // Covered, the screens stay in the page with what was typed, and none of it is drawn, read out or printed.
    return html`
      <desk-header class="no-print" .desk=${this.desk} .state=${now} .place=${this.place}></desk-header>
      <main ?hidden=${now.kind === 'locked'} ?inert=${now.kind === 'locked'}>
        ${isInside ? keyed(now.session.staff.id, html`${this.#notices(now.session)}${this.#screen()}`) : this.#before()}
      </main>
      ${now.kind === 'locked' ? html`<lock-cover .desk=${this.desk} .state=${now}></lock-cover>` : nothing}
    `
  }

  #before() {
    const now = this.desk.session.state.value
    switch (now.kind) {
      case 'starting':
        return html`<ikd-progress label=${say({ id: 'Menghubungi server…', en: 'Contacting the server…' })}></ikd-progress>`
      case 'unreachable': {
        const { title, text } = problemText(now.error)
        return html`<div class="narrow"><ikd-notice kind="error" heading=${title}>
          <p>${text}</p>
          <ikd-button variant="secondary" @click=${() => void this.desk.session.start()}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button>
        </ikd-notice></div>`
      }
      case 'not-enrolled':
        return html`<enrol-screen .desk=${this.desk}></enrol-screen>`
      case 'signed-out':
        return html`<sign-in-screen .desk=${this.desk} .workstation=${now.workstation}></sign-in-screen>`
      case 'setting-up':
        return html`<setup-screen .desk=${this.desk}></setup-screen>`
      case 'signed-in':
      case 'locked':
        return nothing
    }
  }

  #notices({ newFactors }: StaffSession) {
    return html`<new-factors class="no-print" .desk=${this.desk} .factors=${newFactors} ?atAccount=${this.place.at === 'account'}></new-factors>`
  }

  #screen() {
    const { desk, place } = this
    switch (place.at) {
      case 'home':
      case 'customer':
        return html`<home-screen .desk=${desk}></home-screen>`
      case 'scan':
        return html`<scan-screen .desk=${desk}></scan-screen>`
      case 'lookup':
        return html`<lookup-screen .desk=${desk}></lookup-screen>`
      case 'supervisor':
        return html`<supervisor-screen .desk=${desk}></supervisor-screen>`
      case 'alerts':
        return html`<alerts-screen .desk=${desk}></alerts-screen>`
      case 'admin':
        return html`<admin-screen .desk=${desk}></admin-screen>`
      case 'account':
        return html`<account-screen .desk=${desk}></account-screen>`
      case 'case':
        return html`<case-screen .desk=${desk} caseId=${place.caseId}></case-screen>`
      case 'receipt':
        return html`<receipt-screen .desk=${desk} caseId=${place.caseId} .requestId=${place.requestId}></receipt-screen>`
    }
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      main {
        max-inline-size: 82rem;
        margin-inline: auto;
        padding: var(--ikd-space-4) var(--ikd-space-5);
      }
      main[hidden] {
        display: none;
      }
      @media print {
        .no-print {
          display: none;
        }
        main {
          padding: 0;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'counter-app': CounterApp
  }
}
