import './account-proof.ts'
import type { AccountProof, FactorKind } from '@ikd/contract'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { AccountApi } from '../desk/account-api.ts'
import type { Passkeys } from '../host/passkeys.ts'
import { factorText } from '../texts/staff-texts.ts'
import { deskStyles } from './desk-styles.ts'

/** Which second step is to go. */
export interface Removal {
  readonly id: string
  readonly kind: FactorKind
}

/**
 * Takes a second step away, for a proof of one, and with it every session elsewhere.
 *
 * @fires factor-removed
 * @fires dialog-closed when it was waved away
 */
@customElement('remove-factor-dialog')
export class RemoveFactorDialog extends LocalisedElement {
  @property({ attribute: false }) api!: AccountApi
  @property({ attribute: false }) passkeys: Passkeys | undefined
  /** Open while there is one. */
  @property({ attribute: false }) removal: Removal | undefined

  override render() {
    const { removal } = this
    const name = removal ? factorText[removal.kind] : { id: '', en: '' }
    return html`<ikd-dialog ?open=${removal !== undefined} heading=${say({ id: `Hapus: ${name.id}`, en: `Remove: ${name.en}` })} @ikd-close=${this.#close}>
      ${removal
        ? html`<div class="stack">
            <p>
              ${say({
                id: 'Setelah dihapus, ini tidak dapat dipakai lagi untuk masuk, dan Anda dikeluarkan dari semua komputer lain.',
                en: 'Once removed it can no longer be used to sign in, and you are signed out on every other computer.',
              })}
            </p>
            <account-proof
              .api=${this.api}
              .act=${'remove-factor'}
              .factorId=${removal.id}
              .passkeys=${this.passkeys}
              .confirm=${{ id: 'Hapus', en: 'Remove' }}
              .use=${(proof: AccountProof | undefined) => this.#remove(removal, proof)}
              @proof-left=${this.#close}
            ></account-proof>
          </div>`
        : nothing}
    </ikd-dialog>`
  }

  async #remove({ id }: Removal, proof: AccountProof | undefined): Promise<void> {
    await this.api.removeFactor(id, proof)
    this.dispatchEvent(new CustomEvent('factor-removed', { bubbles: true, composed: true }))
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('dialog-closed', { bubbles: true, composed: true }))
  }

  static override readonly styles = [baseStyles, deskStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'remove-factor-dialog': RemoveFactorDialog
  }
}
