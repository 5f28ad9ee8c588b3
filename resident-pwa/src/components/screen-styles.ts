import { css } from 'lit'

/** One column that reads well at 320 px and at 200 % text. */
export const screenStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--ikd-space-4);
    overflow-wrap: break-word;
  }
  h1 {
    scroll-margin-block-start: var(--ikd-space-4);
    outline: none;
    box-shadow: none;
  }
  h2 {
    margin-block-start: var(--ikd-space-2);
  }
  ul,
  ol {
    margin: 0;
    padding-inline-start: 1.25em;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--ikd-space-2);
  }
  .stack,
  form {
    display: flex;
    flex-direction: column;
    gap: var(--ikd-space-4);
  }
  .tight {
    gap: var(--ikd-space-2);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--ikd-space-3);
    align-items: center;
  }
  .muted {
    color: var(--ikd-text-muted);
  }
  .small {
    font-size: var(--ikd-size-small);
  }
  .code {
    font-size: var(--ikd-size-large);
    font-weight: 700;
    letter-spacing: 0.08em;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  @media print {
    .no-print {
      display: none;
    }
  }
  .centre {
    align-items: center;
    text-align: center;
  }
  .wide {
    inline-size: 100%;
  }
  dl {
    margin: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--ikd-space-3);
  }
  dt {
    color: var(--ikd-text-muted);
    font-size: var(--ikd-size-small);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    display: grid;
    gap: var(--ikd-space-2);
    min-inline-size: 0;
  }
  legend {
    padding: 0;
    font-weight: 600;
    margin-block-end: var(--ikd-space-2);
  }
  .choice {
    display: flex;
    gap: var(--ikd-space-3);
    align-items: center;
    min-block-size: var(--ikd-target);
  }
  .choice input {
    inline-size: 1.5rem;
    block-size: 1.5rem;
    flex: none;
    accent-color: var(--ikd-primary);
  }
  select {
    min-block-size: var(--ikd-target);
    inline-size: 100%;
    padding-inline: var(--ikd-space-3);
    border: 1px solid var(--ikd-border-control);
    border-radius: var(--ikd-radius-small);
    background: var(--ikd-surface);
  }
`
