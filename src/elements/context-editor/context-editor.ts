import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PanelView } from '../panels/panel-view.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { locales } from '../shared/locale.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { base } from '../shared/tokens.js';
import { toRows, type ContextRow, type ContextVariables } from './context-rows.js';
import { contextStrings, type ContextStrings } from './context-strings.js';
import { fromJson, fromRows, toJson, type ParsedContext } from './read-context.js';

/**
 * Edits the context of a tab, as rows of keys and values or as JSON. A change takes effect when the field loses the focus, or on
 * Enter. An invalid change shows a message and has no effect.
 *
 * @summary An editor of context variables, as rows or as JSON.
 * @fires {CustomEvent<ContextVariables>} context-change - the context has changed; `detail` is the new context
 * @example
 * ```html
 * <codemode-context-editor></codemode-context-editor>
 * <script type="module">
 *   document.querySelector('codemode-context-editor').context = { client_id: 'acme' };
 * </script>
 * ```
 */
export class CodemodeContextEditor extends LocalizedElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 12px;
        padding: 14px 16px;
        overflow: auto;
        min-height: 0;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
      }
      p {
        margin: 0;
        color: var(--_muted);
        font-size: 12px;
        line-height: 18px;
      }
      .views {
        display: flex;
        flex: none;
        padding: 2px;
        gap: 2px;
        border-radius: 8px;
        background: var(--_hover);
      }
      .views .button {
        height: 22px;
        padding: 0 8px;
        border-radius: 6px;
        color: var(--_muted);
        font-size: 12px;
      }
      .views [aria-pressed='true'] {
        background: var(--_raised);
        color: var(--_text);
        box-shadow: 0 0 0 1px var(--_border);
      }
      .row {
        display: grid;
        grid-template-columns: minmax(80px, 2fr) minmax(80px, 3fr) 28px;
        gap: 6px;
      }
      .rows {
        display: grid;
        gap: 6px;
      }
      .labels {
        color: var(--_muted);
        font-size: 12px;
      }
      input,
      textarea {
        min-width: 0;
        padding: 0 9px;
        border: 1px solid var(--_border-strong);
        border-radius: 7px;
        background: var(--_background);
        font: 12px / 18px var(--_mono);
      }
      input {
        height: 28px;
      }
      textarea {
        min-height: 140px;
        padding: 8px 9px;
        resize: vertical;
      }
      .add {
        justify-self: start;
        color: var(--_muted);
      }
      .remove {
        color: var(--_muted);
      }
      .message {
        color: var(--_error);
      }
    `,
  ];

  @property({ attribute: false }) context: ContextVariables = {};
  @state() private view: 'rows' | 'json' = 'rows';
  @state() private rows: readonly ContextRow[] = [];
  @state() private text = '';
  @state() private message = '';
  private emitted: ContextVariables | undefined;
  /** Typed text that has not taken effect yet. */
  private complete: ContextVariables | undefined;

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.onKeyDown(event));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('context') && this.context !== this.emitted) this.show(this.context);
  }

  protected override get strings(): ContextStrings {
    return locales.textsFor(this, contextStrings);
  }

  protected override render(): TemplateResult {
    return html`
      <header>
        <p>${this.strings.contextHint}</p>
        <div class="views">
          ${(['rows', 'json'] as const).map(
            (view) =>
              html`<button class="button" aria-pressed=${this.view === view} @click=${() => this.switchTo(view)}>${this.strings[view]}</button>`,
          )}
        </div>
      </header>
      ${this.view === 'rows' ? this.renderRows() : this.renderJson()}
      <p class="message" role="alert">${this.message}</p>
    `;
  }

  private renderRows(): TemplateResult {
    return html`
      <div class="rows">
        ${this.rows.length === 0 ? html`<p>${this.strings.contextEmpty}</p>` : nothing}
        ${this.rows.map(
          (row, index) => html`
            <div class="row">
              <input
                aria-label=${this.strings.contextKey}
                placeholder=${this.strings.contextKey}
                spellcheck="false"
                .value=${row.key}
                @input=${(event: InputEvent) => this.edit(index, { key: (event.target as HTMLInputElement).value })}
                @change=${this.commit}
              />
              <input
                aria-label=${this.strings.contextValue}
                placeholder=${this.strings.contextValue}
                spellcheck="false"
                .value=${row.value}
                @input=${(event: InputEvent) => this.edit(index, { value: (event.target as HTMLInputElement).value })}
                @change=${this.commit}
              />
              <button
                class="button square remove"
                aria-label=${this.strings.removeContextRow(row.key)}
                title=${this.strings.removeContextRow(row.key)}
                @click=${() => this.removeRow(index)}
              >
                ${icon('close')}
              </button>
            </div>
          `,
        )}
        <button class="button add" @click=${this.addRow}>${icon('plus')} ${this.strings.addContextRow}</button>
      </div>
    `;
  }

  private renderJson(): TemplateResult {
    return html`<textarea aria-label=${this.strings.contextText} spellcheck="false" .value=${this.text} @input=${this.onJson} @change=${this.commit}></textarea>`;
  }

  private show(context: ContextVariables): void {
    this.rows = toRows(context);
    this.text = toJson(context);
    this.message = '';
    this.complete = undefined;
  }

  private switchTo(view: 'rows' | 'json'): void {
    this.commit();
    if (this.message === '') this.show(this.context);
    this.view = view;
  }

  private async addRow(): Promise<void> {
    this.rows = [...this.rows, { key: '', value: '' }];
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLInputElement>('.row:nth-last-child(2) input')?.focus();
  }

  private edit(index: number, change: Partial<ContextRow>): void {
    this.rows = this.rows.map((row, other) => (other === index ? { ...row, ...change } : row));
    this.check(fromRows(this.rows, this.strings));
  }

  private removeRow(index: number): void {
    this.rows = this.rows.filter((_, other) => other !== index);
    this.check(fromRows(this.rows, this.strings));
    this.commit();
  }

  private onJson(event: InputEvent): void {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.check(fromJson(this.text, this.strings));
  }

  /** Enter completes a field. In JSON, only Control+Enter or Command+Enter does, and it also runs the code. */
  private onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.isComposing && (this.view === 'rows' || event.ctrlKey || event.metaKey))
      this.commit();
  }

  private check(parsed: ParsedContext): void {
    this.message = parsed.ok ? '' : parsed.message;
    this.complete = parsed.ok ? parsed.context : undefined;
  }

  private commit(): void {
    const { complete } = this;
    if (complete === undefined) return;
    this.complete = undefined;
    this.emitted = complete;
    this.context = complete;
    this.dispatchEvent(new CustomEvent<ContextVariables>('context-change', { detail: complete }));
  }
}

export function renderPanel({ tab }: PanelView): TemplateResult {
  return html`<codemode-context-editor
    part="context"
    .context=${tab.context}
    @context-change=${(event: CustomEvent<ContextVariables>) => (tab.context = event.detail)}
  ></codemode-context-editor>`;
}

define('codemode-context-editor', CodemodeContextEditor);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-context-editor': CodemodeContextEditor;
  }
}
