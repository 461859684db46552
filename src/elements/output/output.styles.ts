import { css } from 'lit';

export const outputStyles = css`
  :host {
    display: block;
    position: relative;
    font: 13px / 1.5 var(--_font);
  }
  .frame {
    box-sizing: content-box;
    overflow: clip;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: var(--_background);
  }
  iframe {
    display: block;
    width: 100%;
    height: 100%;
    border: 0;
  }
  img {
    display: block;
    max-width: 100%;
    max-height: 480px;
    border-radius: 6px;
    background: repeating-conic-gradient(light-dark(#0000000a, #ffffff0f) 0 25%, transparent 0 50%) 0 0 / 16px 16px;
  }
  .actions {
    display: flex;
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 4px;
    z-index: 2;
    gap: 2px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: var(--_raised);
    opacity: 0;
  }
  :host(:hover) .actions,
  :host(:focus-within) .actions {
    opacity: 1;
  }
  @media (hover: none) {
    .actions {
      opacity: 1;
    }
  }
  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
  }
  .track {
    flex: 1 1 120px;
    height: 8px;
    overflow: clip;
    border: 1px solid var(--_border-strong);
    border-radius: 5px;
  }
  .bar {
    height: 100%;
    background: var(--_accent);
  }
  .note {
    margin: 4px 0 0;
    color: var(--_muted);
  }
  .problem {
    margin: 0;
    color: var(--_error);
  }
  pre {
    margin: 0;
    font: 12px / 18px var(--_mono);
    white-space: pre-wrap;
  }
  @media (forced-colors: active) {
    .bar {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
