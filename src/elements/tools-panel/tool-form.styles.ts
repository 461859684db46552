import { css } from 'lit';

export const toolFormStyles = css`
  :host {
    display: block;
    font: 12px / 18px var(--_font);
  }
  form {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .field {
    display: flex;
    flex-direction: column;
    gap: 3px;
    min-width: 0;
  }
  label,
  legend {
    padding: 0;
    color: var(--_text);
    font: 500 12px / 18px var(--_mono);
    overflow-wrap: anywhere;
  }
  .optional {
    color: var(--_muted);
    font: 11px / 18px var(--_font);
  }
  .about {
    margin: 0;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .error {
    margin: 0;
    color: var(--_error);
    overflow-wrap: anywhere;
  }
  input:not([type='checkbox']),
  select,
  textarea {
    width: 100%;
    min-height: 30px;
    padding: 4px 8px;
    border: 1px solid var(--_border-strong);
    border-radius: 7px;
    background: var(--_background);
    color: var(--_text);
    font: 12px / 20px var(--_mono);
  }
  textarea {
    resize: vertical;
    field-sizing: content;
    max-height: 240px;
  }
  select,
  input[inputmode],
  input[type='date'],
  input[type='datetime-local'] {
    max-width: 240px;
  }
  option {
    background: var(--_raised);
    color: var(--_text);
  }
  [aria-invalid='true'] {
    border-color: var(--_error) !important;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  input[type='checkbox'] {
    width: 15px;
    height: 15px;
    margin: 0;
    accent-color: var(--_accent);
  }
  fieldset {
    display: flex;
    flex-direction: column;
    gap: 10px;
    min-width: 0;
    margin: 0;
    padding: 0 0 0 12px;
    border: 0;
    border-inline-start: 2px solid var(--_border);
  }
  fieldset > legend {
    margin-block-end: 4px;
  }
  .item {
    display: flex;
    align-items: flex-start;
    gap: 4px;
  }
  .item > :first-child {
    flex: 1;
  }
  .add {
    align-self: flex-start;
  }
  .button {
    font-size: 12px;
  }
  .quiet {
    border-color: var(--_border-strong);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .problems {
    margin: 0;
    padding: 8px 12px;
    border-radius: 7px;
    background: var(--_error-surface);
    color: var(--_error);
  }
  @media (pointer: coarse) {
    input:not([type='checkbox']),
    select,
    textarea,
    .button {
      min-height: 38px;
      font-size: 16px;
    }
  }
`;
