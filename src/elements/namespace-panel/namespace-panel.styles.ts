import { css } from 'lit';

export const namespacePanelStyles = css`
  li {
    position: relative;
    padding: 5px 14px;
    font: 12px / 18px var(--_mono);
  }
  li:hover,
  li:focus-within {
    background: var(--_hover);
  }
  .line {
    display: flex;
    gap: 8px;
    align-items: flex-start;
  }
  .line > :first-child {
    flex: 1;
    min-width: 0;
  }
  .gone {
    color: var(--_muted);
  }
  .facts {
    display: flex;
    gap: 14px;
    padding-inline-start: 12px;
    color: var(--_muted);
    font-size: 11px;
    line-height: 16px;
    white-space: nowrap;
  }
  .facts > * {
    flex: none;
  }
  .kind {
    color: var(--_keyword);
  }
  .facts > .type {
    flex: 0 1 auto;
    min-width: 6ch;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_property);
  }
  .facts > .cell {
    flex: 0 2 auto;
    min-width: 6ch;
    margin-inline-start: auto;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .actions {
    display: flex;
    flex: none;
    gap: 2px;
    margin-block: -2px;
    opacity: 0;
  }
  li:hover .actions,
  li:focus-within .actions,
  li.pinned .actions {
    opacity: 1;
  }
  li.pinned:not(:hover, :focus-within) .copy {
    visibility: hidden;
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
  .actions .button[aria-pressed='true'] {
    color: var(--_accent);
  }
  .rest {
    padding-block: 2px;
  }
  @media (pointer: coarse) {
    .actions {
      opacity: 1;
    }
    li.pinned:not(:hover, :focus-within) .copy {
      visibility: visible;
    }
    .actions .button.square {
      width: 32px;
      height: 32px;
    }
  }
`;
