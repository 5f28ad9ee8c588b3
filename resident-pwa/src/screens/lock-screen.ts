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
          id: 'Petugas tidak pernah menanyakan PIN Anda. Lupa PIN?',
          en: 'No officer ever asks for your PIN. Forgotten it?',
        })}
        <a href=${paths.register}>${say({ id: 'Daftarkan ponsel ini lagi', en: 'Register this phone again' })}</a>
        ${say({
          id: 'dan datang ke kantor: aktivasi diulang dengan wajah Anda. PIN yang lama lalu tidak membuka apa pun lagi di ponsel ini.',
          en: 'and come to an office: the activation is repeated with your face. The old PIN then opens nothing on this phone any more.',
        })}
      </p>
      <p class="muted small">
        ${say({ id: 'Ponsel lain hilang?', en: 'Another phone lost?' })}
        <a href=${paths.suspend}>${say({ id: 'Tangguhkan IKD di ponsel itu', en: 'Suspend IKD on that phone' })}</a>
      </p>
    `
  }
}
