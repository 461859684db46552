import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.js';
import type { Strings } from '../shared/strings.js';
import type { PlaygroundTab } from './playground-tab.js';

/** What a tab says about its session: its crash, and what came back. */
export function renderBanner(tab: PlaygroundTab, strings: Strings): TemplateResult {
  return html`<div class="banner" part="banner" role="status" ?hidden=${tab.banner === ''}>
    ${icon('warning')}<span>${tab.banner}</span>
    <button class="button square" aria-label=${strings.dismiss} @click=${() => tab.dismissBanner()}>${icon('close')}</button>
  </div>`;
}

/** What a playground without a tab shows. */
export function renderNoTabs(strings: Strings, add: () => void): TemplateResult {
  return html`<div class="no-tabs">
    <p>${strings.noTabs}</p>
    <p class="hint">${strings.noTabsHint}</p>
    <button class="button primary" @click=${add}>${icon('plus')} ${strings.newTab}</button>
  </div>`;
}

/** The offer to reopen a tab, if one was closed. */
export function renderToast(closed: PlaygroundTab | undefined, strings: Strings, undo: () => void): TemplateResult {
  return html`<div class="toasts" role="status">
    ${
      closed === undefined
        ? nothing
        : html`<div class="toast" part="toast">
            <span>${strings.closedTab(closed.name)}</span>
            <button class="button" @click=${undo}>${strings.undo}</button>
          </div>`
    }
  </div>`;
}
