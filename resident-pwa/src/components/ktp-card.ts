import type { Identity } from '@ikd/contract'
import { baseStyles, formatDate, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { maritalText, sexText } from '../texts/identity-text.ts'

/** The KTP-el as a picture made of text: it grows with the person's type size and can be read aloud. */
@customElement('ikd-ktp-card')
export class KtpCard extends LocalisedElement {
  @property({ attribute: false }) identity!: Identity

  override render() {
    const { identity } = this
    return html`<section aria-label=${say({ id: 'Gambar KTP-el', en: 'Picture of the KTP-el' })}>
      <p class="region">PROVINSI <bdi>${identity.province.toUpperCase()}</bdi><br /><bdi>${identity.regency.toUpperCase()}</bdi></p>
      <p class="nik"><span>NIK</span> ${identity.nik}</p>
      <div class="body">
        <dl>
          ${this.#rows().map(
            ([name, value]) => html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
          )}
        </dl>
        <ikd-photo .jpeg=${identity.photo} alt=${say({ id: `Foto ${identity.name}`, en: `Photo of ${identity.name}` })}></ikd-photo>
      </div>
    </section>`
  }

  // The card is an Indonesian document: its labels stay as printed.
  #rows(): readonly (readonly [string, string])[] {
    const { identity } = this
    return [
      ['Nama', identity.name],
      ['Tempat/Tgl Lahir', `${identity.birthPlace}, ${formatDate(identity.birthDate)}`],
      ['Jenis Kelamin', identity.bloodType ? `${sexText(identity.sex)} · Gol. darah ${identity.bloodType}` : sexText(identity.sex)],
      ['Alamat', identity.address],
      ['RT/RW', identity.neighbourhood],
      ['Kel/Desa', identity.village],
      ['Kecamatan', identity.district],
      ['Agama', identity.religion],
      ['Status Perkawinan', maritalText(identity.maritalStatus)],
      ['Pekerjaan', identity.occupation],
      ['Kewarganegaraan', identity.nationality],
    ]
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      section {
        padding: var(--ikd-space-4);
        border: 1px solid #6aa0ad;
        border-radius: var(--ikd-radius-large);
        background: linear-gradient(160deg, #cfe9f2, #eaf6f9 45%, #bfdfe9);
        color: #0c2026;
        box-shadow: var(--ikd-shadow);
      }
      .region {
        text-align: center;
        font-weight: 700;
        line-height: 1.25;
      }
      .nik {
        margin-block: var(--ikd-space-2);
        font-size: var(--ikd-size-large);
        font-weight: 800;
        letter-spacing: 0.04em;
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-3);
        align-items: start;
      }
      dl {
        min-inline-size: 0;
        margin: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ikd-space-1);
        font-size: var(--ikd-size-small);
        line-height: 1.35;
      }
      dt {
        color: #24434c;
      }
      dd {
        margin: 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      ikd-photo {
        inline-size: 6rem;
        color: #24434c;
      }
      /* The photograph at the right as on the card, wherever there is room for both. */
      @container (min-width: 17rem) {
        .body {
          grid-template-columns: minmax(0, 1fr) auto;
        }
      }
      @container (min-width: 28rem) {
        dl div {
          display: grid;
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
          gap: var(--ikd-space-2);
        }
        ikd-photo {
          inline-size: 8rem;
        }
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-ktp-card': KtpCard
  }
}
