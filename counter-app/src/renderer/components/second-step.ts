import { DomainError, type FactorKind, type PasskeyAssertion, type PasskeyRequest, type ProblemCode } from '@ikd/contract'
import { baseStyles, Doing, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Passkeys } from '../host/passkeys.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

export type StepProof = { readonly totp: string } | { readonly passkey: PasskeyAssertion }

/** After these the ticket is no good any more: only beginning again helps. */
const over: readonly ProblemCode[] = ['sign-in-ticket-expired', 'approval-ticket-expired', 'account-proof-needed', 'account-locked']

/**
 * The second step after a password: six digits of an authenticator app, or a passkey.
 *
 * @fires step-back when the person begins again
 */
@customElement('second-step')
export class SecondStep extends LocalisedElement {
  @property({ attribute: false }) kinds: readonly FactorKind[] = []
  @property({ attribute: false }) request: PasskeyRequest | undefined
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @property({ attribute: false }) prove!: (proof: StepProof) => Promise<void>
  @property({ attribute: false }) confirm: Phrase = { id: 'Masuk', en: 'Sign in' }
  /** The way back, to where this step began. */
  @property({ attribute: false }) back: Phrase = { id: 'Mulai lagi', en: 'Begin again' }
  /** The last digit sends by itself; off where the person should press knowingly. */
  @property({ type: Boolean }) automatic = false
  @state() private code = ''
  readonly #proving = new Doing(this)

  override firstUpdated(): void {
    const first = this.renderRoot.querySelector<HTMLElementTagNameMap['ikd-digits']>('ikd-digits, ikd-button')
    void first?.updateComplete.then(() => first.focus())
  }

  override render() {
    const { problem } = this.#proving
    return html`<form class="stack" @submit=${this.#submitted}>
      ${this.kinds.includes('totp') ? this.#digits() : nothing}
      ${problemNotice(problem)}
      <div class="row">
        ${isOver(problem) ? nothing : this.#ways()}
        <ikd-button variant=${isOver(problem) ? 'primary' : 'quiet'} @click=${() => this.dispatchEvent(new CustomEvent('step-back', { bubbles: true, composed: true }))}
          >${say(this.back)}</ikd-button
        >
      </div>
    </form>`
  }

  #digits() {
    return html`<ikd-digits
      label=${say({ id: 'Kode 6 angka', en: 'Six-digit code' })}
      hint=${say({ id: 'Dari aplikasi autentikator di ponsel yang punya akun ini.', en: 'From the authenticator app on the phone of the account’s owner.' })}
      .value=${this.code}
      ?disabled=${this.#proving.busy}
      @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.code = event.detail.value)}
      @ikd-complete=${() => (this.automatic ? this.#send() : undefined)}
    ></ikd-digits>`
  }

  #ways() {
    const hasTotp = this.kinds.includes('totp')
    const hasPasskey = this.kinds.includes('passkey')
    return html`
      ${hasTotp ? html`<ikd-button type="submit" ?busy=${this.#proving.busy} ?disabled=${this.code.length < 6}>${say(this.confirm)}</ikd-button>` : nothing}
      ${hasPasskey && this.passkeys && this.request
        ? html`<ikd-button variant=${hasTotp ? 'secondary' : 'primary'} ?busy=${this.#proving.busy} @click=${() => void this.#withPasskey()}>${say({ id: 'Pakai kunci sandi', en: 'Use a passkey' })}</ikd-button>`
        : nothing}
      ${hasPasskey && !this.passkeys && !hasTotp
        ? html`<ikd-notice kind="warning"
            ><p>${say({ id: 'Aplikasi ini tidak dapat memakai kunci sandi. Masuk lewat loket di browser, atau minta admin mengatur ulang langkah kedua dan pilih aplikasi autentikator.', en: 'This app cannot use passkeys. Sign in at a desk in the browser, or ask the admin to reset your second step and choose an authenticator app.' })}</p></ikd-notice
          >`
        : nothing}
    `
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    this.#send()
  }

  #send(): void {
    const totp = this.code
    if (totp.length === 6) void this.#run(async () => ({ totp }))
  }

  async #withPasskey(): Promise<void> {
    const { passkeys, request } = this
    if (passkeys && request) await this.#run(async () => ({ passkey: await passkeys.prove(request) }))
  }

  async #run(proof: () => Promise<StepProof>): Promise<void> {
    await this.#proving.run(async () => this.prove(await proof()))
    // A code counts once, right or wrong; nothing typed stays.
    this.code = ''
    if (this.#proving.problem === undefined) return
    await this.updateComplete
    const digits = this.renderRoot.querySelector('ikd-digits')
    await digits?.updateComplete
    digits?.focus()
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      ikd-notice {
        flex: 1 1 100%;
      }
    `,
  ]
}

function isOver(problem: unknown): boolean {
  return problem instanceof DomainError && over.includes(problem.code)
}

declare global {
  interface HTMLElementTagNameMap {
    'second-step': SecondStep
  }
}
