import { css } from 'lit';

/** What panels have in common: a bar, a list, a message where it would be empty. */
export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    container-type: inline-size;
  }
  .bar {
    display: flex;
    align-items: center;
    flex: none;
    gap: 4px;
    min-height: 36px;
    padding: 0 6px 0 14px;
    border-block-end: 1px solid var(--_border);
    color: var(--_muted);
    font-size: 12px;
  }
  .bar .space {
    flex: 1;
  }
  .bar .button {
    color: var(--_muted);
    height: 26px;
    padding-inline: 8px;
    font-size: 12px;
  }
  .bar .button:hover:not(:disabled) {
    color: var(--_text);
  }
  .filter {
    flex: 1;
    min-width: 40px;
    height: 26px;
    margin-inline-start: -8px;
    padding: 0 8px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--_text);
  }
  .filter::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .filter:hover {
    background: var(--_hover);
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }
  ul {
    margin: 0;
    padding: 6px 0;
    list-style: none;
  }
  .muted {
    color: var(--_muted);
  }
  .empty {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    padding: 24px;
    color: var(--_muted);
    text-align: center;
    line-height: 20px;
  }
  .empty p {
    max-width: 48ch;
    margin: 0;
    text-wrap: balance;
  }
  .empty .icon {
    width: 24px;
    height: 24px;
    margin-block-end: 10px;
    stroke-width: 1.1;
  }
  .hint {
    font-size: 12px;
  }
`;
