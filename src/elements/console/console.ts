import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Preview } from '../../protocol/preview.js';
import { previewStyles } from '../preview/inline-preview.js';
import { icon } from '../shared/icons.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { base } from '../shared/tokens.js';
import { renderItem, type RowActions } from './console-row.js';
import { consoleStyles } from './console.styles.js';
import { ConsoleLog, type ConsoleFilter, type ConsoleItem, type LevelFilter } from './console-log.js';

/** How many rows are in the document at first, and how many more each “Show earlier” adds. */
const pageSize = 200;
/** Milliseconds between two renderings while entries keep coming. */
const renderInterval = 60;
/** Pixels from the end within which the list counts as being at its end, and follows what is added. */
const pinDistance = 24;

/** `position-select`: a position in the reader's code was clicked; line and column from 1. */
export interface PositionDetail { readonly file: string; readonly line: number; readonly column: number }

/**
 * The console of a tab: what its code wrote, what was run and what it came to. Everything is shown as text, nothing is parsed as HTML.
 *
 * @fires position-select - a position in the code was clicked
 */
export class CodemodeConsole extends LocalizedElement {
  static override styles = [base, previewStyles, consoleStyles];

  @property({ attribute: false }) log = new ConsoleLog();
  /** Asks for the properties behind a preview. */
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;
  /** Whether positions in a file of that name can be gone to. */
  @property({ attribute: false }) isLinked: (file: string) => boolean = () => false;
  @state() private filter: ConsoleFilter = { level: 'debug', text: '' };
  @state() private shown = pageSize;
  @query('.scroller') private scroller!: HTMLElement;
  @query('.rows') private rows!: HTMLElement;
  private pinned = true;
  private hasInspector = false;
  private renderTimer: ReturnType<typeof setTimeout> | undefined;
  private changedMeanwhile = false;
  /** The first change is shown at once, those that follow closely together: code may write faster than rows can be made. */
  private readonly onChange = (): void => {
    if (this.renderTimer !== undefined) {
      this.changedMeanwhile = true;
      return;
    }
    this.requestUpdate();
    this.renderTimer = setTimeout(() => {
      this.renderTimer = undefined;
      if (!this.changedMeanwhile) return;
      this.changedMeanwhile = false;
      this.onChange();
    }, renderInterval);
  };
  private readonly actions: Omit<RowActions, 'strings'> = {
    toggle: (group) => this.log.toggle(group),
    isLinked: (file) => this.isLinked(file),
    select: (detail) => this.dispatchEvent(new CustomEvent<PositionDetail>('position-select', { detail, bubbles: true, composed: true })),
  };

  /** Rows grow after they were added: values open, previews load. What is around them grows too, and leaves them less room. */
  private readonly growth = new ResizeObserver(() => this.follow());

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.observeGrowth();
    this.log.addEventListener('change', this.onChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.growth.disconnect();
    clearTimeout(this.renderTimer);
    this.renderTimer = undefined;
    this.log.removeEventListener('change', this.onChange);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('log')) return;
    changed.get('log')?.removeEventListener('change', this.onChange);
    if (this.isConnected) this.log.addEventListener('change', this.onChange);
    this.shown = pageSize;
    this.pinned = true;
  }

  protected override render(): TemplateResult {
    const visible = this.log.visible(this.filter);
    const tail = visible.slice(-this.shown);
    const earlier = visible.length - tail.length;
    return html`
      <div class="bar">
        <input
          class="filter"
          type="search"
          placeholder=${this.strings.filter}
          aria-label=${this.strings.filter}
          .value=${this.filter.text}
          @input=${(event: InputEvent) => this.setFilter({ text: (event.target as HTMLInputElement).value })}
        />
        <select
          class="level"
          aria-label=${this.strings.filterLevel}
          @change=${(event: Event) => this.setFilter({ level: (event.target as HTMLSelectElement).value as LevelFilter })}
        >
          ${Object.entries(this.strings.levels).map(([level, label]) => html`<option value=${level} ?selected=${level === this.filter.level}>${label}</option>`)}
        </select>
        <button class="button square" title=${this.strings.clearConsole} aria-label=${this.strings.clearConsole} @click=${() => this.log.clear()}>
          ${icon('clear')}
        </button>
      </div>
      <div class="scroller" tabindex="0" role="log" aria-label=${this.strings.console} @scroll=${this.onScroll}>
        <div class="rows">
          ${this.log.dropped > 0 ? html`<div class="aside">${this.strings.droppedEntries(this.log.dropped)}</div>` : nothing}
          ${earlier > 0
            ? html`<button class="button earlier" @click=${() => (this.shown += pageSize)}>${this.strings.showEarlier(Math.min(earlier, pageSize))}</button>`
            : nothing}
          ${repeat(tail, (item) => item.id, (item) => renderItem(item, this.expand, { ...this.actions, strings: this.strings }))}
          ${visible.length === 0 ? this.renderEmpty() : nothing}
        </div>
      </div>
    `;
  }

  /** Complete is only what shows every change. */
  protected override async getUpdateComplete(): Promise<boolean> {
    if (this.changedMeanwhile) {
      this.changedMeanwhile = false;
      this.requestUpdate();
    }
    return await super.getUpdateComplete();
  }

  protected override firstUpdated(): void {
    this.observeGrowth();
  }

  protected override updated(): void {
    this.follow();
    if (this.hasInspector || !this.log.items.some(needsInspector)) return;
    this.hasInspector = true;
    void import('../inspector/inspector.js');
  }

  private renderEmpty(): TemplateResult {
    if (this.log.items.length > 0) return html`<div class="empty"><p>${this.strings.consoleNoMatch}</p></div>`;
    return html`<div class="empty">${icon('terminal')}<p>${this.strings.consoleEmpty}</p><p class="hint">${this.strings.consoleEmptyHint}</p></div>`;
  }

  private setFilter(change: Partial<ConsoleFilter>): void {
    this.filter = { ...this.filter, ...change };
  }

  private observeGrowth(): void {
    this.growth.observe(this.rows);
    this.growth.observe(this.scroller);
  }

  private follow(): void {
    if (this.pinned) this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  private onScroll(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    this.pinned = scrollHeight - scrollTop - clientHeight < pinDistance;
  }
}

function needsInspector(item: ConsoleItem): boolean {
  if (item.kind === 'result') return item.preview.type === 'object';
  return item.kind === 'output' && item.entry.parts.some((part) => 'preview' in part && part.preview.type === 'object');
}
