import { css } from 'lit';

export const toolsPanelStyles = css`
  li {
    border-block-end: 1px solid var(--_border);
  }
  ul {
    padding: 0;
  }
  .head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 6px;
    width: 100%;
    padding: 8px 14px 8px 10px;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .head:hover {
    background: var(--_hover);
  }
  .head > .icon {
    width: 12px;
    height: 18px;
    color: var(--_muted);
    transition: rotate 0.1s;
  }
  .head[aria-expanded='true'] > .icon {
    rotate: 90deg;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    font: 500 12px / 18px var(--_mono);
    overflow-wrap: anywhere;
  }
  .namespace {
    color: var(--_muted);
    font-weight: 400;
  }
  .badge {
    padding: 0 6px;
    border: 1px solid var(--_border);
    border-radius: 5px;
    color: var(--_muted);
    font: 11px / 16px var(--_font);
  }
  .badge.asks {
    border-color: transparent;
    background: var(--_warning-surface);
    color: var(--_warning);
  }
  .short {
    grid-column: 2;
    overflow: hidden;
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .details {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 2px 14px 16px 28px;
    font-size: 12px;
    line-height: 18px;
  }
  .about {
    margin: 0;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  pre {
    margin: 0;
    padding: 8px 12px;
    max-height: 180px;
    overflow: auto;
    border-radius: 7px;
    background: var(--_surface);
    color: var(--_text);
    font: 12px / 18px var(--_mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    tab-size: 2;
  }
  summary {
    width: fit-content;
    padding: 1px 4px;
    border-radius: 5px;
    color: var(--_muted);
    cursor: pointer;
  }
  summary:hover {
    color: var(--_text);
  }
  details > pre {
    margin-block-start: 6px;
  }
  .caption {
    margin: 0 0 8px;
    font-size: 12px;
    font-weight: 600;
    line-height: 18px;
  }
  .try {
    padding: 12px 14px 14px;
    border: 1px solid var(--_border);
    border-radius: 10px;
  }
  .result {
    margin-block-start: 12px;
    padding: 8px 12px;
    border-radius: 7px;
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  .result.failed {
    background: var(--_error-surface);
    color: var(--_error);
  }
  .took {
    display: block;
    color: var(--_muted);
    font-size: 11px;
  }
  @media (forced-colors: active) {
    .badge,
    .result,
    pre {
      border: 1px solid;
    }
  }
  @container (width < 420px) {
    .details {
      padding-inline: 14px;
    }
  }
`;
