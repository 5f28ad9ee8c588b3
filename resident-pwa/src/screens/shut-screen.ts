import '../components/office-list.ts'
import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Screen } from '../components/screen.ts'
import { paths } from '../navigation/decide.ts'

export const tag = 'ikd-shut-screen'

/** The server no longer answers to this phone: blocked by an officer, or replaced by another phone. */
@customElement(tag)
export class ShutScreen extends Screen {
  protected heading() {
    return say({ id: 'IKD di ponsel ini diblokir', en: 'IKD on this phone is blocked' })
  }

  protected body() {
    return html`
      <p>
        ${say({
          id: 'IKD Anda sudah diaktifkan di ponsel lain, atau petugas memblokir ponsel ini. Bila bukan Anda yang meminta, hubungi kantor sekarang.',
          en: 'Your IKD was activated on another phone, or an officer blocked this one. If you did not ask for it, contact the office now.',
        })}
      </p>
      <ikd-button @click=${() => this.ports.navigator.go(paths.register)}>
        ${say({ id: 'Daftarkan ponsel ini lagi', en: 'Register this phone again' })}
      </ikd-button>
      <ikd-office-list .client=${this.ports.open}></ikd-office-list>
    `
  }
}
