import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../shared/icons.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { base } from '../shared/tokens.js';
import { tabBarStyles } from './tab-bar.styles.js';

export interface TabBarItem {
  readonly id: string;
  readonly name: string;
  readonly status: 'none' | 'running' | 'ok' | 'failed';
}

/** Details of the events of `<codemode-tab-bar>`. */
export interface TabBarEventDetails {
  'tab-select': { readonly id: string };
  'tab-close': { readonly id: string };
  'tab-rename': { readonly id: string; readonly name: string };
  'tab-move': { readonly id: string; readonly to: number };
  'tab-add': undefined;
}

/**
 * The tabs of a playground, after the WAI-ARIA tabs pattern with automatic activation.
 * Arrow keys, Home and End select a tab; F2 or a double click renames it; Delete closes it; Alt with an arrow key moves it.
 * The events request a change: the listener updates `items` and `active`.
 *
 * @summary A tab bar with keyboard, rename and drag and drop.
 * @fires {CustomEvent<TabBarEventDetails['tab-select']>} tab-select - the reader selects a tab
 * @fires {CustomEvent<TabBarEventDetails['tab-close']>} tab-close - the reader closes a tab
 * @fires {CustomEvent<TabBarEventDetails['tab-rename']>} tab-rename - the reader renames a tab
 * @fires {CustomEvent<TabBarEventDetails['tab-move']>} tab-move - the reader moves a tab to another position
 * @fires {CustomEvent<undefined>} tab-add - the reader requests a new tab
 * @csspart tab - each tab
 * @example
 * ```html
 * <codemode-tab-bar active="a"></codemode-tab-bar>
 * <script type="module">
 *   document.querySelector('codemode-tab-bar').items = [{ id: 'a', name: 'Tab 1', status: 'none' }];
 * </script>
 * ```
 */
export class CodemodeTabBar extends LocalizedElement {
  static override styles = [base, tabBarStyles];

  @property({ attribute: false }) items: readonly TabBarItem[] = [];
  @property() active = '';
  @state() private renaming = '';
  @state() private dropIndex = -1;
  @query('[aria-selected=true]') private activeTab!: HTMLElement | null;
  @query('.rename') private renameField!: HTMLInputElement | null;
  private dragged = '';

  override focus(): void {
    this.activeTab?.focus();
  }

  protected override render(): TemplateResult {
    const activeName = this.items.find((item) => item.id === this.active)?.name;
    return html`
      <div
        class="list"
        role="tablist"
        aria-label=${this.strings.tabs}
        @keydown=${this.onKeyDown}
        @dragover=${this.onDragOver}
        @drop=${this.onDrop}
        @dragend=${this.endDrag}
      >
        ${repeat(
          this.items,
          (item) => item.id,
          (item, index) => (item.id === this.renaming ? this.renderRename(item) : this.renderTab(item, index)),
        )}
      </div>
      <button class="button square add" title=${this.strings.newTab} aria-label=${this.strings.newTab} @click=${() => this.emit('tab-add', undefined)}>
        ${icon('plus')}
      </button>
      ${
        activeName === undefined
          ? nothing
          : html`<button class="button close-active" @click=${() => this.emit('tab-close', { id: this.active })}>${this.strings.closeTab(activeName)}</button>`
      }
    `;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('active')) return;
    this.activeTab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // Focus on the former active tab moves to the new one, so that the next key starts there.
    if (this.shadowRoot?.activeElement?.getAttribute('role') === 'tab') this.focus();
  }

  private renderTab(item: TabBarItem, index: number): TemplateResult {
    const selected = item.id === this.active;
    const drop =
      this.dropIndex === index
        ? ' drop-before'
        : this.dropIndex === this.items.length && index === this.items.length - 1
          ? ' drop-after'
          : '';
    return html`
      <div
        class="tab${drop}"
        role="tab"
        part="tab"
        data-id=${item.id}
        draggable="true"
        tabindex=${selected ? 0 : -1}
        aria-selected=${selected}
        aria-label=${item.name}
        aria-description=${this.strings.tabState[item.status]}
        title=${item.name}
        @click=${() => this.emit('tab-select', { id: item.id })}
        @auxclick=${(event: MouseEvent) => event.button === 1 && this.emit('tab-close', { id: item.id })}
        @dblclick=${() => this.startRename(item.id)}
        @dragstart=${(event: DragEvent) => this.onDragStart(event, item.id)}
      >
        <span class="dot ${item.status}"></span>
        <span class="name">${item.name}</span>
        <span class="close" aria-hidden="true" title=${this.strings.closeTab(item.name)} @click=${(event: Event) => this.onCloseClick(event, item.id)}
          >${icon('close')}</span
        >
      </div>
    `;
  }

  private renderRename(item: TabBarItem): TemplateResult {
    return html`<div class="tab" role="presentation">
      <input
        class="rename"
        aria-label=${this.strings.renameTab}
        .value=${item.name}
        size=${Math.max(6, item.name.length)}
        spellcheck="false"
        @keydown=${this.onRenameKey}
        @blur=${() => this.finishRename(true)}
      />
    </div>`;
  }

  private async startRename(id: string): Promise<void> {
    this.renaming = id;
    await this.updateComplete;
    this.renameField?.select();
  }

  private finishRename(keep: boolean): void {
    const id = this.renaming;
    if (id === '') return;
    const name = this.renameField?.value.trim() ?? '';
    this.renaming = '';
    if (keep && name !== '') this.emit('tab-rename', { id, name });
  }

  private async onRenameKey(event: KeyboardEvent): Promise<void> {
    event.stopPropagation();
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    this.finishRename(event.key === 'Enter');
    await this.updateComplete;
    this.focus();
  }

  private async onKeyDown(event: KeyboardEvent): Promise<void> {
    const index = this.items.findIndex((item) => item.id === this.active);
    if (index < 0) return;
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 };
    const backwards = getComputedStyle(this).direction === 'rtl' && event.key.startsWith('Arrow') ? -1 : 1;
    const step = (steps[event.key] ?? 0) * backwards;
    const isMove = event.key.startsWith('Page') ? (event.ctrlKey || event.metaKey) && event.shiftKey : event.altKey;
    if (step !== 0 && isMove) this.emit('tab-move', { id: this.active, to: index + step });
    else if (step !== 0 && event.key.startsWith('Arrow')) this.select(index + step);
    else if (event.key === 'Home') this.select(0);
    else if (event.key === 'End') this.select(this.items.length - 1);
    else if (event.key === 'F2') await this.startRename(this.active);
    else if (event.key === 'Delete') this.emit('tab-close', { id: this.active });
    else return;
    event.preventDefault();
    if (event.key === 'F2') return;
    await this.updateComplete;
    this.focus();
  }

  private select(index: number): void {
    const item = this.items.at(index % this.items.length);
    if (item !== undefined) this.emit('tab-select', { id: item.id });
  }

  private onCloseClick(event: Event, id: string): void {
    event.stopPropagation();
    this.emit('tab-close', { id });
  }

  private onDragStart(event: DragEvent, id: string): void {
    this.dragged = id;
    event.dataTransfer?.setData('text/plain', '');
  }

  private onDragOver(event: DragEvent): void {
    if (this.dragged === '') return;
    event.preventDefault();
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('.tab')];
    const after = tabs.findIndex((tab) => event.clientX < tab.getBoundingClientRect().left + tab.offsetWidth / 2);
    this.dropIndex = after < 0 ? tabs.length : after;
  }

  private onDrop(event: DragEvent): void {
    event.preventDefault();
    const from = this.items.findIndex((item) => item.id === this.dragged);
    const to = this.dropIndex > from ? this.dropIndex - 1 : this.dropIndex;
    if (from >= 0 && to !== from) this.emit('tab-move', { id: this.dragged, to });
    this.endDrag();
  }

  private endDrag(): void {
    this.dragged = '';
    this.dropIndex = -1;
  }

  private emit<K extends keyof TabBarEventDetails>(type: K, detail: TabBarEventDetails[K]): void {
    /** @ignore The class comment lists these events. */
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
