import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { SessionLike } from '../../sdk/types.js';
import { appendCode } from '../panels/append-code.js';
import { PanelElement } from '../panels/panel-element.js';
import { panelStyles } from '../panels/panel.styles.js';
import type { PanelView } from '../panels/panel-view.js';
import { previewStyles } from '../preview/inline-preview.js';
import { copyText } from '../shared/copy-text.js';
import { define } from '../shared/define.js';
import { icon, type IconName } from '../shared/icons.js';
import { TextBudget } from '../shared/text-budget.js';
import { base } from '../shared/tokens.js';
import { historyPanelStyles } from './history-panel.styles.js';
import { pastCells, type PastCell } from './past-cells.js';
import '../inspector/inspector.js';

/** Cells shown at first, the newest, and added at a time. */
const portion = 50;
/** Text budget of the code of a cell, and of its value. */
const room = 2_000;
const actions = ['again', 'edit', 'copy'] as const;
const icons: Record<(typeof actions)[number], IconName> = { again: 'run', edit: 'edit', copy: 'copy' };

/**
 * The cells that a session has executed, oldest first, with what they gave. A cell can be run again, put into the editor and copied. The arrow
 * keys move between the buttons of the cells.
 *
 * @summary The history of a session.
 * @fires {CustomEvent<string>} cell-again - the reader runs this code again
 * @fires {CustomEvent<string>} cell-edit - the reader wants this code in the editor
 * @example
 * ```html
 * <codemode-history-panel></codemode-history-panel>
 * <script type="module">
 *   document.querySelector('codemode-history-panel').session = codemode.session('tab-1');
 * </script>
 * ```
 */
export class CodemodeHistoryPanel extends PanelElement {
  static override styles = [base, previewStyles, panelStyles, historyPanelStyles];

  /** The session whose history is shown. */
  @property({ attribute: false }) session: SessionLike | undefined;
  /** Fetches the properties of a preview. */
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;
  /** Stores what a preview shows under a name. */
  @property({ attribute: false }) store: ((preview: Preview) => Promise<void>) | undefined;

  @state() private filter = '';
  @state() private limit = portion;
  /** The cell whose buttons the Tab key reaches. @default the newest */
  @state() private current: number | undefined;
  @state() private news = '';
  @query('.scroller') private scroller!: HTMLElement | null;
  /** Previews with the properties that the history does not keep. */
  private readonly whole = new WeakMap<Preview, Preview>();
  private followed: SessionLike | undefined;
  /** Whether the newest cell is in view, and stays so. */
  private isAtEnd = true;
  private readonly onChange = (): void => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow(this.session);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.follow(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session') && this.isConnected) this.follow(this.session);
    const { scroller } = this;
    this.isAtEnd = scroller === null || scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 4;
  }

  protected override updated(): void {
    if (this.isAtEnd && this.scroller !== null) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  protected override render(): TemplateResult {
    const texts = this.strings.historyPanel;
    const history = this.session?.history;
    if (history === undefined || history.in.length === 0)
      return html`<div class="empty">${icon('prompt')}<p>${texts.empty}</p><p class="hint">${texts.emptyHint}</p></div>`;
    const matching = pastCells(history, this.filter);
    const shown = matching.slice(-this.limit);
    const current = shown.some(({ number }) => number === this.current) ? this.current : shown.at(-1)?.number;
    return html`
      <div class="bar">
        <input class="filter" type="search" aria-label=${texts.filter} placeholder=${texts.filter} .value=${this.filter} @input=${this.onFilter} />
        <span role="status">${this.filter.trim() === '' ? history.in.length : texts.matches(matching.length, history.in.length)}</span>
      </div>
      <span class="visually-hidden" role="status">${this.news}</span>
      <div class="scroller">
        ${matching.length > shown.length ? html`<span class="earlier"><button class="button" @click=${() => (this.limit += portion)}>… ${texts.earlier(matching.length - shown.length)}</button></span>` : nothing}
        <ul aria-label=${this.strings.panelNames.history} @keydown=${this.onKeyDown}>
          ${repeat(
            shown,
            ({ number }) => number,
            (cell) => this.renderCell(cell, cell.number === current),
          )}
        </ul>
        ${matching.length === 0 ? html`<div class="empty"><p>${texts.noMatch}</p></div>` : nothing}
      </div>
    `;
  }

  private renderCell({ number, code, preview }: PastCell, isCurrent: boolean): TemplateResult {
    const texts = this.strings.historyPanel;
    return html`<li data-number=${number}>
      <span class="number">[${number}]</span>
      <pre>${new TextBudget(room).take(code)}</pre>
      <span class="actions">
        ${actions.map(
          (action) =>
            html`<button class="button square" data-action=${action} tabindex=${isCurrent ? 0 : -1} title=${texts.actions[action]} aria-label=${`${texts.actions[action]}: ${number}`} @click=${() => void this.act(action, number, code)}>${icon(icons[action])}</button>`,
        )}
      </span>
      ${preview === undefined || preview.type === 'undefined' ? nothing : html`<span class="out"><codemode-inspector .preview=${this.wholeOf(preview)} .expand=${this.expand} .store=${this.store} .room=${room}></codemode-inspector></span>`}
    </li>`;
  }

  /** Asks for the properties once, when they are first shown. */
  private wholeOf(preview: Preview): Preview {
    const known = this.whole.get(preview);
    if (known !== undefined || preview.type !== 'object' || preview.handle === undefined || this.expand === undefined)
      return known ?? preview;
    const { properties: _none, ...brief } = preview;
    this.whole.set(preview, brief);
    this.expand(preview).then(
      (whole) => {
        this.whole.set(preview, whole);
        this.requestUpdate();
      },
      // The worker that had it is gone: its line stays.
      () => undefined,
    );
    return brief;
  }

  private readonly onFilter = (event: Event): void => {
    this.filter = (event.target as HTMLInputElement).value;
    this.limit = portion;
  };

  private async act(action: (typeof actions)[number], number: number, code: string): Promise<void> {
    const texts = this.strings.historyPanel;
    this.current = number;
    if (action !== 'copy') {
      this.dispatchEvent(new CustomEvent<string>(action === 'again' ? 'cell-again' : 'cell-edit', { detail: code }));
      this.news = `${texts.done[action]}: ${number}`;
      return;
    }
    this.news = await copyText(code).then(
      () => `${texts.done.copy}: ${number}`,
      () => texts.notCopied,
    );
  }

  private onKeyDown(event: KeyboardEvent): void {
    const button = (event.composedPath()[0] as Element).closest<HTMLElement>('[data-action]');
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('li')];
    const at = rows.findIndex((row) => row.contains(button));
    if (button === null || at < 0) return;
    const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
    const row = rows[targets[event.key] ?? -1];
    if (row === undefined) return;
    event.preventDefault();
    this.current = Number(row.dataset['number']);
    row.querySelector<HTMLElement>(`[data-action=${button.dataset['action']}]`)?.focus();
  }

  private follow(session: SessionLike | undefined): void {
    if (session === this.followed) return;
    this.followed?.removeEventListener('executionstatechange', this.onChange);
    this.followed?.removeEventListener('result', this.onChange);
    this.followed = session;
    session?.addEventListener('executionstatechange', this.onChange);
    session?.addEventListener('result', this.onChange);
  }
}

export function renderPanel({ tab, evaluate }: PanelView): TemplateResult {
  return html`<codemode-history-panel
    part="history"
    .session=${tab.session}
    .expand=${tab.expand}
    .store=${tab.store}
    @cell-again=${({ detail }: CustomEvent<string>) => evaluate(detail)}
    @cell-edit=${({ detail }: CustomEvent<string>) => appendCode(tab, detail)}
  ></codemode-history-panel>`;
}

define('codemode-history-panel', CodemodeHistoryPanel);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-history-panel': CodemodeHistoryPanel;
  }
}
