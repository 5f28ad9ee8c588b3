import { css } from 'lit'

export const readerStyles = css`
  :host {
    display: block;
  }
  .label {
    margin-block-end: var(--ikd-space-2);
    font-weight: 600;
  }
  .picture {
    position: relative;
    overflow: hidden;
    border-radius: var(--ikd-radius);
    background: #000;
  }
  video {
    display: block;
    inline-size: 100%;
    max-block-size: 70dvh;
    aspect-ratio: 4 / 3;
    object-fit: cover;
  }
  .mirrored {
    transform: scaleX(-1);
  }
  .aim {
    position: absolute;
    inset: 50% auto auto 50%;
    block-size: 70%;
    aspect-ratio: 1;
    transform: translate(-50%, -50%);
    border: 4px solid #fff;
    border-radius: var(--ikd-radius);
    /* Seen on light and on dark pictures alike. */
    outline: 2px solid #000;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: var(--ikd-space-3);
    margin-block-start: var(--ikd-space-3);
  }
  .controls:empty {
    display: none;
  }
  .choice {
    display: grid;
    gap: var(--ikd-space-1);
  }
  select {
    min-block-size: var(--ikd-target);
    max-inline-size: 100%;
    padding-inline: var(--ikd-space-3);
    border: 2px solid var(--ikd-border-control);
    border-radius: var(--ikd-radius-small);
    background: var(--ikd-surface);
    color: var(--ikd-text);
  }
`
