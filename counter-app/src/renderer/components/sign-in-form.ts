import { baseStyles, LocalisedElement, problemText, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { deskStyles } from './desk-styles.ts'

const lastUsername = 'ikd.username'

/** Username and password; the way in at the start, and over the screen when a session has ended. */
@customElement('sign-in-form')
export class SignInForm extends LocalisedElement {
  @property({ attribute: false }) signIn!: (username: string, password: string) => Promise<void>
  @property() username = localStorage.getItem(lastUsername) ?? ''
  @state() private busy = false
  @state() private error: unknown
  @query('ikd-field[type="password"]') private readonly password!: HTMLElementTagNameMap['ikd-field']

  override firstUpdated(): void {
    const first = this.username ? this.password : this.renderRoot.querySelector('ikd-field')
    void first?.updateComplete.then(() => first.focus())
  }

  override render() {
    const problem = this.error === undefined ? undefined : problemText(this.error)
    return html`<form class="stack" @submit=${this.#submitted}>
      <ikd-field
        label=${say({ id: 'Nama pengguna', en: 'Username' })}
        autocomplete="username"
        .value=${this.username}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.username = event.detail.value)}
      ></ikd-field>
      <ikd-field label=${say({ id: 'Kata sandi', en: 'Password' })} type="password" autocomplete="current-password"></ikd-field>
      ${problem ? html`<ikd-notice kind="error" heading=${problem.title}><p>${problem.text}</p></ikd-notice>` : nothing}
      <ikd-button type="submit" ?busy=${this.busy}>${say({ id: 'Masuk', en: 'Sign in' })}</ikd-button>
    </form>`
  }

  readonly #submitted = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const username = this.username.trim()
    const password = this.password.value
    if (this.busy) return
    if (!username || !password) return this.renderRoot.querySelector<HTMLElementTagNameMap['ikd-field']>(username ? '[type="password"]' : 'ikd-field')?.focus()
    this.busy = true
    this.error = undefined
    try {
      await this.signIn(username, password)
      // The name is no secret and saves forty keystrokes a day; the password is never kept.
      localStorage.setItem(lastUsername, username)
      this.password.value = ''
    } catch (error) {
      this.error = error
      this.password.focus()
    } finally {
      this.busy = false
    }
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-form': SignInForm
  }
}
