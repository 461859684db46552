import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { ToolItem } from '../console/console-item.js';
import '../inspector/inspector.js';
import { previewStyles, previewText } from '../preview/inline-preview.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { locales } from '../shared/locale.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { TextBudget } from '../shared/text-budget.js';
import { base } from '../shared/tokens.js';
import { toolCallStrings, type ToolCallStrings } from './tool-call-strings.js';

/** Characters of the arguments in a closed row. */
const lineRoom = 160;

/**
 * A tool call in a console: the tool, its arguments in short, and how it ended; opened, arguments and result as values.
 *
 * @summary A tool call in a console.
 */
class CodemodeToolCall extends LocalizedElement {
  static override styles = [
    base,
    previewStyles,
    css`
      :host {
        display: block;
        color: var(--_text);
      }
      button {
        display: flex;
        align-items: baseline;
        gap: 6px;
        width: 100%;
        padding: 0;
        border: 0;
        background: none;
        font: inherit;
        text-align: start;
        cursor: pointer;
      }
      .chevron {
        flex: none;
        align-self: center;
        display: inline-grid;
      }
      .chevron .icon {
        width: 12px;
        height: 12px;
      }
      [aria-expanded='true'] > .chevron {
        rotate: 90deg;
      }
      .name {
        flex: none;
        max-width: 60%;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--_keyword);
      }
      .line {
        flex: 0 1 auto;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        color: var(--_muted);
      }
      .state {
        flex: none;
        margin-inline-start: auto;
        color: var(--_muted);
        font: 11px / 18px var(--_font);
        font-variant-numeric: tabular-nums;
      }
      .failed,
      .error {
        color: var(--_error);
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 10px;
        margin: 2px 0 2px 18px;
      }
      dt {
        color: var(--_muted);
        font: 11px / 18px var(--_font);
      }
      dd {
        min-width: 0;
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** The row that it shows. */
  @property({ attribute: false }) item!: ToolItem;
  /** What is known of the call: changes with each of its steps. */
  @property({ attribute: false }) call!: ToolItem['call'];

  protected override get strings(): ToolCallStrings {
    return locales.textsFor(this, toolCallStrings);
  }

  protected override render(): TemplateResult {
    const { strings, item, call } = this;
    const { name, phase, args, error, duration } = call;
    const state = [strings.callPhase[phase], duration === undefined ? '' : strings.took(duration)];
    const line =
      args === undefined || args.type === 'undefined' ? '' : new TextBudget(lineRoom).take(previewText(args));
    return html`
      <button aria-expanded=${item.isOpen} @click=${this.toggle}>
        <span class="chevron">${icon('chevron')}</span>
        <span class="name">tools.${name}</span>
        <span class="line">${line}</span>
        <span class="state ${phase}">${state.filter(Boolean).join(' · ')}</span>
      </button>
      ${
        item.isOpen
          ? html`<dl>
            ${this.renderValue(strings.callArguments, args)} ${this.renderValue(strings.callResult, call.result)}
            ${error === undefined ? nothing : html`<dt>${strings.level.error}</dt><dd class="error">${error}</dd>`}
          </dl>`
          : nothing
      }
    `;
  }

  private renderValue(label: string, preview: Preview | undefined): TemplateResult | typeof nothing {
    if (preview === undefined) return nothing;
    return html`<dt>${label}</dt><dd><codemode-inspector .preview=${preview}></codemode-inspector></dd>`;
  }

  /** The row keeps it: the element leaves the document when it is scrolled out of view. */
  private toggle(): void {
    this.item.isOpen = !this.item.isOpen;
    this.requestUpdate();
  }
}

define('codemode-tool-call', CodemodeToolCall);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-tool-call': CodemodeToolCall;
  }
}
