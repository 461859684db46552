import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { icon } from '../shared/icons.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { base } from '../shared/tokens.js';
import { completionFor } from './completion.js';
import { InputHistory } from './input-history.js';

/**
 * The input line of a console. Enter runs the code, Shift+Enter starts a new line, Up and Down go through the history, Tab or Right at
 * the end accepts the completion, and Control+L clears the console.
 *
 * @summary The input line of a console, with history and completion.
 * @fires {CustomEvent<string>} repl-run - the reader runs the line; `detail` is its text
 * @fires repl-clear - the reader clears the console
 * @example
 * ```html
 * <codemode-repl-line></codemode-repl-line>
 * <script type="module">
 *   document.querySelector('codemode-repl-line').addEventListener('repl-run', ({ detail }) => alert(detail));
 * </script>
 * ```
 */
export class CodemodeReplLine extends LocalizedElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        border-block-start: 1px solid var(--_border);
      }
      .line {
        display: flex;
        align-items: flex-start;
        gap: 6px;
        padding: 9px 12px 9px 8px;
        color: var(--_accent);
      }
      .line:focus-within {
        box-shadow: inset 0 0 0 2px var(--_accent);
      }
      .icon {
        width: 14px;
        height: 18px;
        margin-inline: 3px;
      }
      .field {
        position: relative;
        display: grid;
        flex: 1;
        min-width: 0;
        font: 12px / 18px var(--_mono);
        direction: ltr;
      }
      textarea,
      .ghost {
        grid-area: 1 / 1;
        margin: 0;
        padding: 0;
        font: inherit;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      textarea {
        max-height: 180px;
        border: 0;
        background: none;
        color: var(--_text);
        resize: none;
        field-sizing: content;
      }
      textarea:focus-visible {
        outline: none;
      }
      textarea::placeholder {
        color: var(--_muted);
        opacity: 1;
      }
      .ghost {
        visibility: hidden;
        max-height: 180px;
        overflow: hidden;
        pointer-events: none;
      }
      .ghost b {
        visibility: visible;
        color: var(--_muted);
        font-weight: inherit;
      }
    `,
  ];

  @property({ attribute: false }) history = new InputHistory();
  /** Names for completion. */
  @property({ attribute: false }) names: readonly string[] = [];
  @query('textarea') private field!: HTMLTextAreaElement;

  override focus(): void {
    this.field.focus();
  }

  protected override render(): TemplateResult {
    const completion = completionFor(this.history.draft, this.names);
    return html`
      <div class="line">
        ${icon('prompt')}
        <div class="field">
          <div class="ghost" aria-hidden="true">${this.history.draft}${completion === '' ? nothing : html`<b>${completion}</b>`}&#8203;</div>
          <textarea
            rows="1"
            aria-label=${this.strings.consoleInput}
            aria-description=${this.strings.consoleInputHint}
            placeholder=${this.strings.consolePlaceholder}
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            autocorrect="off"
            .value=${this.history.draft}
            @input=${() => this.show(this.field.value)}
            @keydown=${this.onKeyDown}
          ></textarea>
        </div>
      </div>
    `;
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { value, selectionStart, selectionEnd } = this.field;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    const atEnd = selectionStart === value.length && selectionEnd === value.length;
    const completion = atEnd ? completionFor(value, this.names) : '';
    if (event.key === 'Enter' && (isPlain || event.ctrlKey || event.metaKey)) this.run();
    else if (event.key === 'ArrowUp' && isPlain && !value.slice(0, selectionStart).includes('\n'))
      this.show(this.history.previous(value));
    else if (event.key === 'ArrowDown' && isPlain && !value.slice(selectionEnd).includes('\n'))
      this.show(this.history.next());
    else if ((event.key === 'Tab' || event.key === 'ArrowRight') && isPlain && completion !== '')
      this.show(value + completion);
    else if (event.key === 'l' && event.ctrlKey) this.dispatchEvent(new CustomEvent('repl-clear'));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private run(): void {
    const code = this.field.value.trim();
    if (code === '') return;
    this.history.add(code);
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent<string>('repl-run', { detail: code }));
  }

  private show(text: string | undefined): void {
    if (text === undefined) return;
    this.history.draft = text;
    this.requestUpdate();
  }
}
