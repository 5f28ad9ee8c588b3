import '../components/admin-sessions.ts'
import '../components/admin-staff.ts'
import '../components/admin-workstations.ts'
import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { deskStyles } from '../components/desk-styles.ts'
import type { Desk } from '../desk/desk.ts'

/** An admin's work for the own office: its staff, who is signed in, its workstations. The server says who may. */
@customElement('admin-screen')
export class AdminScreen extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk

  override render() {
    const { admin, session } = this.desk
    const now = session.state.value
    return html`<div class="stack">
      <h1>${say({ id: 'Administrasi kantor', en: 'Administration of the office' })}</h1>
      <div class="parts">
        <ikd-card heading=${say({ id: 'Petugas', en: 'Staff' })}><admin-staff .api=${admin} ownId=${'session' in now ? now.session.staff.id : ''}></admin-staff></ikd-card>
        <ikd-card heading=${say({ id: 'Sedang masuk', en: 'Signed in now' })}><admin-sessions .api=${admin}></admin-sessions></ikd-card>
        <ikd-card heading=${say({ id: 'Loket', en: 'Workstations' })}><admin-workstations .api=${admin}></admin-workstations></ikd-card>
      </div>
    </div>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr));
        gap: var(--ikd-space-4);
        align-items: start;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'admin-screen': AdminScreen
  }
}
