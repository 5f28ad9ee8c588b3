import type { ChallengeStep } from '@ikd/contract'
import { baseStyles, captureReasonForResident, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { type CustomerStep, type CustomerView, listenAsCustomer } from '../desk/customer-display.ts'
import { arrowForResident, challengeStepForResident } from '../texts/challenge-texts.ts'

const goingText: Record<CustomerStep, Phrase> = {
  'type-code': { id: 'Ketik kode ini di ponsel Anda', en: 'Type this code on your phone' },
  ...challengeStepForResident,
  again: { id: 'Kita coba sekali lagi', en: 'We will try once more' },
  checking: { id: 'Wajah Anda sedang diperiksa', en: 'Your face is being checked' },
  deciding: { id: 'Petugas sedang memeriksa', en: 'The officer is checking' },
  supervisor: { id: 'Supervisor akan membantu Anda. Mohon siapkan KTP-el dan dokumen asli.', en: 'A supervisor will help you. Please have your KTP-el and original documents ready.' },
  'open-mail': { id: 'Buka e-mail di ponsel Anda dan tekan tautannya', en: 'Open the e-mail on your phone and press its link' },
  'mail-bounced': { id: 'E-mail tidak sampai. Sampaikan alamat yang benar kepada petugas.', en: 'The e-mail did not arrive. Tell the officer the right address.' },
  active: { id: 'IKD Anda aktif. Terima kasih.', en: 'Your IKD is active. Thank you.' },
  recording: { id: 'Petugas mencatat permohonan Anda', en: 'The officer is recording your request' },
  ended: { id: 'Terima kasih', en: 'Thank you' },
  talk: { id: 'Petugas akan menjelaskan', en: 'The officer will explain' },
}

/** What the resident sees on the second screen: large, both languages at once, nothing that is not theirs to see. */
@customElement('customer-screen')
export class CustomerScreen extends LocalisedElement {
  @state() private view: CustomerView | undefined
  #stop: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    document.title = say({ id: 'IKD — Layar warga', en: 'IKD — Customer display' })
    this.#stop = listenAsCustomer((view) => {
      this.view = view
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  override render() {
    const view = this.view
    return html`<main aria-live="polite">
      <p class="office">${view?.office || 'Identitas Kependudukan Digital'}</p>
      ${view?.kind === 'case' ? this.#case(view) : html`<h1>Selamat datang</h1><p class="english" lang="en">Welcome</p>`}
      <p class="warning">Petugas tidak pernah meminta PIN atau kode dari e-mail Anda. <span lang="en">Officers never ask for your PIN or the code in your e-mail.</span></p>
    </main>`
  }

  #case(view: Extract<CustomerView, { kind: 'case' }>) {
    const going = goingText[view.going]
    return html`
      ${this.#arrow(view.going)}
      <h1>${going.id}</h1>
      <p class="english" lang="en">${going.en}</p>
      ${view.better ? this.#better(captureReasonForResident(view.better)) : nothing}
      ${view.code ? html`<p class="code">${view.code}</p>` : nothing}
      ${view.emailMasked
        ? html`<dl>
            <dt>E-mail</dt>
            <dd>${view.emailMasked}</dd>
            ${view.phoneMasked ? html`<dt>Telepon <span lang="en">/ Phone</span></dt><dd>${view.phoneMasked}</dd>` : nothing}
          </dl>
          <p>Benar milik Anda? Bila tidak, beri tahu petugas. <span lang="en">Are these yours? If not, tell the officer.</span></p>`
        : nothing}
    `
  }

  #better({ id, en }: Phrase) {
    return html`<p class="better">${id}</p>
      <p class="english" lang="en">${en}</p>`
  }

  #arrow(going: CustomerStep) {
    const arrow = going in arrowForResident ? arrowForResident[going as ChallengeStep] : ''
    return arrow === '' ? nothing : html`<p class="arrow" aria-hidden="true">${arrow}</p>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      main {
        min-block-size: 100dvh;
        display: grid;
        align-content: center;
        justify-items: center;
        gap: var(--ikd-space-4);
        padding: var(--ikd-space-6);
        text-align: center;
        font-size: var(--ikd-size-large);
      }
      .office {
        color: var(--ikd-link);
        font-weight: 700;
      }
      h1 {
        font-size: 2.75rem;
      }
      .arrow {
        margin: 0;
        font-size: 9rem;
        line-height: 1;
        font-weight: 700;
        color: var(--ikd-link);
      }
      .english {
        font-size: 1.5rem;
        color: var(--ikd-text-muted);
      }
      .better {
        font-size: 2rem;
        font-weight: 700;
      }
      .code {
        font-size: 6rem;
        line-height: 1.1;
        font-weight: 700;
        letter-spacing: 0.12em;
        font-variant-numeric: tabular-nums;
      }
      dl {
        display: grid;
        grid-template-columns: max-content max-content;
        gap: var(--ikd-space-2) var(--ikd-space-4);
        text-align: start;
        margin: 0;
      }
      dt {
        color: var(--ikd-text-muted);
      }
      dd {
        margin: 0;
        font-weight: 700;
      }
      .warning {
        font-size: var(--ikd-size-body);
        color: var(--ikd-text-muted);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'customer-screen': CustomerScreen
  }
}
