import './confirm-dialog.ts'
import type { OfficeSession } from '@ikd/contract'
import { baseStyles, formatDateTime, formatTime, LocalisedElement, say } from '@ikd/ui'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AdminApi } from '../desk/admin-api.ts'
import { Loaded } from '../desk/loaded.ts'
import { roleText, sessionFactorText } from '../texts/staff-texts.ts'
import { type Question, question } from './confirm-dialog.ts'
import { deskStyles } from './desk-styles.ts'
import { loadedPart } from './loaded-part.ts'
import { rowStyles } from './row-styles.ts'

/** Who is signed in at this office, and the end of it. */
@customElement('admin-sessions')
export class AdminSessions extends LocalisedElement {
  @property({ attribute: false }) api!: AdminApi
  @state() private asked: Question | undefined
  readonly #sessions = new Loaded(this, () => this.api.sessions())

  override render() {
    return html`<div class="stack">
      ${loadedPart(this.#sessions, say({ id: 'Memuat sesi…', en: 'Loading sessions…' }), (sessions) => html`<ul class="rows">${sessions.map((session) => this.#session(session))}</ul>`)}
      <div><ikd-button variant="secondary" @click=${() => void this.#sessions.refetch()}>${say({ id: 'Muat lagi', en: 'Load again' })}</ikd-button></div>
      ${question(this.asked, () => (this.asked = undefined))}
    </div>`
  }

  #session(session: OfficeSession) {
    const { staff, workstation, startedAt, lastUsedAt, factor, own } = session
    return html`<li>
      <div>
        <p><strong><bdi>${staff.name}</bdi></strong> · ${say(roleText[staff.role])} · <bdi>${workstation.label}</bdi></p>
        <p class="muted">
          ${say({ id: `sejak ${formatDateTime(startedAt)} · terakhir dipakai ${formatTime(lastUsedAt)}`, en: `since ${formatDateTime(startedAt)} · last used ${formatTime(lastUsedAt)}` })} · ${say(sessionFactorText[factor])}
        </p>
      </div>
      ${own
        ? html`<p class="muted">${say({ id: 'Sesi Anda ini', en: 'This session of yours' })}</p>`
        : html`<ikd-button variant="secondary" @click=${() => (this.asked = this.#ending(session))}>${say({ id: 'Akhiri…', en: 'End…' })}</ikd-button>`}
    </li>`
  }

  #ending({ id, staff, workstation }: OfficeSession): Question {
    return {
      heading: { id: `Akhiri sesi ${staff.name}`, en: `End ${staff.name}’s session` },
      explanation: {
        id: `Layar di ${workstation.label} langsung tertutup. Yang sedang diketik di sana tetap ada bila ${staff.name} masuk lagi.`,
        en: `The screen at ${workstation.label} is covered at once. What is being typed there stays if ${staff.name} signs in again.`,
      },
      confirm: { id: 'Akhiri sesi', en: 'End the session' },
      run: async () => {
        await this.api.endSession(id)
        await this.#sessions.refetch()
      },
    }
  }

  static override readonly styles = [baseStyles, deskStyles, rowStyles]
}

declare global {
  interface HTMLElementTagNameMap {
    'admin-sessions': AdminSessions
  }
}
