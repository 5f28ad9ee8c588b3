import '../components/desk-confirmation.ts'
import '../components/activation-code.ts'
import '../components/office-list.ts'
import '../components/pin-creation.ts'
import '../components/resumption.ts'
import '../components/status-steps.ts'
import type { DeviceState, DeviceStatus } from '@ikd/contract'
import { Doing, formatDateTime, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Observing } from '../components/observing.ts'
import { pinLocked } from '../components/pin-locked.ts'
import { problemNotice } from '../components/problem-notice.ts'
import { registrationQr } from '../components/registration-qr.ts'
import { Screen } from '../components/screen.ts'
import { findStatus, mayRegisterAgain } from '../holder/holder-state.ts'
import { paths } from '../navigation/decide.ts'
import { endingText, reasonText, statusHeading } from '../texts/status-text.ts'

export const tag = 'ikd-status-screen'

/** *Periksa status*: where the registration stands, live, and the one thing to do now. */
@customElement(tag)
export class StatusScreen extends Screen {
  readonly #session = new Observing(this, () => this.ports.session.state)
  readonly #checking = new Doing(this)
  #shown: DeviceState | undefined

  get #status(): DeviceStatus | undefined {
    return findStatus(this.#session.value)
  }

  protected heading() {
    return this.#status ? statusHeading(this.#status.state, this.#status.activation?.mail) : say({ id: 'Periksa status', en: 'Check status' })
  }

  protected body() {
    const status = this.#status
    if (!status) return nothing
    return html`
      <div class="stack">${this.#now(status)}</div>
      <ikd-status-steps .state=${status.state}></ikd-status-steps>
      ${status.state === 'suspended' || status.state === 'blocked' ? nothing : this.#receipt(status)}
      ${problemNotice(this.#checking.problem)}
      <ikd-button variant="secondary" ?busy=${this.#checking.busy} @click=${this.#check}>
        ${say({ id: 'Periksa status', en: 'Check status' })}
      </ikd-button>
      ${status.state === 'registered' || status.state === 'suspended' || endingText(status.state)
        ? html`<ikd-office-list
            .client=${this.ports.open}
            .heading=${status.state === 'registered' ? say({ id: 'Ke mana Anda dapat datang', en: 'Where you can go' }) : ''}
          ></ikd-office-list>`
        : nothing}
    `
  }

  /** A new step is a new page to the person: say it, and begin reading at its heading. */
  protected override updated(): void {
    super.updated()
    const state = this.#status?.state
    if (this.#shown !== undefined && state !== this.#shown) this.focusHeading()
    this.#shown = state
  }

  #now(status: DeviceStatus) {
    switch (status.state) {
      case 'registered':
        return this.#bring(status)
      case 'at-desk':
        return html`<ikd-desk-confirmation .ports=${this.ports} .status=${status}></ikd-desk-confirmation>`
      case 'in-review':
        return this.#review(status)
      case 'approved':
      case 'link-opened':
      case 'link-confirmed':
        return html`<ikd-activation-code .ports=${this.ports} .status=${status}></ikd-activation-code>`
      case 'awaiting-pin':
        return html`<ikd-pin-creation .ports=${this.ports}></ikd-pin-creation>`
      case 'active':
        return nothing
      case 'suspended':
        if (status.pinLocked) return pinLocked(this.ports)
        return html`<ikd-resumption .ports=${this.ports} .suspension=${status.suspension} .registrationId=${status.registrationId}></ikd-resumption>`
      case 'refused':
      case 'cancelled':
      case 'expired':
      case 'blocked':
        return this.#ended(status)
    }
  }

  #bring(status: DeviceStatus) {
    return html`
      ${registrationQr(this.ports, status.registrationId)}
      <ikd-card heading=${say({ id: 'Yang dibawa', en: 'What to bring' })}>
        <ul>
          <li>${say({ id: 'Ponsel ini, dengan internet', en: 'This phone, with internet' })}</li>
          <li>${say({ id: `E-mail yang dapat Anda buka: ${status.emailMasked}`, en: `The e-mail you can open: ${status.emailMasked}` })}</li>
          <li>${say({ id: 'KTP-el atau Kartu Keluarga, bila ada', en: 'Your KTP-el or family card, if you have it' })}</li>
        </ul>
      </ikd-card>
    `
  }

  #review(status: DeviceStatus) {
    return html`
      <p>
        ${say({
          id: 'Ikuti petunjuk petugas: lihat ke kamera di loket. Halaman ini berubah sendiri setelah petugas memutuskan.',
          en: 'Follow the officer: look into the camera at the desk. This page changes by itself once the officer has decided.',
        })}
      </p>
      ${status.desk ? html`<p class="muted"><bdi>${status.desk.office.name}</bdi> · <bdi>${status.desk.workstation}</bdi> · <bdi>${status.desk.officer}</bdi></p>` : nothing}
      <ikd-progress label=${say({ id: 'Menunggu keputusan petugas', en: 'Waiting for the officer’s decision' })}></ikd-progress>
    `
  }

  #ended(status: DeviceStatus) {
    const reason = status.reason === undefined ? undefined : reasonText(status.reason)
    return html`
      <ikd-notice kind="warning" heading=${reason ?? statusHeading(status.state)}><p>${endingText(status.state)}</p></ikd-notice>
      ${status.state === 'blocked' && !status.pinLocked ? this.#unblock(status) : nothing}
      ${mayRegisterAgain(this.#session.value)
        ? html`<ikd-button @click=${() => this.ports.navigator.go(paths.register)}>${say({ id: 'Daftar lagi', en: 'Register again' })}</ikd-button>`
        : nothing}
    `
  }

  /** An officer's block is undone by two, with this phone at their desk. */
  #unblock(status: DeviceStatus) {
    return html`<ikd-card heading=${say({ id: 'Ponsel sudah kembali pada Anda?', en: 'You have the phone again?' })}>
      <p>
        ${say({
          id: 'Bila IKD belum diaktifkan di ponsel lain, kantor dapat membukanya kembali. Datang dengan ponsel ini dan KTP-el.',
          en: 'If IKD has not been activated on another phone, an office can open it again. Come with this phone and your KTP-el.',
        })}
      </p>
      ${registrationQr(this.ports, status.registrationId)}
    </ikd-card>`
  }

  #receipt(status: DeviceStatus) {
    return html`<ikd-card heading=${say({ id: 'Kode resi', en: 'Receipt code' })}>
      <p class="code">${status.receiptCode}</p>
      <p class="muted small">
        ${say({
          id: 'Catat kode ini di kertas. Kalau nanti ponsel hilang, kode ini menangguhkan IKD Anda. Ini bukan kode aktivasi.',
          en: 'Note this code on paper. If you lose the phone later, it suspends your IKD. It is not the activation code.',
        })}
      </p>
      <p class="muted small">
        ${say({ id: 'Terdaftar', en: 'Registered' })} ${formatDateTime(status.registeredAt)} · ${status.emailMasked} · ${status.phoneMasked}
      </p>
    </ikd-card>`
  }

  readonly #check = (): void => {
    void this.#checking.run(() => this.ports.session.refresh())
  }
}
