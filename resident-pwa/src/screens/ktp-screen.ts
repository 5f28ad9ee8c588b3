import '../components/ktp-card.ts'
import '../components/presentation-panel.ts'
import { say } from '@ikd/ui'
import { Task } from '@lit/task'
import { css, html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { renderTask } from '../components/load.ts'
import { Screen } from '../components/screen.ts'
import { getIdentity } from '../holder/record.ts'

export const tag = 'ikd-ktp-screen'

const tabs = ['qr', 'card'] as const
type Tab = (typeof tabs)[number]

/** *KTP Digital*: the QR to be scanned, and the card as a picture. */
@customElement(tag)
export class KtpScreen extends Screen {
  @state() private tab: Tab = 'qr'
  readonly #identity = new Task(this, { task: () => getIdentity(this.ports.session), args: () => [] as const })

  protected heading() {
    return say({ id: 'KTP Digital', en: 'Digital KTP' })
  }

  // Tabs as in the ARIA Authoring Practices: one stop for Tab, arrows between.
  protected body() {
    return html`
      <div role="tablist" aria-label=${say({ id: 'Bentuk KTP', en: 'Form of the KTP' })} @keydown=${this.#arrow}>
        ${tabs.map(
          (tab) => html`<button
            type="button"
            role="tab"
            id=${`tab-${tab}`}
            aria-selected=${tab === this.tab ? 'true' : 'false'}
            aria-controls="panel"
            tabindex=${tab === this.tab ? 0 : -1}
            @click=${() => this.#select(tab)}
          >
            ${tab === 'qr' ? 'QR' : say({ id: 'Gambar KTP', en: 'Picture of the KTP' })}
          </button>`,
        )}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby=${`tab-${this.tab}`}>
        ${this.tab === 'qr'
          ? html`<ikd-presentation-panel class="stack" .ports=${this.ports}></ikd-presentation-panel>`
          : renderTask(this.#identity, say({ id: 'Mengambil KTP', en: 'Fetching your KTP' }), (identity) => html`<ikd-ktp-card .identity=${identity}></ikd-ktp-card>`)}
      </div>
    `
  }

  #select(tab: Tab): void {
    this.tab = tab
  }

  readonly #arrow = async (event: KeyboardEvent): Promise<void> => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    this.#select(this.tab === 'qr' ? 'card' : 'qr')
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`#tab-${this.tab}`)?.focus()
  }

  static override readonly styles = [
    ...Screen.styles,
    css`
      [role='tablist'] {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-2);
      }
      [role='tab'] {
        flex: 1 1 7em;
        min-inline-size: min-content;
        overflow-wrap: normal;
        padding-inline: min(var(--ikd-space-3), 3vw);
        min-block-size: var(--ikd-target);
        border: 2px solid var(--ikd-border-control);
        border-radius: var(--ikd-radius);
        background: var(--ikd-surface);
        color: var(--ikd-link);
        cursor: pointer;
      }
      [role='tab'][aria-selected='true'] {
        background: var(--ikd-primary);
        border-color: var(--ikd-primary);
        color: var(--ikd-on-primary);
        font-weight: 700;
      }
    `,
  ]
}
