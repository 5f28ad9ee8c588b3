import { type FamilyMember, maskNik } from '@ikd/contract'
import { formatDate, say } from '@ikd/ui'
import { Task } from '@lit/task'
import { css, html } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { renderTask } from '../components/load.ts'
import { Screen } from '../components/screen.ts'
import { getFamily } from '../holder/record.ts'
import { relationshipText, sexText } from '../texts/identity-text.ts'

export const tag = 'ikd-family-screen'

/** *Data Keluarga*: the members of the holder's family card. */
@customElement(tag)
export class FamilyScreen extends Screen {
  @state() private niksShown = false
  readonly #family = new Task(this, { task: () => getFamily(this.ports.session), args: () => [] as const })

  protected heading() {
    return say({ id: 'Data Keluarga', en: 'Family' })
  }

  protected body() {
    return renderTask(
      this.#family,
      say({ id: 'Mengambil data keluarga', en: 'Fetching your family' }),
      (family) => html`
        <p>${say({ id: 'Nomor Kartu Keluarga', en: 'Family card number' })}<br /><span class="code">${family.familyCardNumber}</span></p>
        <ikd-button variant="secondary" @click=${this.#toggleNiks}>
          ${this.niksShown ? say({ id: 'Sembunyikan NIK', en: 'Hide NIK' }) : say({ id: 'Tampilkan NIK', en: 'Show NIK' })}
        </ikd-button>
        <ul class="members">
          ${family.members.map((member) => html`<li>${this.#member(member)}</li>`)}
        </ul>
      `,
    )
  }

  #member(member: FamilyMember) {
    return html`
      <ikd-photo .jpeg=${member.photo} alt=${say({ id: `Foto ${member.name}`, en: `Photo of ${member.name}` })}></ikd-photo>
      <div>
        <h2>${member.name}</h2>
        <p>${relationshipText(member.relationship, member.sex)} · ${sexText(member.sex)}</p>
        <p class="muted nik">NIK ${this.niksShown ? member.nik : maskNik(member.nik)}</p>
        <p class="muted">${say({ id: 'Lahir', en: 'Born' })} ${formatDate(member.birthDate)}</p>
      </div>
    `
  }

  readonly #toggleNiks = (): void => {
    this.niksShown = !this.niksShown
  }

  static override readonly styles = [
    ...Screen.styles,
    css`
      .members {
        list-style: none;
        padding: 0;
        gap: var(--ikd-space-3);
      }
      .members li {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-3);
        padding: var(--ikd-space-3);
        border: 1px solid var(--ikd-border);
        border-radius: var(--ikd-radius);
        background: var(--ikd-surface);
      }
      .members div {
        flex: 1 1 10rem;
        min-inline-size: 0;
      }
      .members h2 {
        margin: 0;
        font-size: var(--ikd-size-body);
      }
      .nik {
        font-variant-numeric: tabular-nums;
      }
      .members ikd-photo {
        inline-size: 5rem;
      }
    `,
  ]
}
