import { css, unsafeCSS } from 'lit';
import { hues } from './span-contexts.js';

/** Hues of contexts in degrees, by index: neighbours are far apart. */
const degrees = [255, 62, 152, 345, 108, 210, 302];

/** A surface and an edge for each hue; text has a contrast of 4.5:1 and more on both. */
const hueProperties = unsafeCSS(
  Array.from(
    { length: hues },
    (_, hue) =>
      `--_hue-${hue}-soft: light-dark(oklch(0.9 0.06 ${degrees[hue]}), oklch(0.36 0.07 ${degrees[hue]}));` +
      `--_hue-${hue}-strong: light-dark(oklch(0.5 0.15 ${degrees[hue]}), oklch(0.78 0.12 ${degrees[hue]}));`,
  ).join(''),
);
const hueMarks = unsafeCSS(
  Array.from(
    { length: hues },
    (_, hue) =>
      `.mark[data-hue='${hue}'] .letter { background: var(--_hue-${hue}-strong); color: var(--_plain-on-strong); }`,
  ).join(''),
);
const forcedHues = unsafeCSS(
  Array.from({ length: hues }, (_, hue) => `--_hue-${hue}-soft: Canvas; --_hue-${hue}-strong: CanvasText;`).join(''),
);

export const timelineStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
    height: 380px;
    min-width: 0;
    overflow: clip;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_background);
    color: var(--_text);
    font: 12px / 18px var(--_font);
    text-align: start;
    container-type: size;
    --_grid: var(--_border-strong);
    --_plain-soft: light-dark(#e2e5ea, #31363f);
    --_plain-strong: light-dark(#5a6270, #a7afbd);
    --_plain-on-strong: light-dark(#ffffff, #0c1018);
    ${hueProperties}
  }
  :host([hidden]) {
    display: none;
  }
  @media (forced-colors: active) {
    :host {
      --_grid: CanvasText;
      --_plain-soft: Canvas;
      --_plain-strong: CanvasText;
      --_plain-on-strong: Canvas;
      ${forcedHues}
    }
    canvas,
    .swatches *,
    .letter {
      forced-color-adjust: none;
    }
  }
  .bar {
    display: flex;
    align-items: center;
    flex: none;
    gap: 2px;
    min-height: 38px;
    padding: 4px 6px 4px 8px;
    border-block-end: 1px solid var(--_border);
  }
  .bar .button {
    height: 26px;
    padding: 0 8px;
    font-size: 12px;
    color: var(--_muted);
  }
  .bar .button.square {
    width: 26px;
    padding: 0;
  }
  .bar .icon {
    width: 14px;
    height: 14px;
  }
  .switch {
    display: flex;
    gap: 2px;
    margin-inline-end: 8px;
  }
  .switch .button[aria-pressed='true'] {
    background: var(--_hover);
    color: var(--_text);
  }
  .legend {
    display: flex;
    flex: 1;
    gap: 4px 12px;
    min-width: 0;
    margin: 0;
    padding: 0;
    overflow: hidden;
    list-style: none;
  }
  .legend li {
    flex: 0 1 auto;
    min-width: 34px;
  }
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    color: var(--_text);
  }
  .variables {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font: 11px / 16px var(--_mono);
  }
  .letter {
    flex: none;
    min-width: 16px;
    padding: 0 4px;
    border-radius: 4px;
    background: var(--_plain-strong);
    color: var(--_plain-on-strong);
    font: 700 10px / 16px var(--_font);
    text-align: center;
  }
  ${hueMarks}
  .rule {
    align-self: stretch;
    width: 1px;
    margin: 4px;
    background: var(--_border);
  }
  .body {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }
  .main {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
    min-height: 0;
  }
  @container (width >= 820px) {
    .body {
      flex-direction: row;
    }
  }
  .overview {
    flex: none;
    height: 32px;
    border-block-end: 1px solid var(--_border);
    cursor: ew-resize;
    touch-action: none;
  }
  canvas {
    display: block;
  }
  .plot {
    position: relative;
    display: flex;
    flex: 1;
    min-height: 72px;
    direction: ltr;
  }
  .scroller {
    flex: 1;
    min-width: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .scroller:focus-visible {
    border-radius: 0;
  }
  .surface {
    position: sticky;
    inset-block-start: 0;
    height: 0;
  }
  .surface canvas {
    touch-action: pan-y;
    cursor: grab;
  }
  .surface canvas:active {
    cursor: grabbing;
  }
  .tip {
    position: absolute;
    z-index: 1;
    max-width: min(320px, 90%);
    padding: 4px 8px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: var(--_raised);
    box-shadow: 0 4px 16px rgb(0 0 0 / 16%);
    pointer-events: none;
  }
  .tip b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .took,
  .number {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .empty {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    padding: 24px;
    color: var(--_muted);
    font-size: 13px;
    line-height: 20px;
    text-align: center;
  }
  .empty p {
    margin: 0;
    text-wrap: balance;
  }
  .empty .icon {
    width: 24px;
    height: 24px;
    margin-block-end: 10px;
    stroke-width: 1.1;
  }
  .empty .hint {
    font-size: 12px;
  }
  @container (width < 560px) {
    .bar {
      flex-wrap: wrap;
    }
    .legend {
      order: 1;
      flex-basis: 100%;
      flex-wrap: wrap;
      max-height: 44px;
      padding: 0 2px 4px;
    }
    .legend li {
      max-width: calc(50% - 6px);
    }
    .bar .rule:first-of-type {
      display: none;
    }
    .switch {
      flex: 1;
      margin: 0;
    }
  }
  /* The lanes need the room. */
  @container (height < 280px) {
    .overview,
    .legend {
      display: none;
    }
  }
  @container (width < 400px) {
    .save .icon {
      display: none;
    }
  }
  @media (forced-colors: active) {
    tr.selected {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .state,
    .letter {
      border: 1px solid CanvasText;
    }
  }
  @media (pointer: coarse) {
    .bar .button,
    .pages .button {
      height: 36px;
    }
    .bar .button.square {
      width: 36px;
    }
  }
`;
