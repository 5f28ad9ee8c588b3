import './account-proof.ts'
import { type AccountProof, DomainError, type ProblemCode } from '@ikd/contract'
import { baseStyles, Doing, formatDateTime, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AccountApi } from '../desk/account-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'

const shape = /^\d{6,8}$/

/** Of what was typed before the proof, not of the proof. */
const ofPins: readonly ProblemCode[] = ['approval-pin-too-simple']

/** The own approval PIN, twice, then a proof of the second step; what is too simple the server says. */
@customElement('approval-pin-form')
export class ApprovalPinForm extends LocalisedElement {
  @property({ attribute: false }) api!: AccountApi
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @state() private setAt: number | undefined
  @state() private pin = ''
  @state() private again = ''
  @state() private wrong = ''
  @state() private stage: 'typing' | 'proving' | 'done' = 'typing'
  @state() private refused: DomainError | undefined
  readonly #loading = new Doing(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#loading.run(async () => {
      this.setAt = (await this.api.approvalPin()).setAt
    })
  }

  override render() {
    return html`<div class="stack">
      <p>${say({ id: 'Dipakai hanya saat Anda menyetujui kasus di loket petugas, bersama kode dari aplikasi autentikator. Kata sandi Anda jangan pernah diketik di loket orang lain.', en: 'Used only when you approve a case at an officer’s desk, together with a code from your authenticator app. Never type your password at somebody else’s desk.' })}</p>
      <p class="muted">${this.setAt === undefined ? say({ id: 'Belum ada PIN persetujuan.', en: 'There is no approval PIN yet.' }) : say({ id: `Dibuat ${formatDateTime(this.setAt)}.`, en: `Set ${formatDateTime(this.setAt)}.` })}</p>
      ${problemNotice(this.#loading.problem)}
      ${this.stage === 'proving' ? this.#proof() : this.#fields()}
      ${this.stage === 'done' ? html`<ikd-notice kind="success"><p>${say({ id: 'PIN persetujuan disimpan.', en: 'The approval PIN is saved.' })}</p></ikd-notice>` : nothing}
    </div>`
  }

  #fields() {
    return html`<form class="stack" @submit=${this.#submitted}>
      ${this.#field('pin', say({ id: 'PIN persetujuan baru', en: 'New approval PIN' }), say({ id: '6 sampai 8 angka; bukan tanggal, bukan angka berurutan.', en: '6 to 8 digits; no date, no sequence.' }))}
      ${this.#field('again', say({ id: 'Ulangi PIN persetujuan', en: 'Approval PIN again' }), '', this.wrong)}
      ${problemNotice(this.refused)}
      <div><ikd-button type="submit" variant="secondary" ?disabled=${!shape.test(this.pin)}>${say({ id: 'Lanjut ke langkah kedua', en: 'On to the second step' })}</ikd-button></div>
    </form>`
  }

  #field(name: 'pin' | 'again', label: string, hint: string, error = '') {
    return html`<ikd-field
      label=${label}
      hint=${hint}
      error=${error}
      type="password"
      inputmode="numeric"
      maxlength="8"
      autocomplete="off"
      .value=${this[name]}
      @ikd-input=${(event: CustomEvent<{ value: string }>) => {
        this[name] = event.detail.value
        this.wrong = ''
        this.refused = undefined
        this.stage = 'typing'
      }}
    ></ikd-field>`
  }

  #proof() {
    return html`<account-proof
      .api=${this.api}
      .act=${'set-approval-pin'}
      .passkeys=${this.passkeys}
      .confirm=${{ id: 'Simpan PIN persetujuan', en: 'Save the approval PIN' }}
      .use=${this.#set}
      @proof-left=${() => (this.stage = 'typing')}
    ></account-proof>`
  }

  readonly #submitted = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!shape.test(this.pin)) return
    if (this.pin === this.again) this.stage = 'proving'
    else this.wrong = say({ id: 'Tidak sama dengan PIN di atas.', en: 'Not the same as the PIN above.' })
  }

  readonly #set = async (proof: AccountProof | undefined): Promise<void> => {
    try {
      const { setAt } = await this.api.setApprovalPin({ pin: this.pin, ...(proof ? { proof } : {}) })
      this.setAt = setAt
    } catch (error) {
      if (!(error instanceof DomainError) || !ofPins.includes(error.code)) throw error
      this.refused = error
      this.stage = 'typing'
      return
    }
    this.pin = this.again = ''
    this.stage = 'done'
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'approval-pin-form': ApprovalPinForm
  }
}
