import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Preview } from '../../protocol/previews/preview.js';
import { previewStyles } from '../preview/inline-preview.js';
import { icon } from '../shared/icons.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { copyText } from '../shared/copy-text.js';
import { base } from '../shared/tokens.js';
import type { ConsoleFilter, LevelFilter } from './console-filter.js';
import { itemText, type ConsoleItem } from './console-item.js';
import { needElements, renderItem, type PositionDetail, type RowActions } from './console-row.js';
import { consoleStyles } from './console.styles.js';
import { ConsoleLog } from './console-log.js';
import { ConsoleRows } from './console-rows.js';
import { RowWindow } from './row-window.js';

/** Minimum milliseconds between two renderings. */
const renderInterval = 60;

/**
 * The console of a tab: the inputs, the output and the results of its code. Shows everything as text and parses no HTML. Only the rows
 * in view and near it are in the document. Inherits the custom properties of `<codemode-playground>`; has no slots or parts.
 *
 * @summary Console with filter, copy and clear
 * @fires {CustomEvent<PositionDetail>} position-select - a click on a position in the code; bubbles and is composed
 * @example
 * <codemode-console></codemode-console>
 */
export class CodemodeConsole extends LocalizedElement {
  static override styles = [base, previewStyles, consoleStyles];

  @property({ attribute: false }) log = new ConsoleLog();
  /** Loads the properties of a previewed object. */
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;
  /** Stores a shown object under a name. Without it, none can be stored. */
  @property({ attribute: false }) store: ((preview: Preview) => Promise<void>) | undefined;
  /** Whether positions in a file of this name are links. */
  @property({ attribute: false }) isLinked: (file: string) => boolean = () => false;
  @state() private filter: ConsoleFilter = { level: 'debug', text: '' };
  @state() private copied = false;
  @query('.filter') private filterField!: HTMLInputElement;
  @query('.scroller') private scroller!: HTMLElement | null;
  @query('.frame') private frame!: HTMLElement;
  @query('.list') private list!: HTMLElement;
  private readonly rows = new ConsoleRows();
  private readonly window = new RowWindow(this, {
    rows: this.rows,
    parts: () => (this.scroller === null ? undefined : { scroller: this.scroller, frame: this.frame, list: this.list }),
  });
  /** Whether the keyboard selected all rows, including those outside the document. */
  private allSelected = false;
  private renderTimer: ReturnType<typeof setTimeout> | undefined;
  private changedMeanwhile = false;
  /** Throttled: renders the first change at once and later ones together, as code may write faster than rows render. */
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
  private readonly actions: Omit<RowActions, 'strings' | 'store' | 'source'> = {
    toggle: (group) => this.log.toggle(group),
    isLinked: (file) => this.isLinked(file),
    select: (detail) =>
      this.dispatchEvent(new CustomEvent<PositionDetail>('position-select', { detail, bubbles: true, composed: true })),
  };

  /** The filtered rows as plain text; entries of a group are indented. */
  get text(): string {
    this.rows.update(this.log, this.filter);
    return this.rows.slice(0, this.rows.length).map(indentedText).join('\n');
  }

  /** Scrolls to the newest entry and follows new ones. */
  scrollToEnd(): void {
    this.window.toEnd();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.log.addEventListener('change', this.onChange);
    // The observers stopped when the element was disconnected.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.renderTimer);
    this.renderTimer = undefined;
    this.log.removeEventListener('change', this.onChange);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.rows.update(this.log, this.filter);
    if (!changed.has('log')) return;
    changed.get('log')?.removeEventListener('change', this.onChange);
    if (this.isConnected) this.log.addEventListener('change', this.onChange);
    this.window.toEnd();
  }

  protected override render(): TemplateResult {
    const { rows, window: shown } = this;
    return html`
      <div class="bar">
        <input
          class="filter"
          type="search"
          placeholder=${this.strings.filter}
          aria-label=${this.strings.filter}
          title=${this.strings.filterTitle}
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
        <button class="button square" title=${this.strings.copyConsole} aria-label=${this.strings.copyConsole} ?disabled=${rows.length === 0} @click=${this.copyAll}>
          ${icon(this.copied ? 'check' : 'copy')}
        </button>
        <button class="button square" title=${this.strings.clearConsole} aria-label=${this.strings.clearConsole} @click=${() => this.log.clear()}>
          ${icon('clear')}
        </button>
      </div>
      <div
        class="scroller"
        tabindex="0"
        role="log"
        aria-label=${this.strings.console}
        aria-live=${shown.isPinned ? 'polite' : 'off'}
        @scroll=${() => shown.onScroll()}
        @keydown=${this.onKeyDown}
        @pointerdown=${() => (this.allSelected = false)}
        @copy=${this.onCopy}
      >
        ${this.log.dropped > 0 ? html`<div class="aside">${this.strings.droppedEntries(this.log.dropped)}</div>` : nothing}
        <div class="frame">
          <div class="list" role=${rows.length === 0 ? nothing : 'list'}>
            ${repeat(
              rows.slice(shown.first, shown.end),
              (item) => item.id,
              (item, index) => this.renderRow(item, shown.first + index),
            )}
          </div>
        </div>
        ${rows.length === 0 ? this.renderEmpty() : nothing}
      </div>
      ${shown.isPinned ? nothing : html`<button class="button to-end" @click=${() => shown.toEnd()}>${icon('chevron')} ${this.strings.toEnd}</button>`}
    `;
  }

  /** Waits until every change is rendered. */
  protected override async getUpdateComplete(): Promise<boolean> {
    if (this.changedMeanwhile) {
      this.changedMeanwhile = false;
      this.requestUpdate();
    }
    // A second rendering follows if rows were smaller than estimated.
    return (await super.getUpdateComplete()) || (await super.getUpdateComplete());
  }

  protected override updated(): void {
    const { rows, window: shown } = this;
    needElements(rows.slice(shown.first, shown.end));
  }

  /** Tells assistive technology the number of all rows, as most are not in the document. */
  private renderRow(item: ConsoleItem, row: number): TemplateResult {
    return html`<div role="listitem" aria-setsize=${this.rows.length} aria-posinset=${row + 1}>${renderItem(item, this.expand, { ...this.actions, store: this.store, source: this.log.source, strings: this.strings })}</div>`;
  }

  private renderEmpty(): TemplateResult {
    if (this.log.length > 0) return html`<div class="empty"><p>${this.strings.consoleNoMatch}</p></div>`;
    return html`<div class="empty">${icon('terminal')}<p>${this.strings.consoleEmpty}</p><p class="hint">${this.strings.consoleEmptyHint}</p></div>`;
  }

  private setFilter(change: Partial<ConsoleFilter>): void {
    this.filter = { ...this.filter, ...change };
  }

  private readonly copyAll = async (): Promise<void> => {
    await copyText(this.text);
    this.copied = true;
    setTimeout(() => (this.copied = false), 1200);
  };

  private onKeyDown(event: KeyboardEvent): void {
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const hasMoreRows = this.window.end - this.window.first < this.rows.length;
    if (isCommand && event.key === 'a') {
      getSelection()?.selectAllChildren(this.list);
      this.allSelected = true;
      event.preventDefault();
    } else if (isCommand && event.key === 'f' && hasMoreRows) {
      // Browser search misses rows outside the document. A second press, in the filter field, opens it.
      this.filterField.focus();
      event.preventDefault();
    } else if (event.target === this.scroller) {
      this.window.onKeyDown(event);
    }
  }

  private onCopy(event: ClipboardEvent): void {
    if (!this.allSelected || event.clipboardData === null) return;
    event.clipboardData.setData('text/plain', this.text);
    event.preventDefault();
  }
}

function indentedText(item: ConsoleItem): string {
  const indent = item.kind === 'output' ? '  '.repeat(item.entry.depth) : '';
  return indent + itemText(item).replaceAll('\n', `\n${indent}`);
}
