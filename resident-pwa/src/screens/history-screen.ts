import type { AnswerOf, routes } from '@ikd/contract'
import { Doing, formatDateTime, say } from '@ikd/ui'
import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { problemNotice } from '../components/problem-notice.ts'
import { Screen } from '../components/screen.ts'
import { getActivity } from '../holder/record.ts'
import { activityText, purposeText } from '../texts/activity-text.ts'
import { actorText } from '../texts/audience-text.ts'
import { fieldList } from '../texts/identity-text.ts'

export const tag = 'ikd-history-screen'

type Page = AnswerOf<typeof routes.holder.activity>

/** *Histori*: every look at the holder's data, and every act of theirs; newest first. */
@customElement(tag)
export class HistoryScreen extends Screen {
  @state() private pages: readonly Page[] = []
  readonly #loading = new Doing(this)
  readonly #live = () => void this.#load()
  /** What came while nobody was told; older pages stay where nothing did. */
  readonly #missed = async () => {
    const page = await getActivity(this.ports.session).catch(() => undefined)
    if (page && page.entries[0]?.id !== this.pages[0]?.entries[0]?.id) this.pages = [page]
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.ports.live.addEventListener('scanned', this.#live)
    this.ports.live.addEventListener('missed', this.#missed)
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.ports.live.removeEventListener('scanned', this.#live)
    this.ports.live.removeEventListener('missed', this.#missed)
  }

  protected heading() {
    return say({ id: 'Histori', en: 'History' })
  }

  protected body() {
    const entries = this.pages.flatMap((page) => page.entries)
    const next = this.pages.at(-1)?.next
    return html`
      <p>${say({ id: 'Siapa melihat data Anda, di mana, kapan, dan data apa.', en: 'Who saw your data, where, when, and which data.' })}</p>
      ${entries.length === 0 && this.pages.length > 0 && !this.#loading.busy
        ? html`<ikd-empty
            heading=${say({ id: 'Belum ada kegiatan', en: 'Nothing yet' })}
            text=${say({ id: 'Setiap kali data Anda dilihat, catatannya muncul di sini.', en: 'Every look at your data will be listed here.' })}
          ></ikd-empty>`
        : html`<ol>
            ${entries.map((entry) => this.#entry(entry))}
          </ol>`}
      ${this.#loading.busy ? html`<ikd-progress label=${say({ id: 'Mengambil histori', en: 'Fetching the history' })}></ikd-progress>` : nothing}
      ${problemNotice(this.#loading.problem, () => void this.#load(next))}
      ${next !== undefined && !this.#loading.busy
        ? html`<ikd-button variant="secondary" @click=${() => this.#load(next)}>${say({ id: 'Lihat yang lebih lama', en: 'Show older ones' })}</ikd-button>`
        : nothing}
    `
  }

  #entry(entry: Page['entries'][number]) {
    return html`<li>
      <p class="what">${activityText(entry.kind)}</p>
      <p class="muted"><time datetime=${new Date(entry.at).toISOString()}>${formatDateTime(entry.at)}</time></p>
      ${entry.actor ? html`<p>${say({ id: 'Oleh', en: 'By' })}: <bdi>${actorText(entry.actor)}</bdi>${entry.officer ? html` — <bdi>${entry.officer}</bdi>` : nothing}</p>` : nothing}
      ${entry.purpose ? html`<p>${say({ id: 'Keperluan', en: 'Purpose' })}: <bdi>${purposeText(entry.kind, entry.purpose)}</bdi></p>` : nothing}
      ${entry.fields.length > 0 ? html`<p>${say({ id: 'Data', en: 'Data' })}: ${fieldList(entry.fields)}</p>` : nothing}
    </li>`
  }

  /** Without `before`: from the newest, in place of what is shown. */
  async #load(before?: number): Promise<void> {
    const page = await this.#loading.run(() => getActivity(this.ports.session, before))
    if (page) this.pages = before === undefined ? [page] : [...this.pages, page]
  }

  static override readonly styles = [
    ...Screen.styles,
    css`
      ol {
        list-style: none;
        padding: 0;
        gap: var(--ikd-space-3);
      }
      li {
        padding: var(--ikd-space-3) var(--ikd-space-4);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius);
        background: var(--ikd-surface);
      }
      .what {
        font-weight: 600;
      }
    `,
  ]
}
