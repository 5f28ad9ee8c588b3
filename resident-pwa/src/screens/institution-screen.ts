import '../captcha/captcha-check.ts'
import '../components/scanning.ts'
import '../institution/receipt-list.ts'
import { DomainError, type StaffMember } from '@ikd/contract'
import { Doing, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import type { CaptchaCheck } from '../captcha/captcha-check.ts'
import { problemNotice } from '../components/problem-notice.ts'
import { Screen } from '../components/screen.ts'
import type { ReceiptList } from '../institution/receipt-list.ts'
import { VerifierSession } from '../institution/verifier-session.ts'

export const tag = 'ikd-institution-screen'

const renewEveryMs = 5 * 60_000

/** *Lembaga*: staff of an institution sign in and scan as their institution. */
@customElement(tag)
export class InstitutionScreen extends Screen {
  @state() private username = ''
  @state() private password = ''
  @state() private totp = ''
  /** Of the robot check that this browser has been asked for. */
  @state() private effort: number | undefined
  @state() private captchaMissing = false
  @query('ikd-captcha-check') private readonly captcha!: CaptchaCheck | null
  @query('ikd-receipt-list') private readonly receipts!: ReceiptList | null
  readonly #signingIn = new Doing(this)
  #session!: VerifierSession
  #stop = () => {}
  #timer: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#session = new VerifierSession(this.ports)
    this.#stop = this.#session.state.subscribe(() => this.requestUpdate())
    this.#timer = setInterval(() => this.#renew(), renewEveryMs)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
    clearInterval(this.#timer)
    void this.#session.signOut()
  }

  protected heading() {
    const { value } = this.#session.state
    return value.at === 'in' && value.staff.institution ? value.staff.institution.name : say({ id: 'Lembaga: masuk', en: 'Institution: sign in' })
  }

  protected body() {
    const { value } = this.#session.state
    if (value.at === 'in') return this.#counter(value.staff)
    return value.at === 'second-step' ? this.#secondStep() : this.#signIn()
  }

  #signIn() {
    return html`
      <p>
        ${say({
          id: 'Untuk petugas lembaga yang terdaftar: bank, rumah sakit, kantor pemerintah, dan lainnya.',
          en: 'For staff of registered institutions: banks, hospitals, government offices and others.',
        })}
      </p>
      <form novalidate @submit=${this.#submit}>
        <ikd-field
          label=${say({ id: 'Nama pengguna', en: 'User name' })}
          autocomplete="username"
          autocapitalize="none"
          maxlength="200"
          required
          .value=${this.username}
          @ikd-input=${(event: CustomEvent<{ value: string }>) => {
            this.username = event.detail.value
          }}
        ></ikd-field>
        <ikd-field
          label=${say({ id: 'Kata sandi', en: 'Password' })}
          type="password"
          autocomplete="current-password"
          maxlength="256"
          required
          .value=${this.password}
          @ikd-input=${(event: CustomEvent<{ value: string }>) => {
            this.password = event.detail.value
          }}
        ></ikd-field>
        ${problemNotice(this.#signingIn.problem)}
        ${this.effort === undefined
          ? nothing
          : html`<ikd-captcha-check .client=${this.ports.open} .effort=${this.effort} ?missing=${this.captchaMissing} @ikd-captcha=${this.#checked}></ikd-captcha-check>`}
        <ikd-button type="submit" ?busy=${this.#signingIn.busy} ?disabled=${this.username === '' || this.password === ''}>
          ${say({ id: 'Masuk', en: 'Sign in' })}
        </ikd-button>
      </form>
      <p class="small"><a href="/">${say({ id: 'Saya penduduk: buka IKD saya', en: 'I am a resident: open my IKD' })}</a></p>
    `
  }

  #secondStep() {
    return html`
      <form novalidate @submit=${this.#prove}>
        <p>${say({ id: 'Ketik enam angka dari aplikasi autentikator Anda.', en: 'Type the six digits your authenticator app shows.' })}</p>
        <ikd-field
          label=${say({ id: 'Kode autentikator', en: 'Authenticator code' })}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength="6"
          required
          .value=${this.totp}
          @ikd-input=${(event: CustomEvent<{ value: string }>) => {
            this.totp = event.detail.value
          }}
        ></ikd-field>
        ${problemNotice(this.#signingIn.problem)}
        <ikd-button type="submit" ?busy=${this.#signingIn.busy} ?disabled=${!/^\d{6}$/.test(this.totp)}>${say({ id: 'Masuk', en: 'Sign in' })}</ikd-button>
        <ikd-button variant="quiet" @click=${() => this.#session.startAgain()}>${say({ id: 'Mulai lagi', en: 'Begin again' })}</ikd-button>
      </form>
    `
  }

  #counter(staff: StaffMember) {
    return html`
      <div class="row">
        <p class="muted">${staff.name}</p>
        <ikd-button variant="quiet" @click=${this.#signOut}>${say({ id: 'Keluar', en: 'Sign out' })}</ikd-button>
      </div>
      <ikd-scanning
        .ports=${this.ports}
        .purpose=${this.ports.purpose.value}
        .purposes=${staff.institution?.purposes ?? []}
        .scan=${(qr: string, purpose: string) => this.#session.scan(qr, purpose)}
        @ikd-purpose=${(event: CustomEvent<{ purpose: string }>) => this.ports.purpose.keep(event.detail.purpose)}
        @ikd-scanned=${() => this.receipts?.refresh()}
      ></ikd-scanning>
      <ikd-receipt-list .fetch=${(before?: number) => this.#session.receipts(before)}></ikd-receipt-list>
    `
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (this.username === '' || this.password === '') return
    const captcha = this.captcha?.payload
    this.captchaMissing = this.effort !== undefined && captcha === undefined
    if (this.captchaMissing) return this.captcha?.focus()
    await this.#signingIn.run(() => this.#session.signIn(this.username, this.password, captcha))
    this.captcha?.reset()
    const { problem } = this.#signingIn
    if (problem instanceof DomainError && problem.code === 'robot-check-needed') return this.#askCheck(problem.facts.effort)
    this.password = ''
    if (this.#session.state.value.at !== 'out') this.effort = undefined
    if (this.#session.state.value.at === 'in') this.focusHeading()
  }

  /** What was typed stays: it has not been looked at. */
  async #askCheck(effort = 1): Promise<void> {
    this.effort = effort
    await this.updateComplete
    await this.captcha?.updateComplete
    this.captcha?.focus()
  }

  readonly #checked = (): void => {
    if (this.captcha?.payload === undefined) return
    this.captchaMissing = false
    this.#signingIn.forget()
  }

  readonly #prove = async (event: Event): Promise<void> => {
    event.preventDefault()
    const { totp } = this
    if (!/^\d{6}$/.test(totp)) return
    // Each code serves once, right or wrong.
    this.totp = ''
    await this.#signingIn.run(() => this.#session.prove(totp))
    if (this.#session.state.value.at === 'in') this.focusHeading()
  }

  readonly #signOut = async (): Promise<void> => {
    this.ports.purpose.clear()
    await this.#session.signOut()
  }

  #renew(): void {
    // A lost network costs nothing yet: the token in hand lives twice as long as this interval.
    if (this.#session.state.value.at === 'in') void this.#session.renew().catch(() => undefined)
  }
}
