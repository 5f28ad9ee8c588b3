import { css } from 'lit'

/** Lists of things with what may be done to each. */
export const rowStyles = css`
  .rows {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: var(--ikd-space-2);
  }
  .rows > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--ikd-space-2) var(--ikd-space-4);
    padding: var(--ikd-space-2) var(--ikd-space-3);
    border: 1px solid var(--ikd-border);
    border-radius: var(--ikd-radius-small);
  }
  .rows > li > div:first-child {
    flex: 1 1 16rem;
    overflow-wrap: anywhere;
  }
  .bad {
    color: var(--ikd-danger);
    font-weight: 600;
  }
`
