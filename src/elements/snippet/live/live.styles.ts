import { css } from 'lit';

/** Styles that a snippet needs from its first run or edit. */
export const liveStyles = css`
  .state > span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    max-width: 100%;
    vertical-align: middle;
  }
  .state > span > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .state .icon {
    width: 14px;
    height: 14px;
  }
  .succeeded .icon {
    color: var(--_success);
  }
  .pending {
    padding-inline: 8px;
    color: var(--_warning);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .pending .icon {
    width: 12px;
    height: 12px;
    stroke-width: 0;
  }
  .outdated {
    color: var(--_warning);
  }
  .failed {
    color: var(--_error);
  }
  .mark {
    position: absolute;
    inset-inline: 0;
    border-inline-start: 3px solid var(--_error);
    background: color-mix(in srgb, var(--_error) 14%, transparent);
    pointer-events: none;
  }
  .own {
    margin: 0;
    padding: var(--_code-padding, 12px 16px);
    overflow: auto;
    background: var(--_code-background, var(--_background));
    font: var(--_code-size) / var(--_line) var(--_mono);
    direction: ltr;
    tab-size: 2;
  }
  .editor {
    display: block;
    height: calc(clamp(3, var(--lines), 28) * var(--_line) + 24px);
    direction: ltr;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    padding: 6px 8px 6px 14px;
    border-block-start: 1px solid var(--_border);
    background: var(--_warning-surface);
    color: var(--_warning);
  }
  .notice > span {
    flex: 1 1 16em;
  }
  .notice .button {
    color: inherit;
    font-weight: 550;
  }
  .output {
    display: block;
    overflow: clip;
    border-block-start: 1px solid var(--_border);
  }
  .problem {
    margin: 0;
    padding: 8px 16px;
    border-block-start: 1px solid var(--_border);
    background: var(--_error-surface);
    color: var(--_error);
    overflow-wrap: anywhere;
  }
  /* There is room for one of both. */
  @container (max-width: 460px) {
    .state:has(+ .pending) {
      visibility: hidden;
    }
  }
  @media print {
    .notice {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .mark {
      forced-color-adjust: none;
      border: 2px solid Mark;
      background: none;
    }
  }
`;
