import './audience-form.ts'
import './rotating-qr-picture.ts'
import type { AnswerOf, routes } from '@ikd/contract'
import { formatTime, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, query, state } from 'lit/decorators.js'
import { usualChoice } from '../holder/audience-choice.ts'
import type { Choice } from '../holder/presentation-maker.ts'
import { getActivity, getAudiences } from '../holder/record.ts'
import { actorText, anyInstitutionText, residentAudienceText } from '../texts/audience-text.ts'
import { fieldList } from '../texts/identity-text.ts'
import { Part } from './part.ts'
import type { RotatingQrPicture } from './rotating-qr-picture.ts'

type Entry = AnswerOf<typeof routes.holder.activity>['entries'][number]

/** The server's instants come to the phone's clock by way of a request's length. */
const clockMarginMs = 2_000

const isScan = (entry: Entry): boolean => entry.kind.startsWith('scanned-by-')

/** The QR to be scanned: for whom, with what, how long; and at once who has scanned it. */
@customElement('ikd-presentation-panel')
export class PresentationPanel extends Part {
  @state() private choice: Choice = usualChoice
  @state() private choosing = false
  @state() private scanned: Entry | undefined
  @state() private institution = ''
  @query('ikd-rotating-qr') private readonly qr!: RotatingQrPicture | null
  /** By the phone's clock. */
  #shownSince = 0
  /** Id of the scan told of last. */
  #told: string | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    const { live, clock } = this.ports
    this.#shownSince = clock.now()
    live.addEventListener('scanned', this.#onScanned)
    live.addEventListener('hidden-before', this.#onReturn)
    live.addEventListener('missed', this.#onMissed)
    // A scan may have come while the app was locked or out of sight.
    if (live.missedSince !== undefined) this.#onMissed()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    const { live } = this.ports
    live.removeEventListener('scanned', this.#onScanned)
    live.removeEventListener('hidden-before', this.#onReturn)
    live.removeEventListener('missed', this.#onMissed)
  }

  override render() {
    const { unlocked } = this.ports.session
    if (!unlocked) return nothing
    return html`
      <ikd-rotating-qr
        .make=${() => unlocked.present(this.choice)}
        .endsAt=${unlocked.until}
        .clock=${this.ports.clock}
        label=${say({ id: 'QR KTP Digital', en: 'Digital KTP QR' })}
        @ikd-qr-ended=${() => this.ports.session.lock()}
      ></ikd-rotating-qr>
      <div aria-live="assertive">${this.scanned ? this.#scannedNotice(this.scanned) : nothing}</div>
      <div class="for">
        <p><span class="muted">${say({ id: 'Untuk', en: 'For' })}:</span> ${this.#audienceText()}</p>
        <p><span class="muted">${say({ id: 'Data', en: 'Data' })}:</span> ${fieldList(this.choice.fields) || say({ id: 'tidak ada', en: 'none' })}</p>
        <ikd-button variant="secondary" @click=${this.#choose}>${say({ id: 'Ubah penerima dan data', en: 'Change receiver and data' })}</ikd-button>
      </div>
      <ul class="muted small">
        <li>${say({ id: 'Naikkan kecerahan layar bila pemindai sulit membaca.', en: 'Turn the screen’s brightness up if the scanner has trouble reading.' })}</li>
        <li>
          ${say({
            id: 'Jangan kirim tangkapan layar: QR ini mati dalam 90 detik dan hanya dapat dipindai sekali.',
            en: 'Do not send screenshots: this QR dies within 90 seconds and can be scanned once only.',
          })}
        </li>
      </ul>
      <ikd-dialog
        ?open=${this.choosing}
        heading=${say({ id: 'Penerima dan data', en: 'Receiver and data' })}
        @ikd-close=${this.#chosen}
      >
        ${this.choosing
          ? html`<ikd-audience-form
              .ports=${this.ports}
              .choice=${this.choice}
              @ikd-choice=${(event: CustomEvent<Choice>) => {
                this.choice = event.detail
              }}
            ></ikd-audience-form>`
          : nothing}
        <ikd-button slot="actions" ?disabled=${this.choice.fields.length === 0} @click=${this.#chosen}>
          ${say({ id: 'Tampilkan QR', en: 'Show the QR' })}
        </ikd-button>
      </ikd-dialog>
    `
  }

  #scannedNotice(entry: Entry) {
    const who = entry.actor ? actorText(entry.actor) : say({ id: 'seseorang', en: 'somebody' })
    return html`<ikd-notice kind="success" heading=${say({ id: `Sudah dipindai oleh ${who}`, en: `Scanned by ${who}` })}>
      <p>
        ${formatTime(entry.at)}${entry.fields.length > 0 ? html` · ${fieldList(entry.fields)}` : nothing}<br />
        ${say({ id: 'QR di atas sudah yang baru.', en: 'The QR above is a new one.' })}
      </p>
    </ikd-notice>`
  }

  #audienceText(): string {
    const { audience } = this.choice
    if (audience.to === 'resident') return residentAudienceText()
    return audience.to === 'institution' ? this.institution : anyInstitutionText()
  }

  readonly #choose = (): void => {
    this.choosing = true
  }

  readonly #chosen = async (): Promise<void> => {
    if (!this.choosing || this.choice.fields.length === 0) return
    this.choosing = false
    const { audience } = this.choice
    if (audience.to === 'institution') {
      const known = await getAudiences(this.ports.session).catch(() => [])
      this.institution = known.find(({ number }) => number === audience.number)?.name ?? ''
    }
    this.scanned = undefined
    this.qr?.restart()
  }

  readonly #onScanned = async (): Promise<void> => {
    this.qr?.replaceUsed()
    const page = await getActivity(this.ports.session).catch(() => undefined)
    const latest = page?.entries.find(isScan)
    if (latest) this.#tell(latest)
  }

  /** Whether the QR was scanned while it stood behind another app is not known yet, and for a person's eyes it must not seem good. */
  readonly #onReturn = (): void => this.qr?.replaceUsed()

  readonly #onMissed = async (): Promise<void> => {
    const { live, session } = this.ports
    const { unlocked } = session
    if (!unlocked) return
    const { missedSince } = live
    const since = Math.min(missedSince ?? this.#shownSince, this.#shownSince) - clockMarginMs
    const page = await getActivity(session).catch(() => undefined)
    // Nobody could say: the next return asks again, and this QR may be spent.
    if (!page) return this.qr?.replaceUsed()
    live.caughtUp(missedSince)
    const latest = page.entries.find(isScan)
    if (!latest || latest.id === this.#told || unlocked.toPhone(latest.at) < since) return
    this.qr?.replaceUsed()
    this.#tell(latest)
  }

  #tell(scan: Entry): void {
    this.#told = scan.id
    this.scanned = scan
  }

  static override readonly styles = [
    ...Part.styles,
    css`
      .for {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-2);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-presentation-panel': PresentationPanel
  }
}
