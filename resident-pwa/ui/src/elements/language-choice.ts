import { css, html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { type Language, language, languages, setLanguage } from '../language/language.ts'
import { LocalisedElement } from '../language/localised.ts'
import { say } from '../language/say.ts'
import { baseStyles } from '../styles/base-styles.ts'

// Each language is called by its own name in its own language, for whoever cannot read the other.
const names: Record<Language, string> = { id: 'Indonesia', en: 'English' }

/** The choice of language; takes effect at once and is remembered. */
@customElement('ikd-language')
export class IkdLanguage extends LocalisedElement {
  override render() {
    return html`<div class="choice" role="group" aria-label=${say({ id: 'Bahasa', en: 'Language' })}>
      ${languages.map(
        (each) => html`<button type="button" lang=${each} aria-pressed=${each === language() ? 'true' : 'false'} @click=${() => setLanguage(each)}>
          ${names[each]}
        </button>`,
      )}
    </div>`
  }

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: inline-block;
      }
      .choice {
        display: inline-flex;
        flex-wrap: wrap;
        gap: var(--ikd-space-1);
      }
      button {
        min-block-size: var(--ikd-target);
        min-inline-size: var(--ikd-target);
        padding-inline: var(--ikd-space-3);
        border: 2px solid transparent;
        border-radius: var(--ikd-radius);
        background: transparent;
        color: var(--ikd-link);
        cursor: pointer;
      }
      button[aria-pressed='true'] {
        border-color: currentColor;
        font-weight: 700;
      }
    `,
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'ikd-language': IkdLanguage
  }
}
