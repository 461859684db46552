import { css } from '@lit/reactive-element/css-tag.js';

/** Styles of a snippet before its first run. `codemode-snippet.css` reserves the same space before the element is defined. */
export const snippetStyles = css`
  :host {
    --_bar: 40px;
    --_corner: calc(var(--_radius) - 1px);
    --_end-corners: 0 0 var(--_corner) var(--_corner);
    display: block;
    position: relative;
    margin-block: 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_background);
    container-type: inline-size;
  }
  /* Not on the host: the author's code keeps the font of its page, whose sizes may be relative. */
  .bar,
  .notice,
  .output,
  .problem,
  .caption,
  .own,
  .editor {
    color: var(--_text);
    font: 13px / 20px var(--_font);
    text-align: start;
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
    border-radius: var(--_corner) var(--_corner) 0 0;
    background: var(--_surface);
    user-select: none;
  }
  .run {
    min-width: 72px;
    color: var(--_accent);
    font-weight: 600;
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
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .code {
    position: relative;
    overflow: clip;
    direction: ltr;
  }
  :is(.code, .editor):not(:has(~ :is(.output, .notice, .problem, .expected:not([hidden])))),
  .output:not(:has(~ .expected:not([hidden]))) {
    border-radius: var(--_end-corners);
  }
  ::slotted(*) {
    margin: 0 !important;
    border-radius: 0 !important;
  }
  .expected {
    position: relative;
    direction: ltr;
  }
  ::slotted([slot='expected']) {
    border-radius: var(--_end-corners) !important;
    padding: 10px 16px !important;
    border: 0 solid var(--_border) !important;
    border-block-start-width: 1px !important;
    background: var(--_surface) !important;
    color: var(--_muted) !important;
    font: 12px / 18px var(--_mono) !important;
    white-space: pre-wrap !important;
    direction: ltr;
  }
  .caption {
    position: absolute;
    inset-block-start: 10px;
    inset-inline-end: 10px;
    padding: 0 6px;
    border-radius: 5px;
    background: var(--_background);
    color: var(--_muted);
    font-size: 11px;
    line-height: 18px;
    pointer-events: none;
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
      min-width: 36px;
      min-height: 36px;
    }
  }
  @media print {
    .bar {
      display: none;
    }
  }
`;
