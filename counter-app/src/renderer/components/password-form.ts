import './account-proof.ts'
import { type AccountProof, DomainError, type ProblemCode } from '@ikd/contract'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AccountApi } from '../desk/account-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

const least = 12

/** Of what was typed before the proof, not of the proof. */
const ofPasswords: readonly ProblemCode[] = ['password-old-wrong', 'password-too-simple']

/**
 * The old password and a new one, twice, then a proof of the second step; what is too simple the server says.
 *
 * @fires password-changed
 */
@customElement('password-form')
export class PasswordForm extends LocalisedElement {
  @property({ attribute: false }) api!: AccountApi
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @state() private current = ''
  @state() private next = ''
  @state() private again = ''
  @state() private wrong = ''
  @state() private stage: 'typing' | 'proving' | 'done' = 'typing'
  @state() private refused: DomainError | undefined

  override render() {
    if (this.stage === 'proving') {
      return html`<account-proof
        .api=${this.api}
        .act=${'change-password'}
        .passkeys=${this.passkeys}
        .confirm=${{ id: 'Ganti kata sandi', en: 'Change the password' }}
        .use=${this.#change}
        @proof-left=${() => (this.stage = 'typing')}
      ></account-proof>`
    }
    return html`<form class="stack" @submit=${this.#submitted}>
      ${this.#field('current', say({ id: 'Kata sandi sekarang', en: 'Present password' }), 'current-password')}
      ${this.#field('next', say({ id: 'Kata sandi baru', en: 'New password' }), 'new-password', say({ id: `Sedikitnya ${least} huruf atau angka. Beberapa kata acak mudah diingat dan sulit ditebak.`, en: `At least ${least} characters. A few random words are easy to remember and hard to guess.` }))}
      ${this.#field('again', say({ id: 'Ulangi kata sandi baru', en: 'New password again' }), 'new-password', '', this.wrong)}
      ${problemNotice(this.refused)}
      ${this.stage === 'done' ? html`<ikd-notice kind="success"><p>${say({ id: 'Kata sandi diganti. Sesi Anda di komputer lain sudah diakhiri.', en: 'The password is changed. Your sessions on other computers have ended.' })}</p></ikd-notice>` : nothing}
      <div><ikd-button type="submit" variant="secondary" ?disabled=${!this.current || this.next.length < least}>${say({ id: 'Ganti kata sandi', en: 'Change the password' })}</ikd-button></div>
    </form>`
  }

  #field(name: 'current' | 'next' | 'again', label: string, autocomplete: 'current-password' | 'new-password', hint = '', error = '') {
    return html`<ikd-field
      label=${label}
      hint=${hint}
      error=${error}
      type="password"
      maxlength="256"
      autocomplete=${autocomplete}
      .value=${this[name]}
      @ikd-input=${(event: CustomEvent<{ value: string }>) => {
        this[name] = event.detail.value
        this.wrong = ''
        this.refused = undefined
        this.stage = 'typing'
      }}
    ></ikd-field>`
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    const { current, next, again } = this
    if (!current || next.length < least) return
    if (next === again) this.stage = 'proving'
    else this.wrong = say({ id: 'Tidak sama dengan kata sandi baru di atas.', en: 'Not the same as the new password above.' })
  }

  readonly #change = async (proof: AccountProof | undefined): Promise<void> => {
    try {
      await this.api.changePassword(this.current, this.next, proof)
    } catch (error) {
      if (!(error instanceof DomainError) || !ofPasswords.includes(error.code)) throw error
      this.refused = error
      this.stage = 'typing'
      return
    }
    this.current = this.next = this.again = ''
    this.stage = 'done'
    this.dispatchEvent(new CustomEvent('password-changed', { bubbles: true, composed: true }))
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'password-form': PasswordForm
  }
}
