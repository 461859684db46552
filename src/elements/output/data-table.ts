import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { base } from '../shared/tokens.js';
import { OutputElement } from './output-element.js';
import { cellText, sortedRows, type Sorting, type Table } from './table-rows.js';

/** Height of a row in pixels: all are equal, so that the place of each is known. */
const rowHeight = 26;
/** Rows above and below the view that are in the document. */
const overscan = 10;
const minWidth = 48;
const maxFirstWidth = 320;
/** Characters of a cell that are in the document. */
const maxCellCharacters = 300;

/**
 * A table whose columns sort and can be resized. Only the rows in view are in the document, so it takes 100,000 of them. Shows everything as
 * text. The header's buttons sort: ascending, descending, as it was; the separators after them take arrow keys and drags.
 *
 * @summary A sortable table of any length
 */
export class CodemodeDataTable extends OutputElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .scroller {
        max-height: min(320px, 60vh);
        overflow: auto;
        border: 1px solid var(--_border);
        border-radius: 6px;
      }
      .table {
        position: relative;
        width: max-content;
        min-width: 100%;
        font: 12px / ${rowHeight}px var(--_mono);
      }
      .row {
        display: grid;
        height: ${rowHeight}px;
      }
      .head {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        background: var(--_surface);
        border-block-end: 1px solid var(--_border);
        font-family: var(--_font);
      }
      .body {
        position: relative;
      }
      .body .row {
        position: absolute;
        inset-inline: 0;
      }
      .row.odd {
        background: var(--_hover);
      }
      .cell {
        padding: 0 8px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: pre;
      }
      .number {
        text-align: end;
        color: var(--_number);
      }
      .column {
        position: relative;
        display: flex;
        min-width: 0;
      }
      .sort {
        display: flex;
        align-items: center;
        gap: 4px;
        flex: 1;
        min-width: 0;
        padding: 0 8px;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        font-weight: 600;
        cursor: pointer;
      }
      .sort span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: pre;
      }
      .sort:focus-visible {
        outline-offset: -2px;
      }
      .sort .icon {
        flex: none;
        width: 12px;
        height: 12px;
        rotate: -90deg;
      }
      [aria-sort='descending'] .icon {
        rotate: 90deg;
      }
      .resize {
        position: absolute;
        inset-block: 0;
        inset-inline-end: -3px;
        z-index: 1;
        width: 7px;
        cursor: col-resize;
        touch-action: none;
      }
      .resize::after {
        content: '';
        position: absolute;
        inset-block: 5px;
        inset-inline-start: 3px;
        border-inline-start: 1px solid var(--_border-strong);
      }
      .count {
        margin: 4px 2px 0;
        color: var(--_muted);
        font: 12px / 1.4 var(--_font);
      }
    `,
  ];

  @property({ attribute: false }) table: Table = { columns: [], rows: [], total: 0 };
  @state() private sorting: Sorting | undefined;
  @state() private first = 0;
  @state() private widths: readonly number[] = [];
  @query('.scroller') private scroller!: HTMLElement;
  private order: Uint32Array = new Uint32Array();

  /** The rows as they are sorted now. */
  get sortedOrder(): Iterable<number> {
    return this.order;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const isNew = changed.has('table');
    if (isNew && this.widths.length !== this.table.columns.length) this.widths = firstWidths(this.table);
    if (isNew || changed.has('sorting')) this.order = sortedRows(this.table, this.sorting);
  }

  protected override render(): TemplateResult {
    const { table, order, strings } = this;
    const first = Math.max(0, Math.min(this.first, order.length - 1) - overscan);
    const shown = order.subarray(first, first + Math.ceil(320 / rowHeight) + 2 * overscan);
    const template = this.widths.map((width) => `${width}px`).join(' ');
    return html`
      <div class="scroller" tabindex="0" role="group" aria-label=${strings.table} @scroll=${this.onScroll}>
        <div class="table" role="table" aria-label=${strings.table} aria-rowcount=${order.length + 1} aria-colcount=${table.columns.length}>
          <div class="row head" role="row" aria-rowindex="1" .style=${`grid-template-columns: ${template}`}>
            ${table.columns.map((name, column) => this.renderHead(name, column))}
          </div>
          <div class="body" role="rowgroup" .style=${`height: ${order.length * rowHeight}px`}>
            ${Array.from(shown, (row, at) => this.renderRow(table.rows[row]!, first + at, template))}
          </div>
        </div>
      </div>
      <p class="count">${strings.rowsOf(table.rows.length, table.total)}</p>
    `;
  }

  private renderHead(name: string, column: number): TemplateResult {
    const { sorting, strings } = this;
    const direction =
      sorting?.column !== column ? undefined : sorting.isDescending ? ('descending' as const) : ('ascending' as const);
    return html`<div class="column" role="columnheader" aria-sort=${direction ?? nothing}>
      <button class="sort" title=${strings.sortBy(name)} @click=${() => this.sort(column)}>
        <span>${name.slice(0, maxCellCharacters)}</span>${direction === undefined ? nothing : icon('chevron')}
      </button>
      <span
        class="resize"
        role="separator"
        tabindex="0"
        aria-orientation="vertical"
        aria-label=${strings.resizeColumn(name)}
        aria-valuenow=${this.widths[column] ?? 0}
        aria-valuemin=${minWidth}
        aria-valuemax="2000"
        @keydown=${(event: KeyboardEvent) => this.onResizeKey(event, column)}
        @pointerdown=${(event: PointerEvent) => this.onResize(event, column)}
      ></span>
    </div>`;
  }

  private renderRow(row: readonly unknown[], at: number, template: string): TemplateResult {
    return html`<div
      class=${at % 2 === 0 ? 'row' : 'row odd'}
      role="row"
      aria-rowindex=${at + 2}
      .style=${`top: ${at * rowHeight}px; grid-template-columns: ${template}`}
    >
      ${row.map((value) => html`<div class=${typeof value === 'number' ? 'cell number' : 'cell'} role="cell">${cellText(value).slice(0, maxCellCharacters)}</div>`)}
    </div>`;
  }

  private sort(column: number): void {
    const { sorting } = this;
    if (sorting?.column !== column) this.sorting = { column, isDescending: false };
    else this.sorting = sorting.isDescending ? undefined : { column, isDescending: true };
  }

  private readonly onScroll = (): void => {
    this.first = Math.floor(this.scroller.scrollTop / rowHeight);
  };

  private resize(column: number, width: number): void {
    this.widths = this.widths.map((one, at) => (at === column ? Math.min(2_000, Math.max(minWidth, width)) : one));
  }

  private onResizeKey(event: KeyboardEvent, column: number): void {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.resize(column, (this.widths[column] ?? minWidth) + step);
  }

  private onResize(event: PointerEvent, column: number): void {
    const handle = event.currentTarget as HTMLElement;
    const width = this.widths[column] ?? minWidth;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent): void => this.resize(column, width + moved.clientX - event.clientX);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
    event.preventDefault();
  }
}

/** Widths that fit most cells of the first rows. */
function firstWidths({ columns, rows }: Table): number[] {
  return columns.map((name, column) => {
    const longest = rows
      .slice(0, 100)
      .reduce((length, row) => Math.max(length, cellText(row[column]).length), name.length + 2);
    return Math.round(Math.min(maxFirstWidth, Math.max(minWidth, longest * 7.3 + 18)));
  });
}

define('codemode-data-table', CodemodeDataTable);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-data-table': CodemodeDataTable;
  }
}
