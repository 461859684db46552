import { css } from 'lit';

export const codeEditorStyles = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    min-height: 0;
    background: var(--_background);
  }
  /* Any change of colours, by the page or the system, starts a transition. Its event tells Monaco about the change. */
  .colors {
    position: absolute;
    width: 0;
    height: 0;
    visibility: hidden;
    color: var(--_text);
    background-color: var(--_background);
    border-color: var(--_accent);
    outline-color: var(--_keyword);
    transition: all 1ms;
    forced-color-adjust: none;
  }
  .view {
    forced-color-adjust: none;
  }
  .view,
  .plain {
    position: absolute;
    inset: 0;
    font: var(--_code-size) / var(--_line) var(--_mono);
    direction: ltr;
  }
  .plain {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    overflow: auto;
    tab-size: 2;
  }
  .numbers {
    min-width: 3ch;
    margin: 0 11.5px 0 0;
    padding: 12px 0;
    color: var(--_muted);
    font: inherit;
    text-align: end;
    user-select: none;
  }
  .field {
    position: relative;
    min-height: 100%;
  }
  .measure,
  textarea {
    margin: 0;
    padding: 12px 24px 12px 0;
    font: inherit;
    white-space: pre;
  }
  .measure {
    visibility: hidden;
    width: max-content;
    min-width: 100%;
  }
  textarea {
    position: absolute;
    inset: 0;
    width: 100%;
    border: 0;
    background: none;
    color: var(--_text);
    resize: none;
    overflow: hidden;
  }
  textarea:focus-visible {
    outline: none;
  }
  .plain:has(:focus-visible) {
    box-shadow: inset 0 0 0 2px var(--_accent);
  }
  .progress {
    position: absolute;
    inset: 0 0 auto;
    height: 2px;
    background: linear-gradient(90deg, transparent, var(--_accent), transparent) 0 0 / 40% 100% no-repeat;
    animation: progress 1.2s linear infinite;
  }
  @keyframes progress {
    from {
      background-position: -70% 0;
    }
    to {
      background-position: 170% 0;
    }
  }
  .failed {
    position: absolute;
    inset: auto 12px 12px;
    display: flex;
    gap: 8px;
    margin: 0;
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--_warning-surface);
    box-shadow: 0 0 0 1px var(--_border);
    color: var(--_warning);
    font-size: 12px;
    line-height: 18px;
  }
`;
