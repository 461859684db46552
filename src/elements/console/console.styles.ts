import { css } from 'lit';

export const consoleStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
    min-height: 0;
    min-width: 0;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    flex: none;
    height: 36px;
    padding: 0 6px 0 8px;
    border-block-end: 1px solid var(--_border);
  }
  .filter,
  .level {
    height: 26px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--_muted);
  }
  .filter {
    flex: 1;
    min-width: 40px;
    padding: 0 8px;
  }
  .filter::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .filter:focus {
    color: var(--_text);
  }
  .level {
    padding: 0 2px;
    cursor: pointer;
    field-sizing: content;
  }
  .level option {
    background: var(--_raised);
    color: var(--_text);
  }
  .filter:hover,
  .level:hover {
    background: var(--_hover);
  }
  .bar .button {
    color: var(--_muted);
  }
  .scroller {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    /* The row window itself keeps the rows in view in place. */
    overflow-anchor: none;
    font: 12px / 18px var(--_mono);
    direction: ltr;
  }
  .frame {
    position: relative;
  }
  .list {
    position: absolute;
    inset-inline: 0;
  }
  .row {
    --depth: 0;
    position: relative;
    display: flex;
    align-items: flex-start;
    padding: 4px 12px 4px calc(8px + min(var(--depth) * 14px, 50%));
    border-block-end: 1px solid color-mix(in srgb, var(--_border) 55%, transparent);
  }
  .gutter {
    display: flex;
    justify-content: center;
    flex: none;
    min-width: 20px;
    height: 18px;
    align-items: center;
    margin-inline-end: 6px;
    color: var(--_muted);
  }
  .gutter .icon {
    display: block;
    width: 14px;
    height: 14px;
  }
  .body {
    flex: 1;
    min-width: 0;
    margin: 0;
    font: inherit;
    overflow-wrap: anywhere;
  }
  .text {
    white-space: pre-wrap;
    tab-size: 2;
  }
  .debug .body,
  .notice .body,
  .ran .body {
    color: var(--_muted);
  }
  .warn {
    background: var(--_warning-surface);
    color: var(--_warning);
  }
  .error {
    background: var(--_error-surface);
    color: var(--_error);
  }
  .warn .gutter,
  .error .gutter {
    color: inherit;
  }
  .ran .body,
  .notice .body {
    font-family: var(--_font);
  }
  .ran {
    background: var(--_surface);
  }
  .input .gutter,
  .result .gutter {
    color: var(--_accent);
  }
  .count {
    min-width: 18px;
    padding: 0 5px;
    border-radius: 9px;
    background: var(--_muted);
    color: var(--_background);
    font: 600 10.5px / 16px var(--_font);
    text-align: center;
  }
  .warn .count {
    background: var(--_warning);
  }
  .error .count {
    background: var(--_error);
  }
  .chip {
    padding: 1px 6px;
    border-radius: 5px;
    background: var(--_hover);
    color: var(--_muted);
    font: 11px / 16px var(--_mono);
  }
  .badge {
    flex: none;
    max-width: 45%;
    margin-inline-start: 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .ran .body .chip {
    margin-inline-start: 8px;
  }
  .origin {
    flex: none;
    margin-inline-start: 12px;
    color: var(--_muted);
  }
  .took {
    font: 11px / 18px var(--_font);
    font-variant-numeric: tabular-nums;
  }
  .position,
  .group {
    padding: 0;
    border: 0;
    background: none;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .position {
    color: var(--_muted);
  }
  button.position {
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentColor 40%, transparent);
    text-underline-offset: 3px;
  }
  button.position:hover {
    color: var(--_accent);
  }
  .group {
    font-weight: 600;
    color: inherit;
  }
  .chevron {
    display: inline-grid;
    vertical-align: -2px;
    margin-inline-end: 3px;
  }
  .chevron .icon {
    width: 14px;
    height: 14px;
  }
  [aria-expanded='true'] > .chevron {
    rotate: 90deg;
  }
  .frames {
    margin: 2px 0 0;
    padding: 0 0 0 14px;
    list-style: none;
    color: var(--_muted);
  }
  .cause {
    margin-top: 4px;
    padding-inline-start: 14px;
  }
  .styled {
    display: inline-block;
    max-width: 100%;
    /* Not \`hidden\`, which would move the text off the baseline. */
    overflow: clip;
  }
  .table {
    margin: 4px 0;
    overflow-x: auto;
    border: 1px solid var(--_border);
    border-radius: 6px;
    width: fit-content;
    max-width: 100%;
    background: var(--_background);
    color: var(--_text);
  }
  table {
    border-collapse: collapse;
  }
  th,
  td {
    padding: 3px 10px;
    text-align: start;
    white-space: nowrap;
    border: solid var(--_border);
    border-width: 0 1px 1px 0;
  }
  th {
    background: var(--_surface);
    color: var(--_muted);
    font-weight: 500;
  }
  tr > :last-child {
    border-inline-end: 0;
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  time {
    position: absolute;
    inset: 4px 8px auto auto;
    padding: 0 5px;
    border-radius: 4px;
    background: var(--_raised);
    box-shadow: 0 0 0 1px var(--_border);
    color: var(--_muted);
    font: 11px / 18px var(--_font);
    font-variant-numeric: tabular-nums;
    opacity: 0;
    pointer-events: none;
  }
  .row:hover > time {
    opacity: 1;
    transition: opacity 0.1s 0.5s;
  }
  .row:has(> .origin, > codemode-tool-call):hover > time {
    inset-block-start: -8px;
  }
  .aside {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    padding: 4px 12px;
    border-block-end: 1px solid var(--_border);
    background: var(--_raised);
    color: var(--_muted);
    font: 12px / 20px var(--_font);
    text-align: center;
  }
  .to-end {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-end: 20px;
    z-index: 2;
    border: 1px solid var(--_border);
    background: var(--_raised);
    color: var(--_text);
    font: 12px / 20px var(--_font);
  }
  .to-end .icon {
    width: 12px;
    height: 12px;
    rotate: 90deg;
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 4px;
    min-height: 100%;
    padding: 24px;
    color: var(--_muted);
    font: 13px / 20px var(--_font);
    text-align: center;
  }
  .empty p {
    margin: 0;
    text-wrap: balance;
  }
  .empty .icon {
    width: 24px;
    height: 24px;
    margin-block-end: 6px;
    stroke-width: 1.1;
  }
  .empty .hint {
    font-size: 12px;
  }
`;
