import { css, type CSSResultOrNative } from '@lit/reactive-element/css-tag.js';
import { pageSchemeSheet } from './page-scheme.js';

/**
 * Colours and typography of every element. The outer elements (`<codemode-playground>`, `<codemode-snippet>`) adopt these styles; inner
 * elements inherit the `--_*` properties. A page sets them by their public `--codemode-*` names. The defaults have a contrast of at least
 * 4.5:1 in both schemes.
 */
const tokenStyles = css`
  :host {
    --_background: var(--codemode-background, light-dark(#ffffff, #101216));
    --_surface: var(--codemode-surface, light-dark(#f7f7f8, #16181d));
    --_raised: var(--codemode-raised, light-dark(#ffffff, #1d2026));
    --_border: var(--codemode-border, light-dark(#e4e4e8, #292d35));
    --_border-strong: var(--codemode-border-strong, light-dark(#c9cad1, #3b404a));
    --_text: var(--codemode-text, light-dark(#1a1c21, #e6e8ed));
    --_muted: var(--codemode-muted, light-dark(#5c616d, #9ba2af));
    --_accent: var(--codemode-accent, light-dark(#1d5fd1, #86b1ff));
    --_on-accent: var(--codemode-on-accent, light-dark(#ffffff, #0c1324));
    --_hover: light-dark(rgb(20 24 35 / 6%), rgb(235 240 255 / 8%));
    --_selected: light-dark(rgb(29 95 209 / 9%), rgb(134 177 255 / 13%));
    --_error: var(--codemode-error, light-dark(#b3261e, #ff9d96));
    --_error-surface: light-dark(#fdf3f2, #26181a);
    --_warning: var(--codemode-warning, light-dark(#7d5400, #eec574));
    --_warning-surface: light-dark(#fdf8ea, #242016);
    --_success: var(--codemode-success, light-dark(#176b45, #6fd3a2));
    --_string: var(--codemode-string, light-dark(#0d6b47, #8ed7ae));
    --_number: var(--codemode-number, light-dark(#1b55c4, #93b8ff));
    --_keyword: var(--codemode-keyword, light-dark(#8b3299, #d8a8f0));
    --_property: var(--codemode-property, light-dark(#7a4a00, #e5c08a));
    --_comment: var(--codemode-comment, light-dark(#646b78, #8b93a1));
    --_font: var(--codemode-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    --_mono: var(--codemode-mono-font, ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, monospace);
    --_code-size: var(--codemode-font-size, 13px);
    --_line: 20px;
    --_radius: var(--codemode-radius, 10px);
  }
  /* Content with its own painting, such as Monaco, uses the system colours. */
  @media (forced-colors: active) {
    :host {
      --_background: Canvas;
      --_surface: Canvas;
      --_raised: Canvas;
      --_border: CanvasText;
      --_border-strong: GrayText;
      --_text: CanvasText;
      --_muted: CanvasText;
      --_accent: Highlight;
      --_on-accent: HighlightText;
      --_string: CanvasText;
      --_number: CanvasText;
      --_keyword: CanvasText;
      --_property: CanvasText;
      --_comment: GrayText;
    }
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`;

/** The tokens and the colour scheme: the page's, unless the attribute `theme` sets one. */
export const tokens: CSSResultOrNative[] = [...pageSchemeSheet, tokenStyles];

/** Base styles of every shadow root: sizing, focus rings, buttons, icons, text for screen readers. */
export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
    border-radius: 6px;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    height: 28px;
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: 7px;
    background: none;
    color: var(--_text);
    white-space: nowrap;
    cursor: pointer;
    transition: background-color 0.12s;
  }
  .button:hover:not(:disabled) {
    background: var(--_hover);
  }
  .button:disabled {
    color: var(--_muted);
    opacity: 0.55;
    cursor: default;
  }
  .button:focus-visible {
    outline-offset: 1px;
  }
  .button.square {
    width: 28px;
    padding: 0;
  }
  .button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 550;
  }
  .button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .icon {
    flex: none;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.solid {
    fill: currentColor;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
    }
  }
  @media (forced-colors: active) {
    .icon {
      color: inherit !important;
    }
    .button {
      border-color: ButtonText;
    }
    .button.primary {
      forced-color-adjust: none;
      border-color: Highlight;
    }
    [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
