import { css } from 'lit';

/** Height of the toolbar with its line; `codemode-snippet.css` reserves the same before the element is defined. */
export const snippetStyles = css`
  :host {
    --_bar: 40px;
    display: block;
    position: relative;
    margin-block: 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
    font: 13px / 20px var(--_font);
    text-align: start;
    container-type: inline-size;
  }
  :host([hidden]),
  :host([setup]) {
    display: none;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 2px;
    height: var(--_bar);
    padding-inline: 6px;
    border-block-end: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 1px) calc(var(--_radius) - 1px) 0 0;
    background: var(--_surface);
    user-select: none;
  }
  .run {
    color: var(--_accent);
    font-weight: 600;
    min-width: 72px;
  }
  .run .icon {
    width: 14px;
    height: 14px;
    stroke-width: 0;
  }
  .tool {
    padding-inline: 8px;
    color: var(--_muted);
    text-decoration: none;
  }
  .tool .icon {
    width: 15px;
    height: 15px;
    stroke-width: 1.35;
  }
  .tool:hover {
    color: var(--_text);
  }
  .state {
    flex: 1;
    min-width: 0;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .state > span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    vertical-align: middle;
    max-width: 100%;
  }
  .state > span > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .state .icon {
    width: 14px;
    height: 14px;
  }
  .muted,
  .succeeded {
    color: var(--_muted);
  }
  .succeeded .icon {
    color: var(--_success);
  }
  .outdated {
    color: var(--_warning);
  }
  .failed {
    color: var(--_error);
  }
  .code {
    position: relative;
    overflow: clip;
    border-radius: 0 0 calc(var(--_radius) - 1px) calc(var(--_radius) - 1px);
  }
  :host([has-output]) .code,
  .code:has(+ .notice) {
    border-radius: 0;
  }
  ::slotted(*) {
    margin: 0 !important;
    border-radius: 0 !important;
  }
  ::slotted(pre) {
    overflow: auto;
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
    padding: 12px 16px;
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
  .expected,
  .output {
    border-block-start: 1px solid var(--_border);
  }
  .expected {
    position: relative;
  }
  .expected ::slotted(*) {
    padding: 10px 16px !important;
    background: var(--_surface) !important;
    color: var(--_muted) !important;
    font: 12px / 18px var(--_mono) !important;
    white-space: pre-wrap !important;
    direction: ltr;
  }
  .caption {
    position: absolute;
    inset: 8px 10px auto auto;
    padding: 0 6px;
    border-radius: 5px;
    background: var(--_background);
    color: var(--_muted);
    font-size: 11px;
    line-height: 18px;
    pointer-events: none;
  }
  .expected:dir(rtl) .caption,
  .caption:dir(rtl) {
    inset: 8px auto auto 10px;
  }
  .output {
    display: block;
    overflow: clip;
    border-radius: 0 0 calc(var(--_radius) - 1px) calc(var(--_radius) - 1px);
  }
  .problem {
    margin: 0;
    padding: 8px 16px;
    background: var(--_error-surface);
    color: var(--_error);
    overflow-wrap: anywhere;
  }
  @container (max-width: 460px) {
    .tool:not(.square) {
      width: 32px;
      padding: 0;
    }
    .tool > span {
      display: none;
    }
    .button {
      height: 32px;
    }
  }
  @media (pointer: coarse) {
    .button {
      min-height: 36px;
      min-width: 36px;
    }
  }
  @media print {
    .bar,
    .notice {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .mark {
      border: 2px solid Mark;
    }
  }
`;
