import type { Case } from '@ikd/contract'
import { baseStyles, formatTime, LocalisedElement, mailStateText, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { activationProgress } from '../view/activation-progress.ts'
import { deskStyles } from './desk-styles.ts'

/** How the resident is getting on after the approval, live. */
@customElement('activation-panel')
export class ActivationPanel extends LocalisedElement {
  @property({ attribute: false }) activation!: NonNullable<Case['activation']>

  override render() {
    const { activation } = this
    const signs = { done: '✓', now: '…', waiting: '○', failed: '✕' } as const
    const words = {
      done: say({ id: 'selesai', en: 'done' }),
      now: say({ id: 'sedang berlangsung', en: 'in progress' }),
      waiting: say({ id: 'menunggu', en: 'waiting' }),
      failed: say({ id: 'gagal', en: 'failed' }),
    } as const
    return html`<div class="stack">
      <ol aria-live="polite">
        ${activationProgress(activation).map(
          ({ text, state }) => html`<li data-state=${state}>
            <span class="sign" aria-hidden="true">${signs[state]}</span>${say(text)}<span class="visually-hidden"> (${words[state]})</span>
          </li>`,
        )}
      </ol>
      ${activation.duplicates === 'held' || activation.duplicates === 'stuck' ? this.#waiting(activation.duplicates) : nothing}
      ${activation.mail === 'bounced'
        ? html`<ikd-notice kind="error" heading=${mailStateText('bounced')}>
            <p>${say({ id: `Server penerima menolak ${activation.emailMasked}${activation.mailFailure ? ` (${activation.mailFailure})` : ''}. Tanyakan alamat yang benar sebelum warga pergi.`, en: `The receiving server refused ${activation.emailMasked}${activation.mailFailure ? ` (${activation.mailFailure})` : ''}. Ask for the right address before the resident leaves.` })}</p>
          </ikd-notice>`
        : html`<p>
            ${mailStateText(activation.mail)}: <strong>${activation.emailMasked}</strong>
            ${activation.mail === 'queued' && activation.mailAttempts > 0 && activation.nextMailAt
              ? say({ id: ` · percobaan ke-${activation.mailAttempts}, berikutnya ${formatTime(activation.nextMailAt)}`, en: ` · attempt ${activation.mailAttempts}, next at ${formatTime(activation.nextMailAt)}` })
              : nothing}
            ${activation.codeExpiresAt ? say({ id: ` · kode berlaku sampai ${formatTime(activation.codeExpiresAt)}`, en: ` · code valid until ${formatTime(activation.codeExpiresAt)}` }) : nothing}
          </p>`}
      <p class="muted">${activation.mail === 'bounced' ? nothing : say({ id: `Kode baru dapat dikirim ${activation.resendsLeft} kali lagi.`, en: `A new code can be sent ${activation.resendsLeft} more times.` })} ${say({ id: 'Kasus ini tetap dipantau; warga berikutnya boleh dilayani.', en: 'This case stays watched; the next resident may come.' })}</p>
    </div>`
  }

  #waiting(why: 'held' | 'stuck') {
    return html`<ikd-notice kind="warning" heading=${say({ id: 'E-mail belum dikirim', en: 'The e-mail has not been sent' })}>
      <p>
        ${why === 'held'
          ? say({ id: 'Minta supervisor yang tidak ikut dalam kasus ini membuka menu Supervisor dan membandingkan kedua foto. Setelah diputuskan “orang yang berbeda”, e-mail langsung terkirim.', en: 'Ask a supervisor with no part in this case to open Supervisor and compare both photographs. Once it is decided that they are different people, the mail leaves at once.' })
          : say({ id: 'Pemeriksaan wajah ganda terus diulang dan e-mail terkirim begitu berhasil. Bila warga tidak dapat menunggu, supervisor dapat melepasnya di menu Supervisor.', en: 'The search for a duplicate face is tried again and again, and the mail leaves as soon as it succeeds. If the resident cannot wait, a supervisor can let it go under Supervisor.' })}
      </p>
    </ikd-notice>`
  }

  static override readonly styles = [
    baseStyles,
    deskStyles,
    css`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
        display: grid;
        gap: var(--ikd-space-2);
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--ikd-space-3);
        padding: var(--ikd-space-2) var(--ikd-space-3);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius-small);
        color: var(--ikd-text-muted);
      }
      .sign {
        inline-size: 1.5rem;
        text-align: center;
        font-weight: 700;
      }
      [data-state='done'] {
        color: var(--ikd-text);
        background: var(--ikd-success-soft);
      }
      [data-state='done'] .sign {
        color: var(--ikd-success);
      }
      [data-state='now'] {
        color: var(--ikd-text);
        border-color: var(--ikd-primary);
        font-weight: 600;
      }
      [data-state='failed'] {
        color: var(--ikd-danger);
        border-color: currentColor;
        font-weight: 600;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'activation-panel': ActivationPanel
  }
}
