import { type Identity, maskNik } from '@ikd/contract'
import { formatDateTime, type Phrase, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { renderTask } from '../components/load.ts'
import { Observing } from '../components/observing.ts'
import { Screen } from '../components/screen.ts'
import { getActivity, getIdentity } from '../holder/record.ts'
import { paths } from '../navigation/decide.ts'
import { activityText } from '../texts/activity-text.ts'
import { actorText } from '../texts/audience-text.ts'

export const tag = 'ikd-home-screen'

interface Entry {
  readonly path: string
  readonly name: Phrase
  readonly what: Phrase
}

const menu: readonly Entry[] = [
  { path: paths.ktp, name: { id: 'KTP Digital', en: 'Digital KTP' }, what: { id: 'Tunjukkan KTP dan QR', en: 'Show your KTP and QR' } },
  { path: paths.scan, name: { id: 'Pindai', en: 'Scan' }, what: { id: 'Periksa QR orang lain', en: 'Check someone’s QR' } },
  { path: paths.documents, name: { id: 'Dokumen', en: 'Documents' }, what: { id: 'KK, NPWP, vaksin, dan lainnya', en: 'Family card, tax, vaccine and more' } },
  { path: paths.identity, name: { id: 'Biodata', en: 'Personal data' }, what: { id: 'Data Anda di Dukcapil', en: 'Your data at Dukcapil' } },
  { path: paths.family, name: { id: 'Data Keluarga', en: 'Family' }, what: { id: 'Anggota Kartu Keluarga', en: 'Members of your family card' } },
  { path: paths.history, name: { id: 'Histori', en: 'History' }, what: { id: 'Siapa melihat data Anda', en: 'Who saw your data' } },
  { path: paths.settings, name: { id: 'Pengaturan', en: 'Settings' }, what: { id: 'PIN, bahasa, kontak', en: 'PIN, language, contacts' } },
]

/** *Beranda*: who I am, what I can do, what I should know. */
@customElement(tag)
export class HomeScreen extends Screen {
  @state() private nikShown = false
  readonly #persistence = new Observing(this, () => this.ports.persistence)
  readonly #identity = new Task(this, { task: () => getIdentity(this.ports.session), args: () => [] as const })
  readonly #latest = new Task(this, { task: async () => (await getActivity(this.ports.session)).entries[0], args: () => [] as const })

  protected heading() {
    return say({ id: 'Beranda', en: 'Home' })
  }

  protected body() {
    return html`
      ${renderTask(this.#identity, say({ id: 'Mengambil data Anda', en: 'Fetching your data' }), (identity) => this.#greeting(identity))}
      <nav aria-label=${say({ id: 'Menu utama', en: 'Main menu' })}>
        <ul class="menu">
          ${menu.map(
            ({ path, name, what }) => html`<li>
              <a href=${path}><strong>${say(name)}</strong><span class="muted small">${say(what)}</span></a>
            </li>`,
          )}
        </ul>
      </nav>
      ${this.#notices()}
    `
  }

  #greeting(identity: Identity) {
    return html`<div class="me">
      <ikd-photo .jpeg=${identity.photo} alt=${say({ id: `Foto ${identity.name}`, en: `Photo of ${identity.name}` })}></ikd-photo>
      <div>
        <p class="muted">${say({ id: 'Selamat datang,', en: 'Welcome,' })}</p>
        <p class="name">${identity.name}</p>
        <p class="nik">NIK ${this.nikShown ? identity.nik : maskNik(identity.nik)}</p>
        <ikd-button variant="quiet" @click=${this.#toggleNik}>
          ${this.nikShown ? say({ id: 'Sembunyikan NIK', en: 'Hide NIK' }) : say({ id: 'Tampilkan NIK', en: 'Show NIK' })}
        </ikd-button>
      </div>
    </div>`
  }

  #notices() {
    return html`
      ${this.#latest.render({
        complete: (entry) =>
          entry
            ? html`<ikd-notice kind="info" heading=${say({ id: 'Aktivitas terakhir', en: 'Latest activity' })}>
                <p>${activityText(entry.kind)}${entry.actor ? html`: <bdi>${actorText(entry.actor)}</bdi>` : nothing}<br />${formatDateTime(entry.at)}</p>
              </ikd-notice>`
            : nothing,
      })}
      ${this.#persistence.value === 'refused'
        ? html`<ikd-notice kind="warning" heading=${say({ id: 'Kunci IKD bisa terhapus oleh ponsel', en: 'The phone may delete the IKD key' })}>
            <p>
              ${say({
                id: 'Pasang IKD ke layar utama dan buka setidaknya sebulan sekali, supaya ponsel tidak menghapusnya.',
                en: 'Install IKD to your home screen and open it at least once a month, so that the phone does not delete it.',
              })}
            </p>
          </ikd-notice>`
        : nothing}
    `
  }

  readonly #toggleNik = (): void => {
    this.nikShown = !this.nikShown
  }

  static override readonly styles = [
    ...Screen.styles,
    css`
      .me {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-4);
        align-items: center;
      }
      .me > div {
        flex: 1 1 11rem;
        min-inline-size: 0;
      }
      .me ikd-photo {
        inline-size: 6rem;
      }
      .name {
        font-size: var(--ikd-size-large);
        font-weight: 700;
      }
      .nik {
        font-variant-numeric: tabular-nums;
      }
      .me ikd-button {
        margin-inline-start: calc(-1 * var(--ikd-space-3));
      }
      .menu {
        list-style: none;
        margin: 0;
        padding: 0;
        display: flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-3);
      }
      /* Never narrower than its longest word: with large text the entries stand in one column. */
      .menu li {
        flex: 1 1 8em;
        min-inline-size: min-content;
        max-inline-size: 100%;
      }
      .menu a {
        display: flex;
        flex-direction: column;
        justify-content: center;
        block-size: 100%;
        min-block-size: 5rem;
        padding: var(--ikd-space-3) min(var(--ikd-space-4), 4vw);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius);
        background: var(--ikd-surface);
        text-decoration: none;
      }
      .menu li:first-child {
        flex-basis: 100%;
      }
      .menu li:first-child a {
        background: var(--ikd-primary);
        color: var(--ikd-on-primary);
        font-size: var(--ikd-size-large);
      }
      .menu li:first-child .muted {
        color: inherit;
      }
    `,
  ]
}
