import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { NamespaceEntry } from '../../protocol/messages/wire.js';
import { PanelElement } from '../panels/panel-element.js';
import type { PanelView } from '../panels/panel-view.js';
import { previewStyles } from '../preview/inline-preview.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { rowRoom, TextBudget } from '../shared/text-budget.js';
import { base } from '../shared/tokens.js';
import '../inspector/inspector.js';

/** Variables shown at first, and added at a time. */
const portion = 100;
/** Text budget of all of them. */
const listRoom = 2 * rowRoom;

/**
 * The variables of a session: name, kind, type and value of each.
 *
 * @summary A list of the variables of a session.
 * @fires {CustomEvent<PositionDetail>} position-select - the reader clicked a stack frame in a value; bubbles
 * @example
 * ```html
 * <codemode-namespace-panel></codemode-namespace-panel>
 * ```
 */
export class CodemodeNamespacePanel extends PanelElement {
  static override styles = [
    base,
    previewStyles,
    css`
      :host {
        display: block;
        overflow: auto;
        min-height: 0;
        container-type: inline-size;
      }
      ul {
        margin: 0;
        padding: 6px 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 60px minmax(0, 1fr) auto;
        gap: 8px;
        align-items: start;
        padding: 4px 14px;
        font: 12px / 18px var(--_mono);
      }
      li:hover {
        background: var(--_hover);
      }
      .rest {
        display: block;
      }
      .kind {
        color: var(--_keyword);
      }
      .type {
        max-width: 22ch;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--_muted);
      }
      @container (width < 480px) {
        li {
          grid-template-columns: 60px minmax(0, 1fr);
        }
        .type {
          grid-column: 2;
          max-width: 100%;
          padding-inline-start: 12px;
        }
        .type:empty {
          display: none;
        }
      }
      .empty {
        display: grid;
        place-content: center;
        justify-items: center;
        height: 100%;
        padding: 24px;
        color: var(--_muted);
        text-align: center;
        line-height: 20px;
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
      .hint {
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) entries: readonly NamespaceEntry[] = [];
  /** Fetches the properties of a preview. */
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;

  @state() private limit = portion;

  protected override render(): TemplateResult {
    if (this.entries.length === 0) {
      return html`<div class="empty">${icon('variables')}<p>${this.strings.variablesEmpty}</p><p class="hint">${this.strings.variablesEmptyHint}</p></div>`;
    }
    const shown = this.entries.slice(0, this.limit);
    const room = listRoom / Math.min(shown.length, portion);
    return html`
      <ul aria-label=${this.strings.variables}>
        ${repeat(
          shown,
          (entry) => entry.name,
          (entry) => html`
            <li>
              <span class="kind">${entry.kind}</span>
              <codemode-inspector .label=${entry.name} .preview=${entry.preview} .room=${room} .expand=${this.expand}></codemode-inspector>
              <span class="type" title=${entry.type}>${entry.pending ? this.strings.pending(1) : entry.type === 'unknown' ? '' : new TextBudget(1_000).take(entry.type)}</span>
            </li>
          `,
        )}
        ${
          this.entries.length > shown.length
            ? html`<li class="rest"><button class="button" @click=${() => (this.limit += portion)}>… ${this.strings.moreProperties(this.entries.length - shown.length)}</button></li>`
            : nothing
        }
      </ul>
    `;
  }
}

export function renderPanel({ tab }: PanelView): TemplateResult {
  return html`<codemode-namespace-panel part="variables" .entries=${tab.namespace} .expand=${tab.expand}></codemode-namespace-panel>`;
}

define('codemode-namespace-panel', CodemodeNamespacePanel);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-namespace-panel': CodemodeNamespacePanel;
  }
}
