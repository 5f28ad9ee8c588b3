import type { Case } from '@ikd/contract'
import { type Phrase, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ActionDialog } from './action-dialog.ts'

/** A supervisor's own password, for exactly this case and this outcome, once. */
@customElement('supervise-dialog')
export class SuperviseDialog extends ActionDialog {
  @property({ attribute: false }) shown!: Case
  @property({ attribute: false }) run!: (credentials: { username: string; password: string }) => Promise<void>
  @state() private username = ''
  @state() private password = ''
  protected override readonly heading: Phrase = { id: 'Persetujuan supervisor', en: 'A supervisor’s approval' }

  protected override get confirm(): Phrase {
    return this.#refuses() ? { id: 'Setujui penolakan ini', en: 'Approve this refusal' } : { id: 'Setujui kasus ini', en: 'Approve this case' }
  }

  protected override body() {
    const { supervision, resident } = this.shown
    return html`<dl>
        <dt>${say({ id: 'Warga', en: 'Resident' })}</dt>
        <dd>${resident?.name ?? '—'} ${resident ? `(${resident.nikMasked})` : ''}</dd>
        <dt>${say({ id: 'Diminta', en: 'Asked for' })}</dt>
        <dd>${this.#refuses() ? say({ id: 'Menolak', en: 'To refuse' }) : say({ id: 'Menyetujui', en: 'To approve' })}</dd>
        <dt>${say({ id: 'Alasan petugas', en: 'Officer’s reason' })}</dt>
        <dd>${supervision?.reason ?? '—'}</dd>
      </dl>
      <p>${say({ id: 'Masukkan nama pengguna dan kata sandi supervisor sendiri. Berlaku sekali, hanya untuk kasus dan hasil ini.', en: 'Enter the supervisor’s own username and password. It counts once, for this case and outcome only.' })}</p>
      <ikd-field
        label=${say({ id: 'Nama pengguna supervisor', en: 'Supervisor’s username' })}
        autocomplete="off"
        .value=${this.username}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.username = event.detail.value)}
      ></ikd-field>
      <ikd-field
        label=${say({ id: 'Kata sandi supervisor', en: 'Supervisor’s password' })}
        type="password"
        autocomplete="off"
        .value=${this.password}
        @ikd-input=${(event: CustomEvent<{ value: string }>) => (this.password = event.detail.value)}
      ></ikd-field>`
  }

  protected override isComplete(): boolean {
    return this.username.trim() !== '' && this.password !== ''
  }

  protected override async act(): Promise<void> {
    const { password } = this
    try {
      await this.run({ username: this.username.trim(), password })
    } finally {
      // Somebody else's password does not stay on this officer's screen.
      this.password = ''
    }
  }

  #refuses(): boolean {
    return this.shown.supervision?.outcome === 'refuse'
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'supervise-dialog': SuperviseDialog
  }
}
