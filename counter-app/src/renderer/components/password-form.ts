import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

const least = 12

/** The old password and a new one, twice; what is too simple the server says. */
@customElement('password-form')
export class PasswordForm extends LocalisedElement {
  @property({ attribute: false }) change!: (current: string, next: string) => Promise<void>
  @state() private current = ''
  @state() private next = ''
  @state() private again = ''
  @state() private wrong = ''
  @state() private isDone = false
  readonly #changing = new Doing(this)

  override render() {
    return html`<form class="stack" @submit=${this.#submitted}>
      ${this.#field('current', say({ id: 'Kata sandi sekarang', en: 'Present password' }), 'current-password')}
      ${this.#field('next', say({ id: 'Kata sandi baru', en: 'New password' }), 'new-password', say({ id: `Sedikitnya ${least} huruf atau angka. Beberapa kata acak mudah diingat dan sulit ditebak.`, en: `At least ${least} characters. A few random words are easy to remember and hard to guess.` }))}
      ${this.#field('again', say({ id: 'Ulangi kata sandi baru', en: 'New password again' }), 'new-password', '', this.wrong)}
      ${problemNotice(this.#changing.problem)}
      ${this.isDone ? html`<ikd-notice kind="success"><p>${say({ id: 'Kata sandi diganti. Sesi Anda di komputer lain sudah diakhiri.', en: 'The password is changed. Your sessions on other computers have ended.' })}</p></ikd-notice>` : nothing}
      <div><ikd-button type="submit" variant="secondary" ?busy=${this.#changing.busy} ?disabled=${!this.current || this.next.length < least}>${say({ id: 'Ganti kata sandi', en: 'Change the password' })}</ikd-button></div>
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
        this.isDone = false
      }}
    ></ikd-field>`
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const { current, next, again } = this
    if (!current || next.length < least) return
    if (next !== again) {
      this.wrong = say({ id: 'Tidak sama dengan kata sandi baru di atas.', en: 'Not the same as the new password above.' })
      return
    }
    await this.#changing.run(async () => {
      await this.change(current, next)
      this.current = this.next = this.again = ''
      this.isDone = true
    })
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'password-form': PasswordForm
  }
}
