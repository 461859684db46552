import { css } from 'lit';

export const historyPanelStyles = css`
  li {
    display: grid;
    grid-template-columns: minmax(30px, auto) minmax(0, 1fr) auto;
    gap: 0 10px;
    padding: 7px 10px 7px 14px;
    border-block-end: 1px solid color-mix(in srgb, var(--_border) 55%, transparent);
    font: 12px / 18px var(--_mono);
  }
  ul {
    padding: 0;
  }
  li:hover,
  li:focus-within {
    background: var(--_hover);
  }
  .number {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    user-select: none;
  }
  pre {
    display: -webkit-box;
    margin: 0;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 6;
    line-clamp: 6;
    font: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    tab-size: 2;
  }
  .out {
    grid-column: 2;
    min-width: 0;
    margin-block-start: 2px;
  }
  .actions {
    display: flex;
    grid-row: 1;
    grid-column: 3;
    gap: 2px;
    margin-block: -2px;
    opacity: 0;
  }
  li:hover .actions,
  li:focus-within .actions {
    opacity: 1;
  }
  .actions .button.square {
    width: 24px;
    height: 22px;
    border-radius: 5px;
    color: var(--_muted);
  }
  .actions .icon {
    width: 14px;
    height: 14px;
  }
  .actions .button:hover {
    color: var(--_text);
  }
  .earlier {
    display: block;
    padding: 4px 6px;
  }
  @media (pointer: coarse) {
    .actions {
      opacity: 1;
    }
    .actions .button.square {
      width: 32px;
      height: 32px;
    }
  }
`;
