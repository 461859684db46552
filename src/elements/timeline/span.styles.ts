import { css } from 'lit';

/** Styles of the details of a span and of the table of all. */
export const spanStyles = css`
  .details {
    flex: none;
    max-height: 46%;
    overflow: auto;
    padding: 0 12px 10px;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface);
  }
  @container (width >= 820px) {
    .details {
      width: 336px;
      max-height: none;
      border-block-start: 0;
      border-inline-start: 1px solid var(--_border);
    }
  }
  .details-head {
    position: sticky;
    inset-block-start: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 6px 0;
    background: var(--_surface);
  }
  .title {
    min-width: 0;
    margin: 0;
    overflow: hidden;
    font: 600 13px / 20px var(--_font);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .details-head .button {
    margin-inline-start: auto;
  }
  .state {
    padding: 0 6px;
    border-radius: 9px;
    background: var(--_hover);
    color: var(--_muted);
    font-size: 11px;
    white-space: nowrap;
  }
  .state.ok {
    color: var(--_success);
  }
  .state.error {
    background: var(--_error-surface);
  }
  .state.error,
  .error {
    color: var(--_error);
  }
  .state.running {
    color: var(--_accent);
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr));
    gap: 4px 24px;
    margin: 0;
  }
  .field {
    display: grid;
    grid-template-columns: 84px minmax(0, 1fr);
    gap: 8px;
    align-items: start;
  }
  .field:has(pre, .spans, .error) {
    grid-column: 1 / -1;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
  pre {
    max-height: 140px;
    margin: 0;
    overflow: auto;
    padding: 4px 8px;
    border: 1px solid var(--_border);
    border-radius: 6px;
    background: var(--_background);
    white-space: pre-wrap;
  }
  pre,
  code {
    font: 11px / 17px var(--_mono);
  }
  .spans {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .span,
  .position {
    padding: 0 6px;
    border: 1px solid var(--_border-strong);
    border-radius: 6px;
    background: none;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .span:hover,
  .position:hover {
    background: var(--_hover);
  }
  .table {
    flex: 1;
    min-height: 72px;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface);
    box-shadow: inset 0 -1px var(--_border);
    color: var(--_muted);
    font-weight: 500;
  }
  th,
  td {
    padding: 3px 12px;
    border-block-end: 1px solid color-mix(in srgb, var(--_border) 55%, transparent);
    text-align: start;
    white-space: nowrap;
  }
  th.number,
  td.number {
    text-align: end;
  }
  td .variables {
    max-width: 32ch;
  }
  tbody th {
    max-width: 26ch;
    overflow: hidden;
    text-overflow: ellipsis;
    font-weight: 400;
  }
  tbody th .span {
    border-color: transparent;
    padding: 0 4px;
    margin-inline-start: -4px;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .named .span {
    font: 12px / 18px var(--_mono);
  }
  tbody tr {
    cursor: pointer;
  }
  tbody tr:hover {
    background: var(--_hover);
  }
  tr.selected {
    background: var(--_selected);
  }
  .pages {
    display: flex;
    align-items: center;
    justify-content: space-between;
    flex: none;
    gap: 8px;
    padding: 4px 8px;
    border-block-start: 1px solid var(--_border);
    color: var(--_muted);
  }
`;
