import './face-pair.ts'
import './second-step.ts'
import type { ApprovalDemand, Case } from '@ikd/contract'
import { baseStyles, captureOutcomeText, caseKindText, isolate, LocalisedElement, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ApprovalFaces } from '../desk/desk-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { approvalEffectText } from '../texts/phone-texts.ts'
import { newestCapture } from '../view/case-view.ts'
import { deskStyles } from './desk-styles.ts'
import type { StepProof } from './second-step.ts'

/**
 * Both pictures as the server gave them for this approval, what is approved, and the supervisor's second step.
 *
 * @fires step-back when the supervisor begins again
 */
@customElement('approval-step')
export class ApprovalStep extends LocalisedElement {
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) demand!: ApprovalDemand
  @property({ attribute: false }) faces!: ApprovalFaces
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @property({ attribute: false }) prove!: (proof: StepProof) => Promise<void>

  override render() {
    const { shown, demand, faces } = this
    const effect = approvalEffectText[shown.kind]
    const refuses = shown.supervision?.outcome === 'refuse'
    return html`<div class="stack">
      <div class="compared">
        <face-pair .reference=${faces.reference} .liveFrame=${faces.live} ?uncaptured=${faces.live === undefined}></face-pair>
        <div class="stack">
          ${this.#facts()}
          ${effect && !refuses ? html`<p class="blocks">${say(effect)}</p>` : nothing}
          <p>${say({ id: `${isolate(demand.supervisor)}, dengan langkah kedua Anda menyetujui persis ini, sekali.`, en: `${isolate(demand.supervisor)}, with your second step you approve exactly this, once.` })}</p>
        </div>
      </div>
      <second-step
        .kinds=${demand.kinds}
        .request=${demand.passkey}
        .passkeys=${this.passkeys}
        .prove=${this.prove}
        .confirm=${refuses ? { id: 'Setujui penolakan ini', en: 'Approve this refusal' } : { id: 'Setujui kasus ini', en: 'Approve this case' }}
      ></second-step>
    </div>`
  }

  #facts() {
    const { supervision, resident, kind, officer, workstation } = this.shown
    const last = newestCapture(this.shown)
    return html`<dl>
      <dt>${say({ id: 'Warga', en: 'Resident' })}</dt>
      <dd>${resident?.name ?? '—'} ${resident ? `(${resident.nikMasked})` : ''}</dd>
      <dt>${say({ id: 'Hasil server', en: 'The server’s result' })}</dt>
      <dd>${last ? captureOutcomeText(last.outcome) : say({ id: 'Wajah belum dibandingkan', en: 'No face compared yet' })}</dd>
      <dt>${say({ id: 'Kasus', en: 'Case' })}</dt>
      <dd>${caseKindText(kind)}</dd>
      <dt>${say({ id: 'Diminta', en: 'Asked for' })}</dt>
      <dd>${supervision?.outcome === 'refuse' ? say({ id: 'Menolak', en: 'To refuse' }) : say({ id: 'Menyetujui', en: 'To approve' })}</dd>
      <dt>${say({ id: 'Petugas', en: 'Officer' })}</dt>
      <dd><bdi>${officer.name}</bdi> · <bdi>${workstation}</bdi></dd>
      <dt>${say({ id: 'Alasan petugas', en: 'Officer’s reason' })}</dt>
      <dd>${supervision?.reason ?? '—'}</dd>
    </dl>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      /* Faces are compared here: as large as a screen 768 pixels high has room for, with the button in sight. */
      .compared {
        display: grid;
        grid-template-columns: auto minmax(14rem, 1fr);
        gap: var(--ikd-space-4);
        align-items: start;
      }
      face-pair {
        --face-size: 15rem;
      }
      .blocks {
        font-weight: 600;
      }
      @media (max-width: 56rem) {
        .compared {
          grid-template-columns: 1fr;
        }
        face-pair {
          --face-size: min(15rem, 38vw, 33dvh);
          justify-content: center;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'approval-step': ApprovalStep
  }
}
