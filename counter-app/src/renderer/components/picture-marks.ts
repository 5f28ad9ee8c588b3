import { baseStyles, LocalisedElement, say } from '@ikd/ui'
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { type Mark, markNames } from '../capture/marks.ts'
import { markText } from '../texts/case-texts.ts'

/** What is in order in the camera's picture and what is not. Its place is kept while there are no marks, lest what stands below jump. */
@customElement('picture-marks')
export class PictureMarks extends LocalisedElement {
  @property({ attribute: false }) marks: readonly Mark[] = []

  override render() {
    const good = new Set(this.marks.filter(({ isGood }) => isGood).map(({ name }) => name))
    return html`<ul ?data-empty=${this.marks.length === 0} aria-label=${say({ id: 'Mutu gambar', en: 'Quality of the picture' })}>
      ${markNames.map((name) => {
        const isGood = good.has(name)
        return html`<li data-good=${isGood ? 'yes' : 'no'}>
          <span aria-hidden="true">${isGood ? '✓' : '!'}</span>
          <span>${say(markText[name])} <span class="visually-hidden">${isGood ? say({ id: 'baik', en: 'good' }) : say({ id: 'belum baik', en: 'not good yet' })}</span></span>
        </li>`
      })}
    </ul>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
        gap: var(--ikd-space-1) var(--ikd-space-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      ul[data-empty] {
        visibility: hidden;
      }
      li {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--ikd-space-2);
        align-items: start;
      }
      [aria-hidden] {
        display: inline-grid;
        place-items: center;
        inline-size: 1.4em;
        block-size: 1.4em;
        border-radius: 50%;
        font-weight: 700;
        background: var(--ikd-success-soft);
        color: var(--ikd-success);
      }
      li[data-good='no'] {
        font-weight: 600;
      }
      li[data-good='no'] > [aria-hidden] {
        background: var(--ikd-warning-soft);
        color: var(--ikd-warning);
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'picture-marks': PictureMarks
  }
}
