import './face-pair.ts'
import './second-step.ts'
import { type ApprovalDemand, type Case, DomainError, type ProblemCode } from '@ikd/contract'
import { captureOutcomeText, caseKindText, type Phrase, type ProblemText, problemText, say } from '@ikd/ui'
import { css, html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { approvalEffectText } from '../texts/phone-texts.ts'
import { isReferenceReleased, newestCapture } from '../view/case-view.ts'
import type { ApprovalProof } from '../desk/desk-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { ActionDialog } from './action-dialog.ts'
import type { StepProof } from './second-step.ts'

/** The password was right, but this person may not approve this case. */
const notTheirs: readonly ProblemCode[] = ['forbidden', 'other-office', 'approval-own-case']

/**
 * A supervisor's own password and second step, for exactly this case as it stands and this outcome, once. No session opens, and
 * nothing of it stays on this officer's screen.
 */
@customElement('supervise-dialog')
export class SuperviseDialog extends ActionDialog {
  @property({ attribute: false }) shown!: Case
  /** Base64 JPEGs: the dialog lies over the ones on the screen. */
  @property({ attribute: false }) reference: string | undefined
  @property({ attribute: false }) liveFrame: string | undefined
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @property({ attribute: false }) start!: (credentials: { username: string; password: string }) => Promise<ApprovalDemand>
  @property({ attribute: false }) approve!: (proof: ApprovalProof) => Promise<void>
  @state() private username = ''
  @state() private password = ''
  @state() private demand: ApprovalDemand | undefined
  protected override readonly heading: Phrase = { id: 'Persetujuan supervisor', en: 'A supervisor’s approval' }

  protected override readonly confirm: Phrase = { id: 'Lanjut ke langkah kedua', en: 'On to the second step' }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('open') && !this.open) this.#forget()
  }

  protected override content(): TemplateResult {
    const { demand } = this
    if (!demand) return super.content()
    return html`<div class="stack">
      ${this.#facts()}
      <p>${say({ id: `${demand.supervisor}, dengan langkah kedua Anda menyetujui persis ini, sekali.`, en: `${demand.supervisor}, with your second step you approve exactly this, once.` })}</p>
      <second-step
        .kinds=${demand.kinds}
        .request=${demand.passkey}
        .passkeys=${this.passkeys}
        .prove=${this.#prove}
        .confirm=${this.#refuses() ? { id: 'Setujui penolakan ini', en: 'Approve this refusal' } : { id: 'Setujui kasus ini', en: 'Approve this case' }}
        @step-back=${this.#forget}
      ></second-step>
    </div>`
  }

  #facts() {
    const { supervision, resident, kind } = this.shown
    const last = newestCapture(this.shown)
    const effect = approvalEffectText[kind]
    return html`${isReferenceReleased(this.shown) ? html`<face-pair .reference=${this.reference} .liveFrame=${this.liveFrame} ?uncaptured=${!last}></face-pair>` : nothing}
      <dl>
        <dt>${say({ id: 'Hasil server', en: 'The server’s result' })}</dt>
        <dd>${last ? captureOutcomeText(last.outcome) : say({ id: 'Wajah belum dibandingkan', en: 'No face compared yet' })}</dd>
        <dt>${say({ id: 'Kasus', en: 'Case' })}</dt>
        <dd>${caseKindText(kind)}</dd>
        <dt>${say({ id: 'Warga', en: 'Resident' })}</dt>
        <dd>${resident?.name ?? '—'} ${resident ? `(${resident.nikMasked})` : ''}</dd>
        <dt>${say({ id: 'Diminta', en: 'Asked for' })}</dt>
        <dd>${this.#refuses() ? say({ id: 'Menolak', en: 'To refuse' }) : say({ id: 'Menyetujui', en: 'To approve' })}</dd>
        <dt>${say({ id: 'Alasan petugas', en: 'Officer’s reason' })}</dt>
        <dd>${supervision?.reason ?? '—'}</dd>
      </dl>
      ${effect && !this.#refuses() ? html`<p class="blocks">${say(effect)}</p>` : nothing}`
  }

  protected override body() {
    return html`${this.#facts()}
      <p>${say({ id: 'Masukkan nama pengguna dan kata sandi supervisor sendiri. Berlaku sekali, hanya untuk kasus dan hasil ini.', en: 'Enter the supervisor’s own username and password. It counts once, for this case and outcome only.' })}</p>
      <div class="credentials"><ikd-field
        label=${say({ id: 'Nama pengguna supervisor', en: 'Supervisor’s username' })}
        autocomplete="off"
        .value=${this.username}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.username = event.detail.value)}
      ></ikd-field>
      <ikd-field
        label=${say({ id: 'Kata sandi supervisor', en: 'Supervisor’s password' })}
        type="password"
        autocomplete="off"
        .value=${this.password}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.password = event.detail.value)}
      ></ikd-field></div>`
  }

  protected override isComplete(): boolean {
    return this.username.trim() !== '' && this.password !== ''
  }

  protected override async act(): Promise<'more'> {
    const { password } = this
    try {
      this.demand = await this.start({ username: this.username.trim(), password })
    } finally {
      // Somebody else's password does not stay on this officer's screen.
      this.password = ''
    }
    return 'more'
  }

  readonly #prove = async (proof: StepProof): Promise<void> => {
    if (!this.demand) return
    await this.approve({ ticket: this.demand.ticket, ...proof })
    this.close()
  }

  readonly #forget = (): void => {
    this.demand = undefined
    this.username = ''
    this.password = ''
  }

  protected override problem(error: unknown): ProblemText {
    if (!(error instanceof DomainError) || !notTheirs.includes(error.code)) return problemText(error)
    return {
      title: say({ id: 'Orang ini tidak dapat menyetujui', en: 'This person cannot approve' }),
      text: say({ id: 'Nama pengguna ini bukan supervisor kantor ini, atau ia petugas kasus ini.', en: 'This username is not a supervisor of this office, or is the officer of this case.' }),
    }
  }

  #refuses(): boolean {
    return this.shown.supervision?.outcome === 'refuse'
  }

  static override readonly styles = [
    ...ActionDialog.styles,
    css`
      face-pair {
        --face-size: 7.5rem;
        justify-content: center;
      }
      /* All of it, down to the button, fits a screen 768 pixels high. */
      .credentials {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--ikd-space-3);
      }
      .blocks {
        font-weight: 600;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'supervise-dialog': SuperviseDialog
  }
}
