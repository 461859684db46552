import { css } from 'lit';

export const inspectorStyles = css`
  :host {
    display: inline-block;
    vertical-align: top;
    max-width: 100%;
    font: 12px / 18px var(--_mono);
    color: var(--_text);
    white-space: normal;
  }
  .row {
    --level: 0;
    position: relative;
    display: flex;
    padding-inline-start: calc(var(--level) * 14px);
    cursor: default;
  }
  .row[aria-expanded] {
    cursor: pointer;
  }
  .row:focus-visible {
    outline-offset: 0;
  }
  .chevron {
    flex: none;
    width: 14px;
    height: 18px;
    color: var(--_muted);
  }
  .chevron .icon {
    width: 12px;
    height: 18px;
    transition: rotate 0.1s;
  }
  [aria-expanded='true'] > .chevron .icon {
    rotate: 90deg;
  }
  [role='treeitem'][aria-level='1'] > .chevron {
    margin-inline-start: -2px;
  }
  .content,
  .leaf {
    min-width: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--_comment);
  }
  .muted {
    color: var(--_muted);
  }
  .frame {
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .source {
    margin: 0;
    padding: 4px 8px;
    max-height: 240px;
    overflow: auto;
    border-radius: 6px;
    background: var(--_surface);
    font: inherit;
    tab-size: 2;
  }
  .getter {
    padding: 0 2px;
    border: 0;
    border-radius: 4px;
    background: var(--_hover);
    color: var(--_text);
    font: inherit;
    cursor: pointer;
  }
  /* Takes no room: it covers the following content. */
  .tools {
    display: flex;
    flex: none;
    z-index: 1;
    width: 0;
    height: 18px;
    margin-inline-start: auto;
    color: var(--_muted);
    opacity: 0;
  }
  .tool {
    flex: none;
    width: 22px;
    padding-inline: 4px;
    border-radius: 4px;
    background: var(--_raised);
    cursor: pointer;
  }
  .tool .icon {
    width: 14px;
    height: 18px;
    vertical-align: top;
  }
  .row:hover > .tools,
  .row:focus-visible > .tools {
    opacity: 1;
  }
  .tool:hover {
    color: var(--_text);
  }
`;
