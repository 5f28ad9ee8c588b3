import '../captcha/captcha-check.ts'
import { type AnswerOf, DomainError, routes } from '@ikd/contract'
import { Doing, formatDateTime, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { html } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import type { CaptchaCheck } from '../captcha/captcha-check.ts'
import { renderTask } from '../components/load.ts'
import { Observing } from '../components/observing.ts'
import { problemNotice } from '../components/problem-notice.ts'
import { Screen } from '../components/screen.ts'

export const tag = 'ikd-contact-link-screen'

type Opened = AnswerOf<typeof routes.contacts.openLink>

/** Behind the link in the mail to a new address, changed at a desk: from here it is the e-mail on file. */
@customElement(tag)
export class ContactLinkScreen extends Screen {
  @state() private captchaMissing = false
  @state() private confirmed = false
  @query('ikd-captcha-check') private readonly captcha!: CaptchaCheck
  readonly #confirming = new Doing(this)
  readonly #link = new Observing(this, () => this.ports.link, () => (this.confirmed = false))
  readonly #opening = new Task(this, {
    task: async ([token], { signal }) => {
      if (token === undefined) throw new DomainError('contact-link-invalid')
      return this.ports.open.call(routes.contacts.openLink, { body: { token }, signal })
    },
    args: () => [this.#link.value] as const,
  })

  protected heading() {
    return say({ id: 'E-mail baru untuk IKD', en: 'A new e-mail for IKD' })
  }

  protected body() {
    if (this.confirmed) return this.#done()
    return renderTask(this.#opening, say({ id: 'Memeriksa tautan', en: 'Checking the link' }), (opened) =>
      opened.state === 'confirmed' ? this.#done() : this.#form(opened),
    )
  }

  #done() {
    return html`<ikd-notice kind="success" heading=${say({ id: 'E-mail ini sudah dicatat', en: 'This e-mail is on file' })}>
      <p>${say({ id: 'Mulai sekarang kabar tentang IKD Anda dikirim ke sini. Halaman ini boleh ditutup.', en: 'From now on news of your IKD comes here. You may close this page.' })}</p>
    </ikd-notice>`
  }

  #form({ office, expiresAt }: Opened) {
    return html`
      <p>
        <bdi>${office}</bdi>
        ${say({
          id: 'mencatat alamat e-mail ini untuk IKD Anda. Tekan tombol di bawah bila benar.',
          en: 'has noted this e-mail address for your IKD. Press the button below if that is right.',
        })}
      </p>
      <form novalidate @submit=${this.#confirm}>
        <ikd-captcha-check .client=${this.ports.open} ?missing=${this.captchaMissing}></ikd-captcha-check>
        ${problemNotice(this.#confirming.problem)}
        <ikd-button type="submit" ?busy=${this.#confirming.busy}>${say({ id: 'Ya, ini e-mail saya', en: 'Yes, this is my e-mail' })}</ikd-button>
      </form>
      <p class="muted small">
        ${say({
          id: `Bukan Anda yang meminta? Tutup saja halaman ini; belum ada yang berubah. Tautan berlaku sampai ${formatDateTime(expiresAt)}.`,
          en: `You did not ask for it? Just close this page; nothing has changed. The link is good until ${formatDateTime(expiresAt)}.`,
        })}
      </p>
    `
  }

  readonly #confirm = async (event: Event): Promise<void> => {
    event.preventDefault()
    const token = this.#link.value
    const { payload: captcha, idempotencyKey } = this.captcha
    this.captchaMissing = captcha === undefined
    if (token === undefined || captcha === undefined) return
    const answer = await this.#confirming.run(() => this.ports.open.call(routes.contacts.confirmLink, { body: { token, captcha }, idempotencyKey }))
    if (answer) {
      this.confirmed = true
      this.focusHeading()
    } else if (this.#confirming.problem instanceof DomainError) this.captcha.reset()
  }
}
