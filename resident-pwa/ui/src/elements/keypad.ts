import { css, html } from 'lit'
import { say } from '../language/say.ts'

export type KeypadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'delete'

const keys: readonly (KeypadKey | 'gap')[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'gap', '0', 'delete']

// A press leaves the focus where it is: the field keeps its place and its caret.
function keepFocus(event: Event): void {
  event.preventDefault()
}

/** Big keys for a PIN, in the order of a telephone. */
export function keypad(disabled: boolean, pressed: (key: KeypadKey) => void) {
  return html`<div class="keypad" role="group" aria-label=${say({ id: 'Papan angka', en: 'Number pad' })} @mousedown=${keepFocus}>
    ${keys.map((key) => {
      if (key === 'gap') return html`<span></span>`
      return html`<button
        type="button"
        ?disabled=${disabled}
        aria-label=${key === 'delete' ? say({ id: 'Hapus satu angka', en: 'Delete one digit' }) : key}
        @click=${() => pressed(key)}
      >
        ${key === 'delete' ? deleteSign : key}
      </button>`
    })}
  </div>`
}

const deleteSign = html`<svg
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>
  <path d="M9 5h12v14H9l-6-7 6-7Zm3 4 5 6m0-6-5 6" />
</svg>`

export const keypadStyles = css`
  .keypad {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: var(--ikd-space-3);
    max-inline-size: 24rem;
    margin-block-start: var(--ikd-space-4);
  }
  .keypad svg {
    inline-size: 1.75rem;
    block-size: 1.75rem;
  }
  .keypad button {
    display: flex;
    align-items: center;
    justify-content: center;
    min-block-size: 4rem;
    border: 2px solid var(--ikd-border);
    border-radius: var(--ikd-radius);
    background: var(--ikd-surface);
    color: var(--ikd-text);
    font-size: var(--ikd-size-title);
    font-weight: 600;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-user-select: none;
    user-select: none;
  }
  .keypad button:active {
    background: var(--ikd-primary-soft);
  }
  .keypad button:disabled {
    color: var(--ikd-text-muted);
    background: var(--ikd-surface-sunken);
  }
`
