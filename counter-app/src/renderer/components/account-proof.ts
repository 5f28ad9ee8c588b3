import './second-step.ts'
import { type AccountAct, type AccountProof, type AccountProofDemand, DomainError } from '@ikd/contract'
import { baseStyles, Doing, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AccountApi } from '../desk/account-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { deskStyles } from './desk-styles.ts'
import { problemNotice } from './problem-notice.ts'
import type { StepProof } from './second-step.ts'

/**
 * What is asked before the own account is changed: a proof of a second step that is there already, made for this act. Where
 * there is none yet, nothing is asked and the act goes on by itself.
 *
 * @fires proof-left when the person goes back
 */
@customElement('account-proof')
export class AccountProofStep extends LocalisedElement {
  @property({ attribute: false }) api!: AccountApi
  @property({ attribute: false }) act!: AccountAct
  @property() factorId: string | undefined
  @property({ attribute: false }) passkeys: Passkeys | undefined
  @property({ attribute: false }) confirm: Phrase = { id: 'Lanjut', en: 'Continue' }
  /** What the proof is for. */
  @property({ attribute: false }) use!: (proof: AccountProof | undefined) => Promise<void>
  @state() private demand: Extract<AccountProofDemand, { needs: 'factor' }> | undefined
  readonly #asking = new Doing(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#ask()
  }

  override render() {
    const { demand } = this
    if (demand) {
      return html`<div class="stack">
        <p>
          ${say({
            id: 'Buktikan dulu bahwa ini Anda, dengan langkah kedua yang sudah terpasang. Kode hanya untuk ini dan hanya sekali.',
            en: 'First prove that this is you, with a second step you have already. The code is for this alone, once.',
          })}
        </p>
        <second-step
          .kinds=${demand.kinds}
          .request=${demand.passkey}
          .passkeys=${this.passkeys}
          .confirm=${this.confirm}
          .back=${{ id: 'Kembali', en: 'Back' }}
          .prove=${this.#prove}
          @step-back=${this.#leave}
        ></second-step>
      </div>`
    }
    if (this.#asking.problem === undefined) return html`<ikd-progress label=${say({ id: 'Sebentar…', en: 'One moment…' })}></ikd-progress>`
    return html`<div class="stack">
      ${problemNotice(this.#asking.problem)}
      <div class="row"><ikd-button variant="secondary" @click=${this.#leave}>${say({ id: 'Kembali', en: 'Back' })}</ikd-button></div>
    </div>`
  }

  async #ask(): Promise<void> {
    await this.#asking.run(async () => {
      const demand = await this.api.startProof(this.act, this.factorId)
      if (demand.needs === 'nothing') return this.use(undefined)
      // Nobody of an office is without a second step but those who are setting it up.
      if (demand.needs === 'password') throw new DomainError('forbidden')
      this.demand = demand
    })
  }

  readonly #prove = async (proof: StepProof): Promise<void> => {
    if (this.demand) await this.use({ ticket: this.demand.ticket, ...proof })
  }

  readonly #leave = (): void => {
    this.dispatchEvent(new CustomEvent('proof-left', { bubbles: true, composed: true }))
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'account-proof': AccountProofStep
  }
}
