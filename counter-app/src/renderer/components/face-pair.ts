import { baseStyles, LocalisedElement, type Phrase, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'

const nonePhrase: Phrase = { id: 'Tidak ada gambar dari kunjungan ini. Bandingkan dengan orang di depan Anda.', en: 'There is no picture of this visit. Compare with the person before you.' }
const elsewherePhrase: Phrase = { id: 'Gambar ini hanya terlihat di loket yang mengambilnya. Supervisor dapat membuka yang disimpan.', en: 'This picture is seen only at the desk that took it. A supervisor can open those on record.' }

/** The KTP-el photograph and the face at the desk, side by side. `--face-size` is the width of each. */
@customElement('face-pair')
export class FacePair extends LocalisedElement {
  /** Base64 JPEGs; the live one is absent on other workstations and after a restart. */
  @property({ attribute: false }) reference: string | undefined
  @property({ attribute: false }) liveFrame: string | undefined
  /** No face was captured in this visit at all. */
  @property({ type: Boolean }) uncaptured = false

  override render() {
    return html`
      <figure>
        <ikd-photo .jpeg=${this.reference} alt=${say({ id: 'Foto KTP-el', en: 'KTP-el photograph' })}></ikd-photo>
        <figcaption>${say({ id: 'Foto KTP-el', en: 'KTP-el photograph' })}</figcaption>
      </figure>
      <figure>
        ${this.liveFrame
          ? html`<ikd-photo .jpeg=${this.liveFrame} alt=${say({ id: 'Wajah di loket', en: 'Face at the desk' })}></ikd-photo>`
          : html`<p class="gone">${say(this.uncaptured ? nonePhrase : elsewherePhrase)}</p>`}
        <figcaption>${say({ id: 'Di loket', en: 'At the desk' })}</figcaption>
      </figure>
    `
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        gap: var(--ikd-space-3);
      }
      figure {
        margin: 0;
        inline-size: var(--face-size, 12rem);
      }
      ikd-photo {
        inline-size: 100%;
      }
      .gone {
        display: grid;
        place-items: center;
        aspect-ratio: 3 / 4;
        padding: var(--ikd-space-2);
        border: 1px dashed var(--ikd-border-control);
        border-radius: var(--ikd-radius-small);
        color: var(--ikd-text-muted);
        text-align: center;
        font-size: var(--ikd-size-small);
      }
      figcaption {
        text-align: center;
        font-size: var(--ikd-size-small);
        color: var(--ikd-text-muted);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'face-pair': FacePair
  }
}
