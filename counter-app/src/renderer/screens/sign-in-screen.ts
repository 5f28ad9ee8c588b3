import '../components/sign-in-form.ts'
import type { Workstation } from '@ikd/contract'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import type { Desk } from '../desk/desk.ts'

@customElement('sign-in-screen')
export class SignInScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) workstation!: Workstation

  override render() {
    return html`<div class="narrow">
      <ikd-card>
        <h1>${say({ id: 'Masuk loket', en: 'Sign in to the desk' })}</h1>
        <p class="muted where"><bdi>${this.workstation.office.name}</bdi> · <bdi>${this.workstation.label}</bdi></p>
        <sign-in-form .desk=${this.desk}></sign-in-form>
      </ikd-card>
    </div>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .where {
        margin-block-end: var(--ikd-space-4);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'sign-in-screen': SignInScreen
  }
}
