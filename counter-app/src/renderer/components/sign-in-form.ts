import './second-step.ts'
import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { Desk } from '../desk/desk.ts'
import type { SignInDemand } from '../desk/session.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'
import type { StepProof } from './second-step.ts'

const lastUsername = 'ikd.username'

/** Username and password, then the second step; the way in at the start, and at a covered desk. */
@customElement('sign-in-form')
export class SignInForm extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property() username = localStorage.getItem(lastUsername) ?? ''
  @state() private demand: SignInDemand | undefined
  @state() private setupCode = ''
  readonly #signingIn = new Doing(this)
  @query('ikd-field[type="password"]') private readonly password!: HTMLElementTagNameMap['ikd-field'] | null

  override firstUpdated(): void {
    this.#focusFirst()
  }

  override render() {
    switch (this.demand?.needs) {
      case undefined:
        return this.#nameAndPassword()
      case 'second-factor':
        return html`<p class="who">${say({ id: `Langkah kedua untuk ${this.username}`, en: `Second step for ${this.username}` })}</p>
          <second-step
            .kinds=${this.demand.kinds}
            .request=${this.demand.passkey}
            .passkeys=${this.desk.host.passkeys}
            .prove=${this.#prove}
            automatic
            @step-back=${this.#again}
          ></second-step>`
      case 'setup-code':
        return this.#setupCode()
    }
  }

  #nameAndPassword() {
    return html`<form class="stack" @submit=${this.#submitted}>
      <ikd-field
        label=${say({ id: 'Nama pengguna', en: 'Username' })}
        autocomplete="username"
        .value=${this.username}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.username = event.detail.value)}
      ></ikd-field>
      <ikd-field label=${say({ id: 'Kata sandi', en: 'Password' })} type="password" autocomplete="current-password"></ikd-field>
      ${problemNotice(this.#signingIn.problem)}
      <ikd-button type="submit" ?busy=${this.#signingIn.busy}>${say({ id: 'Masuk', en: 'Sign in' })}</ikd-button>
    </form>`
  }

  #setupCode() {
    return html`<form class="stack" @submit=${this.#sentSetupCode}>
      <p>${say({ id: 'Akun ini belum punya langkah kedua. Minta kode penyiapan sekali pakai kepada admin kantor, lalu ketik di sini.', en: 'This account has no second step yet. Ask the office’s admin for a one-time setup code and type it here.' })}</p>
      <ikd-field
        label=${say({ id: 'Kode penyiapan', en: 'Setup code' })}
        autocomplete="off"
        maxlength="64"
        .value=${this.setupCode}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.setupCode = event.detail.value)}
      ></ikd-field>
      ${problemNotice(this.#signingIn.problem)}
      <div class="row">
        <ikd-button type="submit" ?busy=${this.#signingIn.busy} ?disabled=${this.setupCode.trim().length < 8}>${say({ id: 'Lanjut', en: 'Continue' })}</ikd-button>
        <ikd-button variant="quiet" @click=${this.#again}>${say({ id: 'Mulai lagi', en: 'Begin again' })}</ikd-button>
      </div>
    </form>`
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const username = this.username.trim()
    const password = this.password?.value ?? ''
    if (!username || !password) return this.renderRoot.querySelector<HTMLElementTagNameMap['ikd-field']>(username ? '[type="password"]' : 'ikd-field')?.focus()
    await this.#signingIn.run(async () => {
      const demand = await this.desk.session.signIn(username, password)
      // The name is no secret and saves forty keystrokes a day; the password is never kept.
      localStorage.setItem(lastUsername, username)
      if (this.password) this.password.value = ''
      this.demand = demand
    })
    if (this.#signingIn.problem !== undefined) this.password?.focus()
    else if (this.demand?.needs === 'setup-code') this.#focusFirst()
  }

  readonly #prove = async (proof: StepProof): Promise<void> => {
    if (this.demand) await this.desk.session.prove({ ticket: this.demand.ticket, ...proof })
  }

  readonly #sentSetupCode = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const { demand } = this
    const setupCode = this.setupCode.trim()
    if (!demand || setupCode.length < 8) return
    await this.#signingIn.run(() => this.desk.session.prove({ ticket: demand.ticket, setupCode }))
  }

  readonly #again = (): void => {
    this.demand = undefined
    this.setupCode = ''
    this.#signingIn.forget()
    this.#focusFirst()
  }

  #focusFirst(): void {
    void this.updateComplete.then(async () => {
      const first = this.demand === undefined && this.username ? this.password : this.renderRoot.querySelector('ikd-field')
      await first?.updateComplete
      first?.focus()
    })
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-form': SignInForm
  }
}
