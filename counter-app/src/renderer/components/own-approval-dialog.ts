import './approval-step.ts'
import type { ApprovalDemand, Case } from '@ikd/contract'
import { baseStyles, Doing, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ApprovalFaces, ApprovalProof } from '../desk/desk-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'
import type { StepProof } from './second-step.ts'

/**
 * A supervisor at their own desk, in their own session: both pictures, large, and a fresh second step. The pictures are fetched when
 * it opens, which the resident hears of, and leave the page with it.
 *
 * @fires dialog-closed when it was waved away or its work is done
 */
@customElement('own-approval-dialog')
export class OwnApprovalDialog extends LocalisedElement {
  @property({ type: Boolean }) open = false
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @property({ attribute: false }) start!: () => Promise<ApprovalDemand>
  @property({ attribute: false }) look!: (ticket: string) => Promise<ApprovalFaces>
  @property({ attribute: false }) approve!: (proof: ApprovalProof) => Promise<void>
  @state() private begun: { readonly demand: ApprovalDemand; readonly faces: ApprovalFaces } | undefined
  readonly #beginning = new Doing(this)

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('open')) return
    this.begun = undefined
    this.#beginning.forget()
    if (this.open) void this.#begin()
  }

  override render() {
    return html`<ikd-dialog ?open=${this.open} heading=${say({ id: 'Bandingkan, lalu setujui', en: 'Compare, then approve' })} @ikd-close=${this.#close}>${this.open ? this.#content() : ''}</ikd-dialog>`
  }

  #content() {
    const { begun } = this
    if (begun) {
      return html`<approval-step
        .shown=${this.shown}
        .demand=${begun.demand}
        .faces=${begun.faces}
        .passkeys=${this.passkeys}
        .prove=${this.#prove}
        @step-back=${() => void this.#begin()}
      ></approval-step>`
    }
    if (this.#beginning.problem === undefined) return html`<ikd-progress label=${say({ id: 'Memuat kedua gambar…', en: 'Loading both pictures…' })}></ikd-progress>`
    return html`<div class="stack">
      ${problemNotice(this.#beginning.problem)}
      <div class="row">
        <ikd-button variant="secondary" @click=${() => void this.#begin()}>${say({ id: 'Coba lagi', en: 'Try again' })}</ikd-button>
        <ikd-button variant="quiet" @click=${this.#close}>${say({ id: 'Kembali', en: 'Back' })}</ikd-button>
      </div>
    </div>`
  }

  async #begin(): Promise<void> {
    this.begun = undefined
    const begun = await this.#beginning.run(async () => {
      const demand = await this.start()
      return { demand, faces: await this.look(demand.ticket) }
    })
    if (this.open) this.begun = begun
  }

  readonly #prove = async (proof: StepProof): Promise<void> => {
    if (!this.begun) return
    await this.approve({ ticket: this.begun.demand.ticket, ...proof })
    this.#close()
  }

  readonly #close = (): void => {
    this.open = false
    this.dispatchEvent(new CustomEvent('dialog-closed', { bubbles: true, composed: true }))
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      :host {
        --dialog-size: 64rem;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'own-approval-dialog': OwnApprovalDialog
  }
}
