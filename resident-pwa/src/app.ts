import '@ikd/ui'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AppUpdate } from './app-update.ts'
import { Observing } from './components/observing.ts'
import type { Screen } from './components/screen.ts'
import { decide, findStandalone, paths, type Place } from './navigation/decide.ts'
import { loadScreen, placeKey } from './navigation/screens.ts'
import type { Ports } from './ports.ts'

type Shown = { readonly at: 'loading' } | { readonly at: 'screen'; readonly element: Screen } | { readonly at: 'failed' }

/** The frame round every screen: way back, lock, language, state of the network, and the screen the router decides on. */
@customElement('ikd-app')
export class IkdApp extends LocalisedElement {
  @property({ attribute: false }) ports!: Ports
  @property({ attribute: false }) updates!: AppUpdate
  @state() private shown: Shown = { at: 'loading' }
  @state() private offline = !navigator.onLine
  /** Out of sight the screen is covered, so that the phone's list of open apps shows nothing of it. */
  @state() private covered = false

  #key: string | undefined
  #arrivals = 0
  readonly #session = new Observing(this, () => this.ports.session.state, () => this.#route())
  readonly #path = new Observing(this, () => this.ports.navigator.path, () => this.#route())
  readonly #connection = new Observing(this, () => this.ports.live.connection)
  readonly #update = new Observing(this, () => this.updates.waiting)

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('online', this.#network)
    window.addEventListener('offline', this.#network)
    document.addEventListener('visibilitychange', this.#cover)
    this.#route()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('online', this.#network)
    window.removeEventListener('offline', this.#network)
    document.removeEventListener('visibilitychange', this.#cover)
  }

  override render() {
    const open = this.#session.value.at === 'open' && !this.#standalone()
    const key = placeKey(this.#place())
    // Below the PIN's keys, so that nothing pushes them off a small screen.
    const languageBelow = open ? key !== 'settings' : key === 'lock'
    return html`
      <header>
        ${this.#wayBack()}
        <span class="space"></span>
        ${open
          ? html`<ikd-button variant="quiet" @click=${() => this.ports.session.lock()}>${say({ id: 'Kunci', en: 'Lock' })}</ikd-button>`
          : languageBelow
            ? nothing
            : html`<ikd-language></ikd-language>`}
      </header>
      <div class="messages" aria-live="polite">${this.#networkMessage()}${this.#updateMessage()}</div>
      <main ?inert=${this.covered} class=${this.covered ? 'covered' : ''}>${this.#screen()}</main>
      ${languageBelow ? html`<footer><ikd-language></ikd-language></footer>` : nothing}
    `
  }

  #screen() {
    switch (this.shown.at) {
      case 'loading':
        return html`<ikd-progress label=${say({ id: 'Membuka halaman', en: 'Opening the page' })}></ikd-progress>`
      case 'screen':
        return this.shown.element
      case 'failed':
        return html`<ikd-notice
          kind="error"
          heading=${say({ id: 'Halaman ini belum dapat dibuka', en: 'This page cannot be opened yet' })}
        >
          <p>
            ${say({
              id: 'Bagian aplikasi ini belum terunduh. Periksa sambungan internet, lalu muat ulang.',
              en: 'This part of the app has not been downloaded. Check your connection, then reload.',
            })}
          </p>
          <ikd-button @click=${() => location.reload()}>${say({ id: 'Muat ulang', en: 'Reload' })}</ikd-button>
        </ikd-notice>`
    }
  }

  #wayBack() {
    const home = placeKey(this.#place()) === 'home'
    if (this.#session.value.at !== 'open' || this.#standalone() || home) return html`<span class="brand" aria-hidden="true">IKD</span>`
    return html`<a class="back" href=${paths.home}><span aria-hidden="true">←</span> ${say({ id: 'Beranda', en: 'Home' })}</a>`
  }

  #networkMessage() {
    const waiting = this.#connection.value === 'reconnecting' && 'status' in this.#session.value
    if (!this.offline && !waiting) return nothing
    return html`<ikd-notice kind="warning" heading=${say({ id: 'Tidak ada sambungan ke layanan', en: 'No connection to the service' })}>
      <p>
        ${say({
          id: 'Aplikasi menyambung kembali dengan sendirinya. Yang sudah Anda isi tidak hilang.',
          en: 'The app reconnects by itself. What you have typed is not lost.',
        })}
      </p>
    </ikd-notice>`
  }

  #updateMessage() {
    if (!this.#update.value) return nothing
    return html`<ikd-notice kind="info" heading=${say({ id: 'Versi baru tersedia', en: 'A new version is ready' })}>
      <ikd-button variant="secondary" @click=${() => this.updates.take()}>${say({ id: 'Perbarui sekarang', en: 'Update now' })}</ikd-button>
    </ikd-notice>`
  }

  /** Screens that are no part of the holder's own app. */
  #standalone(): boolean {
    return findStandalone(this.#path.value) !== undefined
  }

  #place(): Place {
    return decide(this.#path.value, this.#session.value, this.ports.draft.consented)
  }

  #route(): void {
    const place = this.#place()
    const key = placeKey(place)
    if (key === this.#key) return
    this.#key = key
    if (this.shown.at !== 'screen') this.shown = { at: 'loading' }
    void this.#enter(place, key)
  }

  async #enter(place: Place, key: string): Promise<void> {
    try {
      const tag = await loadScreen(place)
      if (key !== this.#key) return
      const element = document.createElement(tag) as Screen
      element.ports = this.ports
      // The page's first screens come by themselves; only a step a person took moves the focus.
      element.takesFocus = this.#arrivals > 0
      if (key !== 'starting') this.#arrivals += 1
      this.shown = { at: 'screen', element }
    } catch {
      if (key === this.#key) this.shown = { at: 'failed' }
    }
  }

  readonly #network = (): void => {
    this.offline = !navigator.onLine
  }

  readonly #cover = (): void => {
    this.covered = document.visibilityState === 'hidden'
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        max-inline-size: 40rem;
        margin-inline: auto;
        padding: var(--ikd-space-3) max(min(var(--ikd-space-4), 5vw), env(safe-area-inset-left)) max(var(--ikd-space-7), env(safe-area-inset-bottom));
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ikd-space-2) var(--ikd-space-3);
        margin-block-end: var(--ikd-space-4);
      }
      .brand {
        padding: var(--ikd-space-1) var(--ikd-space-3);
        border-radius: var(--ikd-radius-small);
        background: var(--ikd-primary);
        color: var(--ikd-on-primary);
        font-weight: 800;
        letter-spacing: 0.06em;
      }
      .space {
        flex: 1;
      }
      .back {
        min-block-size: var(--ikd-target);
        display: inline-flex;
        align-items: center;
        gap: var(--ikd-space-2);
        font-weight: 600;
      }
      .messages:not(:empty) {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-3);
      }
      .messages ikd-notice {
        margin-block-end: var(--ikd-space-4);
      }
      footer {
        margin-block-start: var(--ikd-space-6);
        padding-block-start: var(--ikd-space-3);
        border-block-start: 1px solid var(--ikd-border);
      }
      .covered {
        visibility: hidden;
      }
      @media print {
        header,
        footer,
        .messages {
          display: none;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-app': IkdApp
  }
}
