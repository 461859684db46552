import { css } from 'lit';

export const playgroundStyles = css`
  :host {
    display: block;
    height: 560px;
    min-height: 320px;
    color: var(--_text);
    font: 13px / 20px var(--_font);
    -webkit-text-size-adjust: 100%;
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  .frame {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    /* Content that reaches beyond it, such as the editor's suggestions, must not scroll it. */
    overflow: clip;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_background);
  }
  codemode-tab-bar {
    flex: none;
    background: var(--_surface);
    border-block-end: 1px solid var(--_border);
  }
  .toolbar {
    display: flex;
    align-items: center;
    flex: none;
    gap: 4px;
    height: 44px;
    padding: 0 8px;
    border-block-end: 1px solid var(--_border);
  }
  .toolbar .primary {
    margin-inline-end: 4px;
    padding-inline: 9px 10px;
  }
  .toolbar .icon {
    width: 14px;
    height: 14px;
  }
  kbd {
    margin-inline-start: 4px;
    font: 500 11px / 16px var(--_font);
    opacity: 0.85;
  }
  .space {
    flex: 1;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    padding: 0 8px;
    color: var(--_muted);
    font-size: 12px;
    white-space: nowrap;
  }
  .state::before {
    content: '';
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--_border-strong);
  }
  .word + .pending::before {
    content: '·';
    margin-inline-end: 6px;
  }
  .narrow .word + .pending::before {
    content: none;
  }
  .pending {
    height: 26px;
    padding: 0 6px;
    border: 0;
    border-radius: 6px;
    background: none;
    font-size: 12px;
    cursor: pointer;
  }
  .pending:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .state.ready::before {
    background: var(--_success);
  }
  .state.running::before,
  .state.starting::before {
    background: var(--_accent);
    animation: pulse 1.1s ease-in-out infinite;
  }
  .state.crashed::before {
    background: var(--_error);
  }
  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }
  .took {
    font-variant-numeric: tabular-nums;
  }
  .took::before {
    content: '·';
    margin-inline-end: 7px;
  }
  .mode select {
    height: 26px;
    padding: 0 2px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    color: var(--_muted);
    font-size: 12px;
    cursor: pointer;
  }
  .mode select:hover {
    background: var(--_hover);
  }
  .mode option {
    background: var(--_raised);
    color: var(--_text);
  }
  .banner {
    display: flex;
    align-items: center;
    flex: none;
    gap: 8px;
    padding: 4px 8px 4px 12px;
    border-block-end: 1px solid var(--_border);
    background: var(--_warning-surface);
    color: var(--_warning);
  }
  .banner span {
    flex: 1;
  }
  .banner .button {
    color: inherit;
  }
  .panes {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, var(--split)) 1px minmax(0, var(--rest));
    flex: 1;
    min-height: 0;
  }
  .stacked .panes {
    grid-template: minmax(80px, var(--split)) 1px minmax(120px, var(--rest)) / minmax(0, 1fr);
  }
  .panels {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    container: panels / inline-size;
  }
  .panel-bar {
    display: flex;
    align-items: center;
    flex: none;
    gap: 2px;
    height: 38px;
    padding: 0 6px;
    border-block-end: 1px solid var(--_border);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .panel-button {
    flex: none;
    gap: 6px;
    height: 26px;
    padding: 0 8px;
    color: var(--_muted);
  }
  .panel-button[aria-pressed='true'],
  .more.current {
    background: var(--_hover);
    color: var(--_text);
  }
  .count {
    max-width: 24ch;
    overflow: hidden;
    text-overflow: ellipsis;
    padding: 0 5px;
    border-radius: 5px;
    background: var(--_hover);
    color: var(--_muted);
    font: 11px / 16px var(--_mono);
  }
  .menu {
    display: contents;
  }
  .more {
    display: none;
    gap: 2px;
  }
  .more .icon {
    width: 12px;
    rotate: 90deg;
  }
  @container panels (width < 480px) {
    .count.context {
      display: none;
    }
  }
  @container panels (width < 760px) {
    .more {
      display: inline-flex;
      flex: none;
    }
    .menu:not(:popover-open) {
      display: none;
    }
    .menu:popover-open {
      display: flex;
      flex-direction: column;
      min-width: 160px;
      margin: 0;
      padding: 4px;
      border: 1px solid var(--_border);
      border-radius: 10px;
      background: var(--_raised);
      box-shadow: 0 6px 24px rgb(0 0 0 / 18%);
    }
    .menu .panel-button {
      justify-content: space-between;
      flex: none;
      height: 30px;
    }
  }
  .panel {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .panel > :first-child {
    flex: 1;
    min-height: 0;
  }
  codemode-timeline {
    height: auto;
    border: 0;
    border-radius: 0;
  }
  .missing {
    display: flex;
    align-items: center;
    gap: 8px;
    flex-wrap: wrap;
    align-content: flex-start;
    margin: 0;
    padding: 12px 16px;
    color: var(--_warning);
  }
  .no-tabs {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    gap: 4px;
    padding: 24px;
    text-align: center;
  }
  .no-tabs p {
    margin: 0;
  }
  .no-tabs .hint {
    margin-block-end: 12px;
    color: var(--_muted);
  }
  .toasts {
    position: absolute;
    inset: auto 0 16px;
    z-index: 2;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }
  .toast {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 6px 6px 6px 14px;
    border-radius: 10px;
    background: var(--_text);
    color: var(--_background);
    box-shadow: 0 6px 24px rgb(0 0 0 / 22%);
    pointer-events: auto;
    animation: rise 0.16s ease-out;
  }
  .toast .button {
    color: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .toast :focus-visible {
    outline-color: currentColor;
  }
  @keyframes rise {
    from {
      translate: 0 8px;
      opacity: 0;
    }
  }
  ::slotted(*) {
    flex: none;
  }
  .narrow .toolbar {
    flex-wrap: wrap;
    height: auto;
    padding-block: 8px;
  }
  .narrow ::slotted(*) {
    order: 1;
  }
  .narrow .took {
    display: none;
  }
  .narrow .state:has(.pending) .word {
    display: none;
  }
  .narrow .toolbar .label,
  .narrow kbd {
    display: none;
  }
  .narrow .toolbar .button:not(.primary) {
    width: 28px;
    padding: 0;
  }
  @media (forced-colors: active) {
    .more.current {
      outline: 2px solid Highlight;
    }
  }
  @media (pointer: coarse) {
    .toolbar {
      height: auto;
      padding-block: 8px;
    }
    .toolbar .button {
      height: 36px;
      min-width: 36px;
    }
  }
`;
