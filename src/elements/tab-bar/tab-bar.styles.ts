import { css } from 'lit';

export const tabBarStyles = css`
  :host {
    display: flex;
    align-items: center;
    min-width: 0;
    height: 40px;
    padding: 0 8px;
    gap: 4px;
  }
  .list {
    display: flex;
    gap: 2px;
    min-width: 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tab {
    position: relative;
    display: flex;
    align-items: center;
    flex: none;
    gap: 7px;
    max-width: 200px;
    height: 28px;
    padding: 0 4px 0 10px;
    border-radius: 7px;
    color: var(--_muted);
    cursor: default;
    user-select: none;
    touch-action: manipulation;
  }
  .tab:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    background: var(--_background);
    box-shadow: 0 0 0 1px var(--_border);
    color: var(--_text);
    margin-inline: 1px;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .close {
    display: grid;
    place-items: center;
    width: 20px;
    height: 20px;
    border-radius: 5px;
    opacity: 0;
  }
  .close .icon {
    width: 13px;
    height: 13px;
  }
  .tab:hover .close,
  .tab[aria-selected='true'] .close {
    opacity: 0.75;
  }
  .close:hover {
    background: var(--_hover);
    opacity: 1 !important;
  }
  .dot {
    flex: none;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--_border-strong);
  }
  .dot.ok {
    background: var(--_success);
  }
  .dot.failed {
    background: var(--_error);
  }
  .dot.running {
    background: var(--_accent);
    animation: pulse 1.1s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }
  .drop-before::before,
  .drop-after::after {
    content: '';
    position: absolute;
    inset-block: 3px;
    width: 2px;
    border-radius: 1px;
    background: var(--_accent);
  }
  .drop-before::before {
    inset-inline-start: -2px;
  }
  .drop-after::after {
    inset-inline-end: -2px;
  }
  .rename {
    width: auto;
    max-width: 150px;
    padding: 1px 4px;
    border: 0;
    border-radius: 5px;
    background: var(--_background);
    color: var(--_text);
    outline: 2px solid var(--_accent);
  }
  .add {
    flex: none;
    color: var(--_muted);
  }
  .close-active:not(:focus) {
    position: absolute;
    width: 1px;
    height: 1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .dot {
      forced-color-adjust: none;
    }
  }
`;
