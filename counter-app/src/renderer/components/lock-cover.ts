import './sign-in-form.ts'
import { baseStyles, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { Desk } from '../desk/desk.ts'
import type { LockReason, SessionState } from '../desk/session.ts'
import { deskStyles } from './desk-styles.ts'

const headings: Record<LockReason, Phrase> = {
  asked: { id: 'Loket terkunci', en: 'The desk is locked' },
  idle: { id: 'Loket terkunci', en: 'The desk is locked' },
  ended: { id: 'Masuk lagi', en: 'Sign in again' },
}

const texts: Record<LockReason, Phrase> = {
  asked: { id: 'Yang sudah Anda ketik tetap ada. Masuk untuk melanjutkan.', en: 'What you typed is still here. Sign in to go on.' },
  idle: { id: 'Lama tidak ada kegiatan, jadi layar ditutup. Yang sudah Anda ketik tetap ada.', en: 'Nobody worked here for a while, so the screen is covered. What you typed is still here.' },
  ended: { id: 'Sesi berakhir. Yang sudah Anda ketik tetap ada.', en: 'The session has ended. What you typed is still here.' },
}

/** What stands over a covered desk: who it was, and the way back in. Nothing of a resident is behind it. */
@customElement('lock-cover')
export class LockCover extends LocalisedElement {
  @property({ attribute: false }) desk!: Desk
  @property({ attribute: false }) state!: Extract<SessionState, { kind: 'locked' }>

  override render() {
    const { why, session } = this.state
    return html`<ikd-dialog open persistent heading=${say(headings[why])}>
      <p class="again">${say(texts[why])}</p>
      <sign-in-form .desk=${this.desk} .username=${session.staff.username}></sign-in-form>
      <p class="other">
        <button type="button" @click=${() => void this.desk.session.signOut()}>
          ${say({ id: 'Bukan Anda? Keluarkan dan mulai baru', en: 'Not you? Sign out and begin anew' })}
        </button>
      </p>
    </ikd-dialog>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      .again {
        margin-block-end: var(--ikd-space-3);
      }
      .other {
        margin-block-start: var(--ikd-space-4);
      }
      .other button {
        min-block-size: 2.75rem;
        padding-inline: 0;
        border: 0;
        background: transparent;
        color: var(--ikd-link);
        text-decoration: underline;
        cursor: pointer;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'lock-cover': LockCover
  }
}
