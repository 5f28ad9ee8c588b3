import './activation-panel.ts'
import './capture-result.ts'
import './contact-panel.ts'
import './eligibility-list.ts'
import './face-capture.ts'
import './face-pair.ts'
import './qr-intake.ts'
import './service-panel.ts'
import type { Case } from '@ikd/contract'
import { baseStyles, blockReasonText, caseStateText, formatDateTime, isolate, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { OpenGuide } from '../capture/guide.ts'
import type { DeskApi, ServiceRecord } from '../desk/desk-api.ts'
import { referenceWithheldText, supervisorComesText, supervisorDueText } from '../texts/case-texts.ts'
import { completedText, twoPeopleText } from '../texts/phone-texts.ts'
import { type CaseStep, isReferenceReleased, isReferenceWithheld, needsSupervisorAnyway, newestCapture } from '../view/case-view.ts'
import { fragmentOf } from '../view/place.ts'
import { visitReceipt } from '../view/receipt.ts'
import { deskStyles } from './desk-styles.ts'

/** The part of the case screen that follows the case: what is to be done or watched now. */
@customElement('case-step')
export class CaseStepPart extends LocalisedElement {
  @property({ attribute: false }) api!: DeskApi
  @property({ attribute: false }) openGuide!: OpenGuide
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) step!: CaseStep
  /** The desk is covered: no camera runs behind the cover. */
  @property({ type: Boolean }) covered = false
  /** The step has just changed: its own button takes no press yet. */
  @property({ type: Boolean }) resting = false
  @property({ attribute: false }) adopt!: (answer: Case) => void
  @property({ attribute: false }) reference: string | undefined
  @property({ attribute: false }) liveFrame: string | undefined
  /** This desk had the case until a moment ago. */
  @property({ type: Boolean }) lost = false

  /** F8 while a face is to be captured. */
  capture(): void {
    void this.renderRoot.querySelector('face-capture')?.capture()
  }

  override render() {
    const { shown } = this
    switch (this.step) {
      case 'phone':
        return html`<p>${say({ id: 'Pindai QR pendaftaran dari ponsel baru warga. Ponsel lama diblokir begitu ponsel baru disetujui.', en: 'Scan the registration QR of the resident’s new phone. The old phone is blocked once the new one is approved.' })}</p>
          <qr-intake ?covered=${this.covered} .accept=${async (qr: string) => this.adopt(await this.api.attachPhone(shown.id, qr))}></qr-intake>`
      case 'eligibility':
        return html`<p>${say({ id: 'Jelaskan kepada warga apa yang harus diselesaikan dahulu:', en: 'Explain to the resident what has to be settled first:' })}</p>
          <eligibility-list .findings=${shown.eligibility}></eligibility-list>`
      case 'confirmation':
        return this.#confirmation()
      case 'capture':
        return this.#capture()
      case 'decision':
      case 'supervision':
        return this.#result()
      case 'activation':
        return shown.activation ? html`<activation-panel .activation=${shown.activation}></activation-panel>` : nothing
      case 'service':
        return html`<service-panel
          .shown=${shown}
          ?mayRecord=${shown.actions.includes('record-service')}
          .record=${async (request: ServiceRecord) => this.adopt(await this.api.recordService(shown.id, request))}
        ></service-panel>`
      case 'block':
        return this.#block()
      case 'address':
        return shown.contactChange ? html`<contact-panel .change=${shown.contactChange}></contact-panel>` : nothing
      case 'elsewhere':
        return this.#elsewhere()
      case 'ended':
        return this.#ended()
    }
  }

  #confirmation() {
    const { confirmation } = this.shown
    if (!confirmation) return nothing
    return html`<div class="confirm">
      <p>${say({ id: 'Minta warga mengetik kode ini di ponselnya, supaya pasti ponsel ini miliknya:', en: 'Ask the resident to type this code on the phone, so that it is surely theirs:' })}</p>
      <p class="code" aria-label=${say({ id: 'Kode kasus', en: 'Case code' })}>${confirmation.code}</p>
      <p>${say({ id: 'Tanyakan: benarkah e-mail dan nomor telepon di samping milik warga?', en: 'Ask: are the e-mail and phone number beside really the resident’s?' })}</p>
      <p class="waiting">${say({ id: 'Menunggu konfirmasi dari ponsel…', en: 'Waiting for the phone to confirm…' })}</p>
      <p class="muted">${say({ id: `Sisa percobaan kode: ${confirmation.triesLeft}`, en: `Tries left: ${confirmation.triesLeft}` })}</p>
    </div>`
  }

  #capture() {
    const { shown } = this
    const last = newestCapture(shown)
    return html`<div class="stack">
      ${last ? html`<capture-result .capture=${last}></capture-result>` : nothing}
      ${this.covered
        ? nothing
        : html`<face-capture
            .port=${{
              start: () => this.api.startCapture(shown.id),
              submit: (captureId: string, frames: Parameters<DeskApi['submitCapture']>[2]) => this.api.submitCapture(shown.id, captureId, frames),
            }}
            .openGuide=${this.openGuide}
            .attemptsLeft=${shown.captureAttemptsLeft}
            ?automatic=${last === undefined}
            ?resting=${this.resting}
          ></face-capture>`}
    </div>`
  }

  #result() {
    const { shown } = this
    const twoPeople = twoPeopleText[shown.kind]
    const last = newestCapture(shown)
    return html`<div class="stack">
      ${this.#supervision()}
      ${last
        ? html`<capture-result .capture=${last} .reference=${this.reference} .liveFrame=${this.liveFrame} ?released=${isReferenceReleased(shown)} ?last=${shown.supervisorDue}></capture-result>`
        : isReferenceReleased(shown)
          ? html`<face-pair .reference=${this.reference} uncaptured></face-pair>`
          : nothing}
      ${shown.supervisorDue && !shown.supervision ? this.#supervisorDue() : nothing}
      ${isReferenceWithheld(shown) ? html`<p><strong>${say(referenceWithheldText.heading)}</strong> ${say(referenceWithheldText.text)}</p>` : nothing}
      ${needsSupervisorAnyway(shown) && twoPeople ? html`<p>${say(twoPeople)}</p>` : nothing}
    </div>`
  }

  #supervision() {
    const { supervision } = this.shown
    if (!supervision) return nothing
    return html`<ikd-notice
      kind=${supervision.approvedBy ? 'success' : 'info'}
      heading=${supervision.approvedBy
        ? say({ id: `Disetujui supervisor: ${supervision.approvedBy}`, en: `Approved by the supervisor: ${supervision.approvedBy}` })
        : say({ id: 'Menunggu supervisor', en: 'Waiting for a supervisor' })}
    >
      <p>${supervision.outcome === 'approve' ? say({ id: 'Hasil yang diminta: setuju.', en: 'Outcome asked for: approve.' }) : say({ id: 'Hasil yang diminta: tolak.', en: 'Outcome asked for: refuse.' })} ${supervision.reason}</p>
    </ikd-notice>`
  }

  /** Who has it, and what can be done from here; the camera is at that desk. */
  #elsewhere() {
    const { actions } = this.shown
    const who = `${isolate(this.shown.officer.name)}, ${isolate(this.shown.workstation)}`
    const last = newestCapture(this.shown)
    const heading = this.lost
      ? say({ id: `Kasus ini diambil alih: ${who}`, en: `This case was taken over: ${who}` })
      : say({ id: `Ditangani ${who}`, en: `Handled by ${who}` })
    return html`<div class="stack">
      <ikd-notice kind=${this.lost ? 'warning' : 'info'} heading=${heading}>
        <p>
          ${actions.includes('give-approval')
            ? say({ id: 'Bandingkan kedua gambar dan setujui dari sini; di loket petugas tidak ada yang perlu Anda ketik.', en: 'Compare both pictures and approve from here; you need not type anything at the officer’s desk.' })
            : say({ id: 'Di sini kasus ini hanya dapat dilihat. Ambil alih hanya bila Anda yang melanjutkan melayani warga.', en: 'Here this case can only be looked at. Take it over only if you go on serving the resident.' })}
        </p>
      </ikd-notice>
      ${this.#supervision()}
      ${last ? html`<capture-result .capture=${last}></capture-result>` : nothing}
    </div>`
  }

  #supervisorDue() {
    const { heading, text } = supervisorDueText(this.shown)
    return html`<ikd-notice kind="info" heading=${say(heading)}>
      <p>${say(text)}</p>
      <p>${say({ id: 'Katakan kepada warga:', en: 'Say to the resident:' })} “${say(supervisorComesText)}”</p>
    </ikd-notice>`
  }

  #block() {
    const { phone, block, resident } = this.shown
    return html`<div class="stack">
      <p>${say({ id: 'Pastikan dulu siapa yang meminta: cocokkan KTP-el, KK, atau surat kehilangan dengan data di samping.', en: 'First make sure who asks: compare KTP-el, family card or loss report with the data beside.' })}</p>
      <ikd-notice kind="warning" heading=${say({ id: 'IKD di ponsel ini langsung mati', en: 'IKD on this phone is dead at once' })}>
        <p>
          ${say({ id: `Ponsel ${resident?.name ?? ''}${phone ? `, terpasang ${formatDateTime(phone.boundAt)}` : ''}.`, en: `${resident?.name ?? ''}’s phone${phone ? `, bound ${formatDateTime(phone.boundAt)}` : ''}.` })}
          ${say({ id: 'Warga yang hanya ingin berhenti sementara dapat menangguhkan sendiri dan membukanya lagi sendiri.', en: 'A resident who only wants to pause can suspend and resume it themselves.' })}
        </p>
      </ikd-notice>
      ${block
        ? html`<p class="muted">${say({ id: `Jatah jam ini: Anda ${block.officerLeft} lagi, kantor ini ${block.officeLeft} lagi.`, en: `Left this hour: ${block.officerLeft} for you, ${block.officeLeft} for this office.` })}</p>`
        : nothing}
    </div>`
  }

  #ended() {
    const { shown } = this
    const good = shown.state === 'completed'
    const result = completedText[shown.kind]
    return html`<div class="stack">
      <ikd-notice kind=${good ? 'success' : 'info'} heading=${caseStateText(shown.state)}>
        ${shown.decision ? html`<p><bdi>${shown.decision.officer}</bdi>${shown.decision.reason ? html`: <bdi>${shown.decision.reason}</bdi>` : ''}</p>` : nothing}
        ${good && result && shown.block?.reason !== 'deceased' ? html`<p>${say(result)}</p>` : nothing}
        ${good && shown.contactChange ? html`<p><strong>${shown.contactChange.newMasked}</strong></p>` : nothing}
        ${good && shown.block?.reason ? html`<p>${blockReasonText(shown.block.reason)}</p>` : nothing}
        ${visitReceipt(shown) ? html`<p><a href=${fragmentOf({ at: 'receipt', caseId: shown.id })}>${say({ id: 'Cetak tanda terima', en: 'Print the receipt' })}</a></p>` : nothing}
      </ikd-notice>
      ${shown.serviceRequests.length > 0 ? html`<service-panel .shown=${shown}></service-panel>` : nothing}
    </div>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .confirm {
        display: grid;
        justify-items: center;
        gap: var(--ikd-space-3);
        text-align: center;
      }
      .waiting {
        font-weight: 600;
        color: var(--ikd-link);
      }
      .code {
        font-size: 5rem;
        line-height: 1.1;
        font-weight: 700;
        letter-spacing: 0.12em;
        font-variant-numeric: tabular-nums;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'case-step': CaseStepPart
  }
}
