import './confirm-dialog.ts'
import './enrolment-form.ts'
import './one-time-code.ts'
import type { OfficeWorkstation, WorkstationPower } from '@ikd/contract'
import { baseStyles, formatDateTime, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AdminApi, OneTimeCode } from '../desk/admin-api.ts'
import { Loaded } from '../desk/loaded.ts'
import { powerText } from '../texts/staff-texts.ts'
import { type Question, question } from './confirm-dialog.ts'
import { deskStyles } from './desk-styles.ts'
import { loadedPart } from './loaded-part.ts'
import { rowStyles } from './row-styles.ts'

/** The office's workstations, a new one, and the end of one. */
@customElement('admin-workstations')
export class AdminWorkstations extends LocalisedElement {
  @property({ attribute: false }) api!: AdminApi
  @state() private asked: Question | undefined
  @state() private made: OneTimeCode | undefined
  readonly #known = new Loaded(this, () => this.api.workstations())

  override render() {
    return html`${loadedPart(
      this.#known,
      say({ id: 'Memuat loket…', en: 'Loading workstations…' }),
      ({ workstations, freeNumber, powers }) => html`<div class="stack">
        <ul class="rows">${workstations.map((each) => this.#workstation(each))}</ul>
        <h3>${say({ id: 'Loket baru', en: 'A new workstation' })}</h3>
        <enrolment-form
          .number=${freeNumber}
          .powers=${powers}
          .make=${(label: string, chosen: readonly WorkstationPower[]) => this.api.makeEnrolment(label, chosen)}
          @enrolment-made=${(event: CustomEvent<OneTimeCode>) => this.#promised(event.detail)}
        ></enrolment-form>
      </div>`,
    )}
    ${question(this.asked, () => (this.asked = undefined))}
    ${this.made
      ? html`<one-time-code
          .made=${this.made}
          .heading=${{ id: 'Kode pendaftaran loket', en: 'Enrolment code' }}
          .explanation=${{ id: 'Ketik kode ini di komputer baru, saat aplikasi loket pertama kali dibuka di sana.', en: 'Type this code on the new computer when the counter app opens there for the first time.' }}
          @code-done=${() => (this.made = undefined)}
        ></one-time-code>`
      : nothing}`
  }

  #promised(made: OneTimeCode): void {
    this.made = made
    // The number in its name is taken now.
    void this.#known.refetch()
  }

  #workstation(each: OfficeWorkstation) {
    const { label, powers, enrolledAt, lastSeenAt, revokedAt, own } = each
    return html`<li>
      <div>
        <p><strong>${label}</strong>${own ? html` · ${say({ id: 'loket ini', en: 'this one' })}` : nothing}</p>
        <p class="muted">${powers.map((power) => say(powerText[power].name)).join(', ')}</p>
        <p class="muted">
          ${say({ id: `terdaftar ${formatDateTime(enrolledAt)}`, en: `enrolled ${formatDateTime(enrolledAt)}` })} ·
          ${lastSeenAt ? say({ id: `terakhir dipakai ${formatDateTime(lastSeenAt)}`, en: `last used ${formatDateTime(lastSeenAt)}` }) : say({ id: 'belum pernah dipakai', en: 'never used' })}
        </p>
        ${revokedAt ? html`<p class="bad">${say({ id: `Dicabut ${formatDateTime(revokedAt)}`, en: `Revoked ${formatDateTime(revokedAt)}` })}</p>` : nothing}
      </div>
      ${revokedAt ? nothing : html`<ikd-button variant="secondary" @click=${() => (this.asked = this.#revoking(each))}>${say({ id: 'Cabut…', en: 'Revoke…' })}</ikd-button>`}
    </li>`
  }

  #revoking({ id, label, own }: OfficeWorkstation): Question {
    return {
      heading: { id: `Cabut ${label}`, en: `Revoke ${label}` },
      explanation: own
        ? {
            id: 'Ini komputer yang sedang Anda pakai: Anda langsung keluar, dan komputer ini perlu kode pendaftaran baru.',
            en: 'This is the computer you are using: you are signed out at once, and it needs a new enrolment code.',
          }
        : {
            id: 'Siapa pun yang sedang masuk di sana langsung keluar. Komputer itu perlu kode pendaftaran baru untuk dipakai lagi.',
            en: 'Whoever is signed in there is signed out at once. The computer needs a new enrolment code to be used again.',
          },
      confirm: { id: 'Cabut loket', en: 'Revoke' },
      run: async () => {
        await this.api.revokeWorkstation(id)
        await this.#known.refetch()
      },
    }
  }

  static override readonly styles = [baseStyles, deskStyles, rowStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'admin-workstations': AdminWorkstations
  }
}
