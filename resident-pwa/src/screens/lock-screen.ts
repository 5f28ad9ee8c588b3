import '../components/pin-entry.ts'
import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Screen } from '../components/screen.ts'
import { paths } from '../navigation/decide.ts'

export const tag = 'ikd-lock-screen'

/** The PIN, at every open. */
@customElement(tag)
export class LockScreen extends Screen {
  protected heading() {
    return say({ id: 'Masukkan PIN', en: 'Enter your PIN' })
  }

  protected body() {
    return html`
      <ikd-pin-entry
        .ports=${this.ports}
        .enter=${(pin: string) => this.ports.session.unlock(pin)}
        waitingFor=${say({ id: 'Membuka IKD', en: 'Opening IKD' })}
        pad
      ></ikd-pin-entry>
      <p class="muted small">
        ${say({
          id: 'Petugas tidak pernah menanyakan PIN Anda. Lupa PIN? Aktivasi diulang di kantor, dengan wajah Anda.',
          en: 'No officer ever asks for your PIN. Forgotten it? The activation is repeated at the office, with your face.',
        })}
      </p>
      <p class="muted small">
        ${say({ id: 'Ponsel lain hilang?', en: 'Another phone lost?' })}
        <a href=${paths.suspend}>${say({ id: 'Tangguhkan IKD di ponsel itu', en: 'Suspend IKD on that phone' })}</a>
      </p>
    `
  }
}
