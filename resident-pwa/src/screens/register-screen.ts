import '../captcha/captcha-check.ts'
import { DomainError, isEmail } from '@ikd/contract'
import { Doing, normalisePhone, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import type { CaptchaCheck } from '../captcha/captcha-check.ts'
import { problemNotice } from '../components/problem-notice.ts'
import { Screen } from '../components/screen.ts'
import { consentVersion } from '../holder/registration-draft.ts'
import { askPersistence } from '../holder/storage-persistence.ts'
import { paths } from '../navigation/decide.ts'
import { nikError } from '../texts/nik-text.ts'

export const tag = 'ikd-register-screen'

type FieldName = 'nik' | 'email' | 'phone'

/** NIK, e-mail, phone number, captcha. What is typed survives a lost network and, but for the NIK, a reload. */
@customElement(tag)
export class RegisterScreen extends Screen {
  @state() private visited: ReadonlySet<FieldName> = new Set()
  @state() private captchaMissing = false
  @query('ikd-captcha-check') private readonly captcha!: CaptchaCheck
  readonly #sending = new Doing(this)

  protected heading() {
    return say({ id: 'Daftar', en: 'Register' })
  }

  protected body() {
    const { draft } = this.ports
    return html`
      <form novalidate @submit=${this.#submit}>
        <ikd-field
          label="NIK"
          hint=${say({ id: '16 angka pada KTP-el atau Kartu Keluarga', en: 'The 16 digits on your KTP-el or family card' })}
          inputmode="numeric"
          autocomplete="off"
          maxlength="16"
          required
          .value=${draft.nik}
          error=${this.#error('nik')}
          @ikd-input=${this.#typedNik}
          @ikd-change=${() => this.#visit('nik')}
        ></ikd-field>
        <ikd-field
          label="E-mail"
          hint=${say({ id: 'Kode aktivasi dikirim ke sini. Pastikan Anda dapat membukanya di kantor.', en: 'The activation code is sent here. Make sure you can open it at the office.' })}
          type="email"
          inputmode="email"
          autocomplete="email"
          autocapitalize="none"
          maxlength="254"
          required
          .value=${draft.email}
          error=${this.#error('email')}
          @ikd-input=${(event: CustomEvent<{ value: string }>) => this.#typed({ email: event.detail.value })}
          @ikd-change=${() => this.#visit('email')}
        ></ikd-field>
        <ikd-field
          label=${say({ id: 'Nomor ponsel', en: 'Mobile number' })}
          hint=${say({ id: 'Contoh: 0812 3456 7890', en: 'Example: 0812 3456 7890' })}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
          maxlength="24"
          required
          .value=${draft.phone}
          error=${this.#error('phone')}
          @ikd-input=${(event: CustomEvent<{ value: string }>) => this.#typed({ phone: event.detail.value })}
          @ikd-change=${() => this.#visit('phone')}
        ></ikd-field>
        <ikd-captcha-check .client=${this.ports.open} ?missing=${this.captchaMissing}></ikd-captcha-check>
        ${this.#sending.problem === undefined ? nothing : problemNotice(this.#sending.problem)}
        <ikd-button type="submit" ?busy=${this.#sending.busy}>${say({ id: 'Kirim pendaftaran', en: 'Send registration' })}</ikd-button>
      </form>
    `
  }

  #error(field: FieldName): string {
    const finished = this.visited.has(field)
    const { nik, email, phone } = this.ports.draft
    if (field === 'nik') return finished || nik !== '' ? nikError(nik, finished) : ''
    if (!finished) return ''
    if (field === 'email') {
      if (isEmail(email.trim())) return ''
      return say({ id: 'Alamat e-mail ini belum lengkap, contoh: siti@contoh.id.', en: 'This e-mail address is not complete; example: siti@contoh.id.' })
    }
    if (normalisePhone(phone) !== undefined) return ''
    return say({ id: 'Isi nomor ponsel yang diawali 08, contoh: 0812 3456 7890.', en: 'Enter a mobile number that begins with 08; example: 0812 3456 7890.' })
  }

  readonly #typedNik = (event: CustomEvent<{ value: string }>): void => {
    this.ports.draft.nik = event.detail.value.replaceAll(/\s/g, '')
    this.requestUpdate()
  }

  #typed(change: { email?: string; phone?: string }): void {
    this.ports.draft.keep(change)
    this.requestUpdate()
  }

  #visit(field: FieldName): void {
    this.visited = new Set([...this.visited, field])
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    this.visited = new Set<FieldName>(['nik', 'email', 'phone'])
    const { draft, session, persistence, navigator } = this.ports
    const phone = normalisePhone(draft.phone)
    const captcha = this.captcha.payload
    this.captchaMissing = captcha === undefined
    await this.updateComplete
    const wrong = [...this.renderRoot.querySelectorAll('ikd-field')].find((field) => field.error !== '')
    if (wrong || phone === undefined) return wrong?.focus()
    if (captcha === undefined) return this.captcha.scrollIntoView({ block: 'center' })
    await this.#sending.run(async () => {
      askPersistence(persistence)
      await session.register({ nik: draft.nik, email: draft.email.trim(), phone, consentVersion, captcha })
      draft.clear()
      navigator.replace(paths.status)
    })
    const { problem } = this.#sending
    // The proof of work served once, or was wrong; after a lost network it is still the same request.
    if (problem instanceof DomainError) this.captcha.reset()
    if (problem instanceof DomainError && problem.code === 'device-already-registered') await session.start()
  }
}
