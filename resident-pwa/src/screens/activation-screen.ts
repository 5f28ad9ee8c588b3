import '../captcha/captcha-check.ts'
import { type AnswerOf, DomainError, routes } from '@ikd/contract'
import { Doing, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import type { CaptchaCheck } from '../captcha/captcha-check.ts'
import { renderTask } from '../components/load.ts'
import { problemNotice } from '../components/problem-notice.ts'
import { Observing } from '../components/observing.ts'
import { Screen } from '../components/screen.ts'

export const tag = 'ikd-activation-screen'

type State = AnswerOf<typeof routes.activation.open>['state']

/** The page behind the e-mail's link, in any browser and without a key. */
@customElement(tag)
export class ActivationScreen extends Screen {
  @state() private code = ''
  @state() private captchaMissing = false
  @state() private codeMissing = false
  @state() private confirmed: State | undefined
  @query('ikd-captcha-check') private readonly captcha!: CaptchaCheck
  readonly #sending = new Doing(this)
  readonly #link = new Observing(this, () => this.ports.link, () => (this.confirmed = undefined))
  readonly #opening = new Task(this, {
    task: async ([token], { signal }) => {
      if (token === undefined) throw new DomainError('activation-link-invalid')
      return (await this.ports.open.call(routes.activation.open, { body: { token }, signal })).state
    },
    args: () => [this.#link.value] as const,
  })

  protected heading() {
    return say({ id: 'Aktivasi IKD', en: 'IKD activation' })
  }

  protected body() {
    return renderTask(this.#opening, say({ id: 'Memeriksa tautan', en: 'Checking the link' }), (opened) => this.#page(this.confirmed ?? opened))
  }

  #page(state: State) {
    if (state === 'waiting') return this.#form()
    return html`<ikd-notice
      kind="success"
      heading=${state === 'done' ? say({ id: 'IKD sudah aktif', en: 'IKD is active already' }) : say({ id: 'Kode benar', en: 'The code is right' })}
    >
      <p>
        ${state === 'done'
          ? say({ id: 'Tidak ada lagi yang perlu dilakukan di halaman ini.', en: 'There is nothing more to do on this page.' })
          : say({
              id: 'Sekarang kembali ke aplikasi IKD di ponsel Anda. Di sana ketik kode yang sama sekali lagi, lalu buat PIN.',
              en: 'Now return to the IKD app on your phone. Type the same code there once more, then make your PIN.',
            })}
      </p>
    </ikd-notice>`
  }

  #form() {
    return html`
      <p>
        ${say({
          id: 'Ketik kode enam angka dari e-mail. Petugas tidak pernah meminta kode ini lewat telepon atau WhatsApp.',
          en: 'Type the six-digit code of the e-mail. No officer ever asks for it by phone or WhatsApp.',
        })}
      </p>
      <form novalidate @submit=${this.#submit}>
        <ikd-digits
          label=${say({ id: 'Kode aktivasi dari e-mail', en: 'Activation code from the e-mail' })}
          length="6"
          error=${this.codeMissing ? say({ id: 'Isi enam angka kode dari e-mail.', en: 'Enter the six digits of the code.' }) : ''}
          @ikd-complete=${(event: CustomEvent<{ value: string }>) => this.#typed(event.detail.value)}
        ></ikd-digits>
        <ikd-captcha-check .client=${this.ports.open} ?missing=${this.captchaMissing}></ikd-captcha-check>
        ${this.#sending.problem === undefined ? nothing : problemNotice(this.#sending.problem)}
        <ikd-button type="submit" ?busy=${this.#sending.busy}>${say({ id: 'Konfirmasi', en: 'Confirm' })}</ikd-button>
      </form>
    `
  }

  #typed(code: string): void {
    this.code = code
    this.codeMissing = false
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const token = this.#link.value
    const { code } = this
    const { payload: captcha, idempotencyKey } = this.captcha
    this.codeMissing = code === ''
    this.captchaMissing = captcha === undefined
    if (token === undefined || code === '' || captcha === undefined) return
    const answer = await this.#sending.run(() => this.ports.open.call(routes.activation.confirm, { body: { token, code, captcha }, idempotencyKey }))
    if (answer) {
      this.confirmed = answer.state
      this.focusHeading()
      return
    }
    if (!(this.#sending.problem instanceof DomainError)) return
    this.captcha.reset()
    if (this.#sending.problem.code !== 'activation-code-wrong') return
    this.code = ''
    this.renderRoot.querySelector('ikd-digits')?.clear()
  }
}
