import './confirm-dialog.ts'
import './one-time-code.ts'
import type { OfficeMember } from '@ikd/contract'
import { baseStyles, formatDateTime, LocalisedElement, say } from '@ikd/ui'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AdminApi, OneTimeCode } from '../desk/admin-api.ts'
import { Loaded } from '../desk/loaded.ts'
import { factorText, roleText } from '../texts/staff-texts.ts'
import { type Question, question } from './confirm-dialog.ts'
import { deskStyles } from './desk-styles.ts'
import { loadedPart } from './loaded-part.ts'
import { rowStyles } from './row-styles.ts'

/** The staff of the office: who is locked, who has which second step, and what an admin does about it. */
@customElement('admin-staff')
export class AdminStaff extends LocalisedElement {
  @property({ attribute: false }) api!: AdminApi
  @property() ownId = ''
  @state() private asked: Question | undefined
  @state() private made: { readonly code: OneTimeCode; readonly name: string } | undefined
  readonly #staff = new Loaded(this, () => this.api.staff())

  override render() {
    return html`${loadedPart(this.#staff, say({ id: 'Memuat petugas…', en: 'Loading staff…' }), (staff) => html`<ul class="rows">${staff.map((member) => this.#member(member))}</ul>`)}
    ${question(this.asked, () => (this.asked = undefined))}
    ${this.made
      ? html`<one-time-code
          .made=${this.made.code}
          .heading=${{ id: 'Kode penyiapan', en: 'Setup code' }}
          .explanation=${{
            id: `Berikan langsung kepada ${this.made.name}, jangan lewat pesan. Diketik sekali saat masuk berikutnya, lalu langkah kedua dipasang.`,
            en: `Give it to ${this.made.name} in person, not by message. It is typed once at the next sign-in, and a second step is set up.`,
          }}
          @code-done=${() => (this.made = undefined)}
        ></one-time-code>`
      : nothing}`
  }

  #member(member: OfficeMember) {
    const { name, username, role, factors, lockedAt, setupCodeUntil } = member
    return html`<li>
      <div>
        <p><strong>${name}</strong> · ${say(roleText[role])} · <span class="muted">${username}</span></p>
        <p class="muted">
          ${factors.length > 0
            ? say({ id: `Langkah kedua: ${factors.map((kind) => factorText[kind].id).join(', ')}`, en: `Second step: ${factors.map((kind) => factorText[kind].en).join(', ')}` })
            : say({ id: 'Belum punya langkah kedua', en: 'No second step yet' })}${setupCodeUntil ? say({ id: ` · kode penyiapan berlaku sampai ${formatDateTime(setupCodeUntil)}`, en: ` · setup code good until ${formatDateTime(setupCodeUntil)}` }) : nothing}
        </p>
        ${lockedAt ? html`<p class="bad">${say({ id: `Terkunci sejak ${formatDateTime(lockedAt)}`, en: `Locked since ${formatDateTime(lockedAt)}` })}</p>` : nothing}
      </div>
      <div class="row">
        ${lockedAt ? html`<ikd-button @click=${() => (this.asked = this.#unlocking(member))}>${say({ id: 'Buka kunci…', en: 'Unlock…' })}</ikd-button>` : nothing}
        ${member.id === this.ownId
          ? nothing
          : html`<ikd-button variant="secondary" @click=${() => (this.asked = this.#resetting(member))}>${say({ id: 'Atur ulang langkah kedua…', en: 'Reset the second step…' })}</ikd-button>`}
      </div>
    </li>`
  }

  #unlocking({ id, name }: OfficeMember): Question {
    return {
      heading: { id: `Buka kunci ${name}`, en: `Unlock ${name}` },
      explanation: {
        id: 'Tanyakan dulu kepada orangnya apakah ia sendiri yang salah mengetik. Bila bukan, minta ia mengganti kata sandi.',
        en: 'First ask the person whether it was they who mistyped. If it was not, have them change the password.',
      },
      confirm: { id: 'Buka kunci', en: 'Unlock' },
      run: async () => {
        await this.api.unlock(id)
        await this.#staff.refetch()
      },
    }
  }

  #resetting({ id, name }: OfficeMember): Question {
    return {
      heading: { id: `Atur ulang langkah kedua ${name}`, en: `Reset ${name}’s second step` },
      explanation: {
        id: 'Aplikasi autentikator dan kunci sandi lama tidak berlaku lagi, dan sesinya diakhiri. Lakukan hanya bila orangnya ada di hadapan Anda.',
        en: 'The old authenticator app and passkeys stop working and the sessions end. Do it only with the person before you.',
      },
      confirm: { id: 'Atur ulang', en: 'Reset' },
      run: async () => {
        this.made = { code: await this.api.resetFactors(id), name }
        await this.#staff.refetch()
      },
    }
  }

  static override readonly styles = [baseStyles, deskStyles, rowStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'admin-staff': AdminStaff
  }
}
