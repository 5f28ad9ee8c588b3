import { css } from 'lit'

/** For every shadow root: type, focus ring, links, headings, and `.visually-hidden`. */
export const baseStyles = css`
  :host {
    font-family: var(--ikd-font);
    font-size: var(--ikd-size-body);
    line-height: var(--ikd-line);
    color: var(--ikd-text);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
    overflow-wrap: break-word;
  }
  h1 {
    font-size: var(--ikd-size-title);
    line-height: 1.25;
  }
  h2 {
    font-size: var(--ikd-size-large);
    line-height: 1.3;
  }
  h3 {
    font-size: var(--ikd-size-body);
  }
  a {
    color: var(--ikd-link);
    text-underline-offset: 0.2em;
  }
  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
  }
  svg {
    display: block;
    flex: none;
  }
  /* Two rings, so that one of them stands out on any background (WCAG 2.4.13). */
  :focus-visible {
    outline: 3px solid var(--ikd-focus);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--ikd-focus-gap);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`
