import './block-dialog.ts'
import './cancel-dialog.ts'
import './confirm-dialog.ts'
import './contact-dialog.ts'
import './email-dialog.ts'
import './own-approval-dialog.ts'
import './reason-dialog.ts'
import './supervise-dialog.ts'
import type { ApprovalStart, BlockReason, Case, CaseKind } from '@ikd/contract'
import { LocalisedElement, type Phrase } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ApprovalProof, DeskApi, NewContact } from '../desk/desk-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { takeoverText } from '../texts/case-texts.ts'
import { rebindingReason, refusalSuggestions, supervisorSuggestions, unblockingReason } from '../texts/case-button-texts.ts'
import type { CaseButton } from '../view/case-view.ts'

const dialogs = ['refuse', 'ask-supervisor', 'supervise', 'give-approval', 'take-over', 'correct-email', 'block', 'change-contact', 'cancel'] as const satisfies readonly CaseButton[]
export type CaseDialog = (typeof dialogs)[number]

export function opensDialog(button: CaseButton): button is CaseDialog {
  return dialogs.some((each) => each === button)
}

const expectedReason: Partial<Record<CaseKind, Phrase>> = { rebinding: rebindingReason, unblock: unblockingReason }

/** The case's dialogs. They stay in the page while closed, so that what was typed is still there when one is opened again. */
@customElement('case-dialogs')
export class CaseDialogs extends LocalisedElement {
  @property({ attribute: false }) api!: DeskApi
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) dialog: CaseDialog | undefined
  @property({ attribute: false }) adopt!: (answer: Case) => void

  override render() {
    const { api, shown, adopt } = this
    const { id } = shown
    return html`
      <reason-dialog
        ?open=${this.dialog === 'refuse'}
        .heading=${{ id: 'Tolak permohonan', en: 'Refuse the request' }}
        .confirm=${{ id: 'Tolak', en: 'Refuse' }}
        .danger=${true}
        .explanation=${{ id: 'Warga membaca alasan ini di ponselnya. Jelaskan dengan kata yang biasa.', en: 'The resident reads this reason on the phone. Use plain words.' }}
        .suggestions=${refusalSuggestions}
        .run=${async (reason: string) => adopt(await api.decide(id, 'refuse', reason))}
      ></reason-dialog>
      <reason-dialog
        ?open=${this.dialog === 'ask-supervisor'}
        .heading=${{ id: 'Minta persetujuan supervisor', en: 'Ask for a supervisor’s approval' }}
        .confirm=${{ id: 'Minta persetujuan', en: 'Ask' }}
        .explanation=${{ id: 'Supervisor menyetujui kasus ini saja, sebaiknya dari loketnya sendiri. Tulis mengapa menurut Anda orangnya benar.', en: 'A supervisor approves this case only, best from a desk of their own. Write why you believe this is the right person.' }}
        .suggestions=${shown.kind === 'unblock' ? [unblockingReason] : shown.kind === 'rebinding' ? [...supervisorSuggestions, rebindingReason] : supervisorSuggestions}
        .expected=${expectedReason[shown.kind]}
        .run=${async (reason: string) => adopt(await api.askSupervisor(id, 'approve', reason))}
      ></reason-dialog>
      <supervise-dialog
        ?open=${this.dialog === 'supervise'}
        .shown=${shown}
        .passkeys=${this.passkeys}
        .start=${(start: ApprovalStart) => api.startApproval(id, start)}
        .look=${(ticket: string) => api.lookForApproval(id, ticket)}
        .approve=${async (proof: ApprovalProof) => adopt(await api.approve(id, proof))}
      ></supervise-dialog>
      <own-approval-dialog
        ?open=${this.dialog === 'give-approval'}
        .shown=${shown}
        .passkeys=${this.passkeys}
        .start=${() => api.startApproval(id, { outcome: shown.supervision?.outcome ?? 'approve', way: 'own-desk' })}
        .look=${(ticket: string) => api.lookForApproval(id, ticket)}
        .approve=${async (proof: ApprovalProof) => adopt(await api.approve(id, proof))}
      ></own-approval-dialog>
      <confirm-dialog
        ?open=${this.dialog === 'take-over'}
        .heading=${{ id: 'Ambil alih kasus?', en: 'Take the case over?' }}
        .confirm=${{ id: 'Ambil alih', en: 'Take over' }}
        .explanation=${takeoverText(shown)}
        .run=${async () => adopt(await api.takeOver(id, shown.version))}
      ></confirm-dialog>
      <email-dialog
        ?open=${this.dialog === 'correct-email'}
        known=${shown.activation?.emailMasked ?? ''}
        .run=${async (email: string) => adopt(await api.correctEmail(id, email))}
      ></email-dialog>
      <block-dialog ?open=${this.dialog === 'block'} .shown=${shown} .run=${async (reason: BlockReason) => adopt(await api.block(id, reason))}></block-dialog>
      <contact-dialog
        ?open=${this.dialog === 'change-contact'}
        .shown=${shown}
        .run=${async (contact: NewContact) => adopt(await api.changeContact(id, contact))}
      ></contact-dialog>
      <cancel-dialog ?open=${this.dialog === 'cancel'} .run=${async (reason: Parameters<DeskApi['cancel']>[1]) => adopt(await api.cancel(id, reason))}></cancel-dialog>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'case-dialogs': CaseDialogs
  }
}
