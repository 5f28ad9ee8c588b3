import '../captcha/captcha-check.ts'
import { type AnswerOf, DomainError, routes, type Suspension } from '@ikd/contract'
import { Doing, formatDateTime, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { html, type PropertyValues } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { CaptchaCheck } from '../captcha/captcha-check.ts'
import { renderTask } from './load.ts'
import { Part } from './part.ts'
import { problemNotice } from './problem-notice.ts'
import { suspensionDone } from './suspension-done.ts'

type Opened = AnswerOf<typeof routes.suspensions.open>

/**
 * Behind a link of a mail: what it would do, then a button that does it. Opening the page suspends nothing, for mail
 * programs open links too. Fires `ikd-suspended`.
 */
@customElement('ikd-suspension-by-link')
export class SuspensionByLink extends Part {
  @property() token = ''
  @state() private captchaMissing = false
  @state() private done: Suspension | undefined
  @query('ikd-captcha-check') private readonly captcha!: CaptchaCheck
  readonly #suspending = new Doing(this)
  readonly #opening = new Task(this, {
    task: ([token], { signal }) => this.ports.open.call(routes.suspensions.open, { body: { token }, signal }),
    args: () => [this.token] as const,
  })

  /** The link of a second mail over the page of the first is asked about for itself. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('token')) this.done = undefined
  }

  override render() {
    if (this.done) return suspensionDone(this.done)
    return renderTask(this.#opening, say({ id: 'Memeriksa tautan', en: 'Checking the link' }), (opened) =>
      opened.suspension ? suspensionDone(opened.suspension) : this.#form(opened),
    )
  }

  #form({ purpose, expiresAt }: Opened) {
    return html`
      <p>${purpose === 'asked' ? this.#asked() : this.#notMe()}</p>
      <form novalidate @submit=${this.#suspend}>
        <ikd-captcha-check .client=${this.ports.open} ?missing=${this.captchaMissing}></ikd-captcha-check>
        ${problemNotice(this.#suspending.problem)}
        <ikd-button type="submit" variant="danger" ?busy=${this.#suspending.busy}>${say({ id: 'Tangguhkan ponsel ini', en: 'Suspend this phone' })}</ikd-button>
      </form>
      <p class="muted small">
        ${say({
          id: `Bukan maksud Anda? Tutup saja halaman ini; belum ada yang berubah. Tautan berlaku sampai ${formatDateTime(expiresAt)}.`,
          en: `Not what you want? Just close this page; nothing has changed. The link is good until ${formatDateTime(expiresAt)}.`,
        })}
      </p>
    `
  }

  #asked(): string {
    return say({
      id: 'Anda meminta tautan ini untuk menghentikan IKD di ponsel Anda yang sekarang. Setelah ditangguhkan, tidak ada yang dapat memakainya.',
      en: 'You asked for this link in order to stop IKD on your present phone. Once it is suspended, nobody can use it.',
    })
  }

  #notMe(): string {
    return say({
      id: 'Bukan Anda yang memindahkan IKD atau mengganti kontaknya? Tangguhkan sekarang. Ponsel yang memakai IKD Anda langsung mati, dan hanya kantor Dukcapil yang dapat membukanya kembali.',
      en: 'It was not you who moved your IKD or changed its contact? Suspend it now. The phone that uses your IKD is dead at once, and only a Dukcapil office can open it again.',
    })
  }

  readonly #suspend = async (event: Event): Promise<void> => {
    event.preventDefault()
    const { token } = this
    const { payload: captcha, idempotencyKey } = this.captcha
    this.captchaMissing = captcha === undefined
    if (captcha === undefined) return
    this.done = await this.#suspending.run(() => this.ports.open.call(routes.suspensions.suspend, { body: { token, captcha }, idempotencyKey }))
    if (this.done) this.dispatchEvent(new CustomEvent('ikd-suspended'))
    else if (this.#suspending.problem instanceof DomainError) this.captcha.reset()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-suspension-by-link': SuspensionByLink
  }
}
