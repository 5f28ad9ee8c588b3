import { css } from 'lit'

/** What the desk's screens share beyond the base: page frame, two columns, rows, definition lists, key hints. */
export const deskStyles = css`
  :host {
    display: block;
  }
  kbd {
    font: inherit;
    font-size: 0.8em;
    font-weight: 500;
    padding: 0 0.4em;
    margin-inline-start: 0.4em;
    border: 1px solid currentColor;
    border-radius: 0.25em;
    opacity: 0.85;
  }
  /* A button that may be pressed again is legible at once: its text changes colour at once, so its ground must not follow slowly. */
  ikd-button {
    --ikd-motion: 0ms;
  }
  h1:focus {
    outline: none;
  }
  .stack {
    display: grid;
    gap: var(--ikd-space-4);
    align-content: start;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--ikd-space-3);
  }
  .narrow {
    max-inline-size: 34rem;
    margin-inline: auto;
  }
  .muted {
    color: var(--ikd-text-muted);
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
  }
  legend {
    font-weight: 600;
    padding: 0;
  }
  dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: var(--ikd-space-1) var(--ikd-space-4);
    margin: 0;
  }
  dt {
    color: var(--ikd-text-muted);
  }
  dd {
    margin: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  ul {
    margin: 0;
    padding-inline-start: 1.25rem;
  }
`
