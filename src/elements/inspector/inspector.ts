import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Preview, PropertyPreview } from '../../protocol/previews/preview.js';
import { entryKeyOf, previewClass, previewStyles, previewText, renderPreview } from '../preview/inline-preview.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { locales } from '../shared/locale.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { copyText } from '../shared/copy-text.js';
import { rowRoom, TextBudget } from '../shared/text-budget.js';
import { base } from '../shared/tokens.js';
import { inspectorRows, isExpandable, type InspectorRow, type InspectorState } from './inspector-rows.js';
import { inspectorStrings, type InspectorStrings } from './inspector-strings.js';
import { inspectorStyles } from './inspector.styles.js';

/** The open rows of a value, kept for its next element: the value may scroll out of view and back. */
interface OpenRows extends InspectorState {
  /** Path of the row that has or last had the focus. */
  readonly focused: string;
}
const remembered = new WeakMap<Preview, OpenRows>();
/** Text budget of the rows of an open value, which they share. */
const treeRoom = 8 * rowRoom;
const closed: OpenRows = { open: new Set(), expanded: new Map(), focused: '' };

/**
 * Shows a value as a lazy tree: properties, entries, internal slots, the source of a function, the frames of an error.
 * The keyboard follows the WAI-ARIA tree pattern. Control+C copies the focused line; Shift+Enter stores its object under a name.
 *
 * @summary A tree view of one value.
 * @fires {CustomEvent<PositionDetail>} position-select - the reader clicked a stack frame; bubbles; `detail` is its position
 * @example
 * ```html
 * <codemode-inspector label="answer"></codemode-inspector>
 * <script type="module">
 *   document.querySelector('codemode-inspector').preview = { type: 'number', text: '42' };
 * </script>
 * ```
 */
export class CodemodeInspector extends LocalizedElement {
  static override styles = [base, previewStyles, inspectorStyles];

  @property({ attribute: false }) preview: Preview = { type: 'undefined', text: 'undefined' };
  /** Fetches the properties of a preview. */
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;
  /** Stores what a preview shows under a name. Without it, nothing can be stored. */
  @property({ attribute: false }) store: ((preview: Preview) => Promise<void>) | undefined;
  /** Name before the value. */
  @property() label = '';
  /** Share of a row's text budget, in characters, if the row shows other values too. @default all */
  @property({ attribute: false }) room: number | undefined;
  @state() private open: ReadonlySet<string> = new Set();
  @state() private expanded: ReadonlyMap<string, Preview> = new Map();
  @state() private failed: ReadonlyMap<string, string> = new Map();
  @state() private focused = '';
  @state() private copied = false;

  protected override get strings(): InspectorStrings {
    return locales.textsFor(this, inspectorStrings);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('preview')) {
      const { open, expanded, focused } = this;
      if (open.size > 0 || remembered.has(this.preview)) remembered.set(this.preview, { open, expanded, focused });
      return;
    }
    ({ open: this.open, expanded: this.expanded, focused: this.focused } = remembered.get(this.preview) ?? closed);
    this.failed = new Map();
  }

  protected override render(): TemplateResult {
    const { rows } = this;
    if (!isExpandable(this.preview)) return html`<div class="leaf">${this.renderValue(rows[0]!, 1)}</div>`;
    return html`
      <div role="tree" aria-label=${this.label || this.strings.inspect} aria-keyshortcuts=${this.store === undefined ? nothing : 'Shift+Enter'} @keydown=${this.onKeyDown}>${rows.map((row) => this.renderRow(row, rows.length))}</div>
    `;
  }

  private get rows(): InspectorRow[] {
    return inspectorRows(this.preview, { open: this.open, expanded: this.expanded });
  }

  private renderRow(row: InspectorRow, count: number): TemplateResult {
    return html`
      <div
        class="row"
        role="treeitem"
        data-path=${row.path}
        tabindex=${row.path === this.focused ? 0 : -1}
        aria-level=${row.level}
        aria-expanded=${row.open ?? nothing}
        .style=${`--level: ${row.level - 1}`}
        @click=${(event: Event) => this.onRowClick(event, row)}
        @focus=${() => (this.focused = row.path)}
      >
        <span class="chevron">${row.open === undefined ? nothing : icon('chevron')}</span>
        <span class="content">${this.renderValue(row, count)}</span>
        ${this.renderTools(row)}
        ${this.failed.has(row.path) ? html`<span class="failed"> ${this.failed.get(row.path)}</span>` : nothing}
      </div>
    `;
  }

  /** For the pointer; the keyboard has Control+C and Shift+Enter. */
  private renderTools({ level, content }: InspectorRow): TemplateResult {
    const preview = this.store === undefined ? undefined : storableOf(content);
    return html`<span class="tools" aria-hidden="true">
      ${level === 1 ? html`<span class="tool copy" title=${this.strings.copy} @click=${this.onCopyClick}>${icon(this.copied ? 'check' : 'copy')}</span>` : nothing}
      ${preview !== undefined ? html`<span class="tool store" title=${this.strings.storeValue} @click=${(event: Event) => this.onStoreClick(event, preview)}>${icon('plus')}</span>` : nothing}
    </span>`;
  }

  private renderValue(row: InspectorRow, count: number): TemplateResult {
    const { content } = row;
    const budget = new TextBudget(row.path === '' ? this.room : Math.min(rowRoom, treeRoom / count));
    switch (content.kind) {
      case 'more':
        return html`<span class="muted">… ${this.strings.moreProperties(content.count)}</span>`;
      case 'source':
        return html`<pre class="source">${budget.take(content.source)}</pre>`;
      case 'frame': {
        const { functionName, file, line, column } = content.frame;
        return html`<span class="muted">at ${budget.take(functionName)} <span class="frame">${budget.take(file)}:${line}:${column}</span></span>`;
      }
      case 'value':
        return isRange(content.property)
          ? html`<span class="muted">${budget.take(content.property.name)}</span>`
          : html`${this.renderKey(row, budget)}${this.renderPreview(content.preview, row, budget)}`;
    }
  }

  private renderKey(row: InspectorRow, budget: TextBudget): TemplateResult | typeof nothing {
    const { property: entry, owner } = row.content.kind === 'value' ? row.content : {};
    if (entry === undefined)
      return this.label === '' ? nothing : html`<span class="name">${budget.take(this.label)}</span>: `;
    if (entry.key === 'entry' && owner === 'map') return html`${renderPreview(entryKeyOf(entry), budget)} => `;
    const name = entry.key === 'symbol' && !entry.name.startsWith('[') ? `[${entry.name}]` : entry.name;
    const quiet = entry.key === 'internal' || !entry.enumerable || entry.key === 'entry';
    return html`<span class=${quiet ? 'name quiet' : 'name'}>${budget.take(name)}</span>: `;
  }

  private renderPreview(preview: Preview, row: InspectorRow, budget: TextBudget): TemplateResult {
    if (preview.type === 'object' && preview.kind === 'getter' && preview.handle !== undefined) {
      return html`<button class="getter" tabindex="-1" title=${this.strings.invokeGetter} @click=${(event: Event) => this.onGetterClick(event, row)}>(…)</button>`;
    }
    const isOpenRoot = row.path === '' && row.open === true && preview.type === 'object' && preview.kind !== 'error';
    if (isOpenRoot)
      return html`<span class=${previewClass(preview)}>${budget.take(preview.className === '' ? preview.text : rootLabel(preview.text, preview.className, preview.size))}</span>`;
    return renderPreview(preview, budget);
  }

  private onRowClick(event: Event, row: InspectorRow): void {
    event.stopPropagation();
    if (getSelection()?.type === 'Range') return;
    if (row.content.kind === 'frame') {
      const { file, line, column } = row.content.frame;
      this.dispatchEvent(
        new CustomEvent('position-select', { detail: { file, line, column }, bubbles: true, composed: true }),
      );
    }
    if (row.open !== undefined) void this.toggle(row, !row.open);
  }

  private onGetterClick(event: Event, row: InspectorRow): void {
    event.stopPropagation();
    void this.load(row);
  }

  private onStoreClick(event: Event, preview: Preview): void {
    event.stopPropagation();
    this.storeValue(preview);
  }

  private storeValue(preview: Preview): void {
    this.store?.(preview).catch(() => {
      if (this.preview === preview) this.failed = new Map(this.failed).set('', this.strings.unavailable);
    });
  }

  private onCopyClick(event: Event): void {
    event.stopPropagation();
    void this.copy(this.preview);
  }

  private async toggle(row: InspectorRow, open: boolean): Promise<void> {
    const next = new Set(this.open);
    if (open) next.add(row.path);
    else next.delete(row.path);
    this.open = next;
    if (open && !this.expanded.has(row.path)) await this.load(row);
  }

  private async load(row: InspectorRow): Promise<void> {
    const preview = row.content.kind === 'value' ? row.content.preview : undefined;
    if (preview?.type !== 'object' || preview.handle === undefined || this.expand === undefined) return;
    const root = this.preview;
    try {
      const expanded = await this.expand(preview);
      if (this.preview === root) this.expanded = new Map(this.expanded).set(row.path, expanded);
    } catch {
      if (this.preview === root) this.failed = new Map(this.failed).set(row.path, this.strings.unavailable);
    }
  }

  private async copy(preview: Preview): Promise<void> {
    await copyText(preview.type === 'string' ? preview.text : previewText(preview));
    this.copied = true;
    setTimeout(() => (this.copied = false), 1200);
  }

  private async onKeyDown(event: KeyboardEvent): Promise<void> {
    const { rows } = this;
    const index = rows.findIndex((row) => row.path === this.focused);
    const row = rows[index];
    if (row === undefined || event.altKey) return;
    const isCopy = event.key === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.type !== 'Range';
    if (isCopy && row.content.kind === 'value') void this.copy(row.content.preview);
    else if (event.ctrlKey || event.metaKey) return;
    else if (event.key === 'ArrowDown') this.focused = (rows[index + 1] ?? row).path;
    else if (event.key === 'ArrowUp') this.focused = (rows[index - 1] ?? row).path;
    else if (event.key === 'Home') this.focused = '';
    else if (event.key === 'End') this.focused = rows.at(-1)!.path;
    else if (event.key === 'ArrowRight' && row.open === false) void this.toggle(row, true);
    else if (event.key === 'ArrowRight' && row.open === true) this.focused = (rows[index + 1] ?? row).path;
    else if (event.key === 'ArrowLeft' && row.open === true) void this.toggle(row, false);
    else if (event.key === 'ArrowLeft')
      this.focused = rows.slice(0, index).findLast((other) => other.level < row.level)?.path ?? '';
    else if (event.key === 'Enter' && event.shiftKey) {
      const preview = storableOf(row.content);
      if (preview !== undefined) this.storeValue(preview);
    } else if (event.key === 'Enter' || event.key === ' ') this.activate(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  private activate(row: InspectorRow): void {
    if (row.open !== undefined) void this.toggle(row, !row.open);
    else if (row.content.kind === 'value') void this.load(row);
  }
}

/** What the session has as an object, of what a row shows. */
function storableOf(content: InspectorRow['content']): Preview | undefined {
  if (content.kind !== 'value' || isRange(content.property)) return undefined;
  const { preview } = content;
  return preview.type === 'object' && preview.kind !== 'getter' && preview.handle !== undefined ? preview : undefined;
}

/** A range of a long array or map is a property whose value has the same name. */
function isRange(entry: PropertyPreview | undefined): entry is PropertyPreview {
  return entry?.key === 'index' && entry.value.text === entry.name && entry.value.type === 'object';
}

function rootLabel(text: string, className: string, size: number | undefined): string {
  return /^(?:ƒ|class\b|Promise)/.test(text) ? text : size === undefined ? className : `${className}(${size})`;
}

define('codemode-inspector', CodemodeInspector);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-inspector': CodemodeInspector;
  }
}
