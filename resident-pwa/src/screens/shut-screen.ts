import '../components/office-list.ts'
import { say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Screen } from '../components/screen.ts'
import { mayRegisterAgain } from '../holder/holder-state.ts'
import { paths } from '../navigation/decide.ts'

export const tag = 'ikd-shut-screen'

/** The server no longer answers to this phone: blocked by an officer, or suspended by its holder. */
@customElement(tag)
export class ShutScreen extends Screen {
  protected heading() {
    return this.#suspended()
      ? say({ id: 'IKD di ponsel ini ditangguhkan', en: 'IKD on this phone is suspended' })
      : say({ id: 'IKD di ponsel ini diblokir', en: 'IKD on this phone is blocked' })
  }

  protected body() {
    return html`
      <p>
        ${this.#suspended()
          ? say({
              id: 'Penangguhan diminta lewat tautan e-mail atau kode resi. Untuk membukanya kembali, datang ke kantor dengan ponsel ini.',
              en: 'It was suspended through the e-mail link or the receipt code. To open it again, come to the office with this phone.',
            })
          : say({
              id: 'IKD Anda sudah diaktifkan di ponsel lain, atau petugas memblokir ponsel ini. Bila bukan Anda yang meminta, hubungi kantor sekarang.',
              en: 'Your IKD was activated on another phone, or an officer blocked this one. If you did not ask for it, contact the office now.',
            })}
      </p>
      ${mayRegisterAgain(this.ports.session.state.value)
        ? html`<ikd-button @click=${() => this.ports.navigator.go(paths.register)}>
            ${say({ id: 'Daftarkan ponsel ini lagi', en: 'Register this phone again' })}
          </ikd-button>`
        : nothing}
      <ikd-office-list .client=${this.ports.open}></ikd-office-list>
    `
  }

  #suspended(): boolean {
    const { value } = this.ports.session.state
    return value.at === 'shut' && value.code === 'device-suspended'
  }
}
