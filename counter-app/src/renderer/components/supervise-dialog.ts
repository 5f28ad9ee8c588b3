import './approval-step.ts'
import { type ApprovalDemand, type ApprovalStart, type Case, DomainError, type ProblemCode } from '@ikd/contract'
import { type Phrase, type ProblemText, problemText, say } from '@ikd/ui'
import { css, html, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ApprovalFaces, ApprovalProof } from '../desk/desk-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { ActionDialog } from './action-dialog.ts'
import type { StepProof } from './second-step.ts'

/** The name is known, but this person may not approve this case. */
const notTheirs: readonly ProblemCode[] = ['forbidden', 'approver-unknown', 'approval-own-case']

type WayHere = Exclude<ApprovalStart, { readonly way: 'own-desk' }>

/**
 * A supervisor at the officer's desk: who they are, by passkey or by approval PIN, then both pictures, then their second step, for
 * exactly this case as it stands and this outcome, once. A password is typed nowhere here, and nothing of it stays on this screen.
 */
@customElement('supervise-dialog')
export class SuperviseDialog extends ActionDialog {
  @property({ attribute: false }) shown!: Case
  /** Absent in Electron, which has none. */
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @property({ attribute: false }) start!: (as: WayHere) => Promise<ApprovalDemand>
  @property({ attribute: false }) look!: (ticket: string) => Promise<ApprovalFaces>
  @property({ attribute: false }) approve!: (proof: ApprovalProof) => Promise<void>
  @state() private username = ''
  @state() private way: WayHere['way'] = 'pin'
  @state() private pin = ''
  @state() private begun: { readonly demand: ApprovalDemand; readonly faces: ApprovalFaces } | undefined
  protected override readonly heading: Phrase = { id: 'Persetujuan supervisor', en: 'A supervisor’s approval' }
  protected override readonly confirm: Phrase = { id: 'Lihat kedua gambar', en: 'See both pictures' }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('open')) return
    this.#forget()
    this.way = this.passkeys ? 'passkey' : 'pin'
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed)
    this.toggleAttribute('comparing', this.begun !== undefined)
  }

  protected override content(): TemplateResult {
    const { begun } = this
    if (!begun) return super.content()
    return html`<approval-step
      .shown=${this.shown}
      .demand=${begun.demand}
      .faces=${begun.faces}
      .passkeys=${this.passkeys}
      .prove=${this.#prove}
      @step-back=${this.#forget}
    ></approval-step>`
  }

  protected override body() {
    return html`<ikd-notice kind="info" heading=${say({ id: 'Lebih aman dari loket supervisor sendiri', en: 'Safer from the supervisor’s own desk' })}>
        <p>${say({ id: 'Di sana ia membuka kasus ini lewat menu Supervisor (F7) dan tidak mengetik apa pun di sini.', en: 'There they open this case under Supervisor (F7) and type nothing here.' })}</p>
      </ikd-notice>
      <ikd-field
        label=${say({ id: 'Nama pengguna supervisor', en: 'Supervisor’s username' })}
        autocomplete="off"
        .value=${this.username}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.username = event.detail.value)}
      ></ikd-field>
      ${this.passkeys ? this.#ways() : nothing}
      ${this.way === 'pin'
        ? html`<ikd-field
            label=${say({ id: 'PIN persetujuan', en: 'Approval PIN' })}
            hint=${say({ id: '6 sampai 8 angka, dibuat supervisor di Akun-nya. Jangan ketik kata sandi di sini.', en: '6 to 8 digits, set by the supervisor under Account. Never type a password here.' })}
            type="password"
            inputmode="numeric"
            maxlength="8"
            autocomplete="off"
            .value=${this.pin}
            @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.pin = event.detail.value)}
          ></ikd-field>`
        : nothing}`
  }

  #ways() {
    const ways: readonly { readonly way: WayHere['way']; readonly text: Phrase }[] = [
      { way: 'passkey', text: { id: 'Kunci sandi', en: 'Passkey' } },
      { way: 'pin', text: { id: 'PIN persetujuan dan kode', en: 'Approval PIN and a code' } },
    ]
    return html`<fieldset>
      <legend>${say({ id: 'Cara menyetujui di sini', en: 'How to approve here' })}</legend>
      ${ways.map(
        ({ way, text }) => html`<label><input type="radio" name="way" .checked=${this.way === way} @change=${() => (this.way = way)} /> ${say(text)}</label>`,
      )}
    </fieldset>`
  }

  protected override isComplete(): boolean {
    return this.username.trim() !== '' && (this.way === 'passkey' || /^\d{6,8}$/.test(this.pin))
  }

  protected override async act(): Promise<'more'> {
    const { pin, way, shown } = this
    const named = { outcome: shown.supervision?.outcome ?? 'approve', username: this.username.trim() }
    try {
      const demand = await this.start(way === 'pin' ? { ...named, way, pin } : { ...named, way })
      const faces = await this.look(demand.ticket)
      // Closed while they were on their way: nobody asked any more.
      if (this.open) this.begun = { demand, faces }
    } finally {
      // Somebody else's PIN does not stay on this officer's screen.
      this.pin = ''
    }
    return 'more'
  }

  readonly #prove = async (proof: StepProof): Promise<void> => {
    if (!this.begun) return
    await this.approve({ ticket: this.begun.demand.ticket, ...proof })
    this.close()
  }

  readonly #forget = (): void => {
    this.begun = undefined
    this.username = ''
    this.pin = ''
  }

  protected override problem(error: unknown): ProblemText {
    if (!(error instanceof DomainError) || !notTheirs.includes(error.code)) return problemText(error)
    return {
      title: say({ id: 'Orang ini tidak dapat menyetujui', en: 'This person cannot approve' }),
      text: say({ id: 'Nama pengguna ini bukan supervisor kantor ini, atau pernah menjadi petugas kasus ini.', en: 'This username is not a supervisor of this office, or has been the officer of this case.' }),
    }
  }

  static override readonly styles = [
    ...ActionDialog.styles,
    css`
      :host([comparing]) {
        --dialog-size: 64rem;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-2) var(--ikd-space-4);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius-small);
      }
      label {
        display: flex;
        gap: var(--ikd-space-2);
        align-items: center;
        min-block-size: 2.5rem;
      }
      input[type='radio'] {
        inline-size: 1.5rem;
        block-size: 1.5rem;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'supervise-dialog': SuperviseDialog
  }
}
