import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { NamespaceEntry } from '../../protocol/messages/wire.js';
import { PanelElement } from '../panels/panel-element.js';
import { panelIcon } from '../panels/panel-icons.js';
import { panelStyles } from '../panels/panel.styles.js';
import type { PanelView } from '../panels/panel-view.js';
import { previewStyles } from '../preview/inline-preview.js';
import type { PlaygroundTab } from '../playground/playground-tab.js';
import { copyText } from '../shared/copy-text.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { rowRoom, TextBudget } from '../shared/text-budget.js';
import { base } from '../shared/tokens.js';
import { jsonText } from './json-text.js';
import { DeclaredTypes, orderedNames, shownSize, shownType } from './name-row.js';
import { namespacePanelStyles } from './namespace-panel.styles.js';
import { Pins } from './pins.js';
import '../inspector/inspector.js';

/** Variables shown at first, and added at a time. */
const portion = 100;
/** Text budget of a string, and of all values together. */
const stringRoom = 400;
const listRoom = 2 * rowRoom;
/** Milliseconds in which a button shows that it has copied. */
const thanks = 1_500;

/**
 * The variables of a session: name and value of each, its kind, its type as declared, its size and the cell that declared it. A name can be
 * pinned, which keeps it on top, and its value copied as JSON. The arrow keys move between the buttons of the rows.
 *
 * @summary A list of the variables of a session, with a filter.
 * @fires {CustomEvent<PositionDetail>} position-select - the reader clicked a stack frame in a value; bubbles
 * @example
 * ```html
 * <codemode-namespace-panel></codemode-namespace-panel>
 * ```
 */
export class CodemodeNamespacePanel extends PanelElement {
  static override styles = [base, previewStyles, panelStyles, namespacePanelStyles];

  @property({ attribute: false }) entries: readonly NamespaceEntry[] = [];
  /** The code of the cells so far, oldest first: declared types are read from it. */
  @property({ attribute: false }) cells: readonly string[] = [];
  /** Fetches the properties of a preview. */
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;
  /** Stores what a preview shows under a name. Without it, nothing can be stored. */
  @property({ attribute: false }) store: ((preview: Preview) => Promise<void>) | undefined;
  /** Reads the value of a name, to copy it. Without it, nothing can be copied. */
  @property({ attribute: false }) read: ((name: string) => Promise<unknown>) | undefined;
  /** The names on top. */
  @property({ attribute: false }) pins = new Pins();

  @state() private limit = portion;
  @state() private filter = '';
  /** The row whose buttons the Tab key reaches. */
  @state() private current: string | undefined;
  /** What happened last, for screen readers too. */
  @state() private news: { readonly name: string; readonly text: string; readonly isGood: boolean } | undefined;
  private readonly types = new DeclaredTypes();

  protected override render(): TemplateResult {
    const { names: pinned } = this.pins;
    if (this.entries.length === 0 && pinned.size === 0) {
      return html`<div class="empty">${icon('variables')}<p>${this.strings.variablesEmpty}</p><p class="hint">${this.strings.variablesEmptyHint}</p></div>`;
    }
    const texts = this.strings.variablesPanel;
    const matching = orderedNames(this.entries, this.filter, pinned);
    const shown = matching.slice(0, this.limit);
    const room = listRoom / Math.max(1, Math.min(shown.length, portion));
    const declared = this.types.of(this.cells);
    const known = new Set(this.entries.map(({ name }) => name));
    const gone = [...pinned].filter((name) => !known.has(name) && name.includes(this.filter.trim()));
    const reached = [...gone, ...shown.map(({ name }) => name)];
    const current = reached.includes(this.current ?? '') ? this.current : reached[0];
    return html`
      <div class="bar">
        <input class="filter" type="search" aria-label=${texts.filter} placeholder=${texts.filter} .value=${this.filter} @input=${this.onFilter} />
        <span role="status">${this.filter.trim() === '' ? this.entries.length : texts.matches(matching.length, this.entries.length)}</span>
      </div>
      <span class="visually-hidden" role="status">${this.news === undefined ? '' : `${this.news.name}: ${this.news.text}`}</span>
      <div class="scroller">
        <ul aria-label=${this.strings.variables} @keydown=${this.onKeyDown}>
          ${gone.map((name) => this.renderGone(name, name === current))}
          ${repeat(
            shown,
            (entry) => entry.name,
            (entry) => this.renderEntry(entry, declared.get(entry.name), room, entry.name === current),
          )}
          ${
            matching.length > shown.length
              ? html`<li class="rest"><button class="button" @click=${() => (this.limit += portion)}>… ${this.strings.moreProperties(matching.length - shown.length)}</button></li>`
              : nothing
          }
        </ul>
        ${reached.length === 0 ? html`<div class="empty"><p>${texts.noMatch}</p></div>` : nothing}
      </div>
    `;
  }

  private renderEntry(
    entry: NamespaceEntry,
    declared: string | undefined,
    room: number,
    isCurrent: boolean,
  ): TemplateResult {
    const { name, kind, preview, pending, fileName } = entry;
    const texts = this.strings.variablesPanel;
    const type = new TextBudget(1_000).take(shownType(entry, declared));
    const size = shownSize(preview);
    return html`
      <li class=${this.pins.names.has(name) ? 'pinned' : ''} data-name=${name}>
        <div class="line">
          <codemode-inspector .label=${name} .preview=${preview} .room=${preview.type === 'string' ? stringRoom : room} .expand=${this.expand} .store=${this.store}></codemode-inspector>
          ${this.renderActions(name, isCurrent)}
        </div>
        <div class="facts">
          <span class="kind">${kind}</span>
          ${type === '' ? nothing : html`<span class="type" title=${type}>${type}</span>`}
          ${size === undefined ? nothing : html`<span>${texts.size[size.unit](size.count)}</span>`}
          ${pending ? html`<span>${this.strings.pending(1)}</span>` : nothing}
          ${fileName === undefined ? nothing : html`<span class="cell" title=${texts.setBy(fileName)}>${fileName}</span>`}
        </div>
      </li>
    `;
  }

  /** A pinned name that has no value. */
  private renderGone(name: string, isCurrent: boolean): TemplateResult {
    return html`<li class="pinned" data-name=${name}>
      <div class="line">
        <span class="gone">${name}: ${this.strings.variablesPanel.gone}</span>
        <span class="actions">${this.renderPin(name, isCurrent)}</span>
      </div>
    </li>`;
  }

  private renderActions(name: string, isCurrent: boolean): TemplateResult {
    const texts = this.strings.variablesPanel;
    const isCopied = this.news?.name === name && this.news.isGood;
    return html`<span class="actions">
      ${
        this.read === undefined
          ? nothing
          : html`<button class="button square copy" data-action="copy" tabindex=${isCurrent ? 0 : -1} title=${texts.copyAsJson} aria-label=${texts.copyNameAsJson(name)} @click=${() => void this.copy(name)}>${icon(isCopied ? 'check' : 'copy')}</button>`
      }
      ${this.renderPin(name, isCurrent)}
    </span>`;
  }

  private renderPin(name: string, isCurrent: boolean): TemplateResult {
    const texts = this.strings.variablesPanel;
    const isPinned = this.pins.names.has(name);
    return html`<button class="button square" data-action="pin" tabindex=${isCurrent ? 0 : -1} aria-pressed=${isPinned} title=${isPinned ? texts.unpin : texts.pin} aria-label=${texts.pinName(name)} @click=${() => this.pin(name)}>${panelIcon('pin', isPinned)}</button>`;
  }

  private readonly onFilter = (event: Event): void => {
    this.filter = (event.target as HTMLInputElement).value;
    this.limit = portion;
  };

  private pin(name: string): void {
    this.pins.toggle(name);
    this.current = name;
    this.requestUpdate();
    void this.focusButton(name, 'pin');
  }

  private async copy(name: string): Promise<void> {
    const texts = this.strings.variablesPanel;
    this.current = name;
    const say = (text: string, isGood: boolean): void => {
      const news = { name, text, isGood };
      this.news = news;
      setTimeout(() => this.news === news && (this.news = undefined), thanks);
    };
    try {
      const json = jsonText(await this.read?.(name));
      if (json === undefined) return say(texts.noJson, false);
      await copyText(json);
      say(texts.copied, true);
    } catch {
      say(texts.notCopied, false);
    }
  }

  private onKeyDown(event: KeyboardEvent): void {
    const button = (event.composedPath()[0] as Element).closest<HTMLElement>('[data-action]');
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('li[data-name]')];
    const at = rows.findIndex((row) => row.contains(button));
    if (button === null || at < 0) return;
    const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
    const name = rows[targets[event.key] ?? -1]?.dataset['name'];
    if (name === undefined) return;
    event.preventDefault();
    this.current = name;
    void this.focusButton(name, button.dataset['action']!);
  }

  private async focusButton(name: string, action: string): Promise<void> {
    await this.updateComplete;
    const row = [...this.renderRoot.querySelectorAll<HTMLElement>('li[data-name]')].find(
      ({ dataset }) => dataset['name'] === name,
    );
    (
      row?.querySelector<HTMLElement>(`[data-action=${action}]`) ?? row?.querySelector<HTMLElement>('[data-action]')
    )?.focus();
  }
}

const pinsOfTabs = new WeakMap<PlaygroundTab, Pins>();

export function renderPanel({ tab, host }: PanelView): TemplateResult {
  const key = host.persist ? `codemode ${location.pathname}#${host.id} ${tab.id} pins` : undefined;
  const pins = pinsOfTabs.get(tab) ?? new Pins(key);
  pinsOfTabs.set(tab, pins);
  return html`<codemode-namespace-panel
    part="variables"
    .entries=${tab.namespace}
    .cells=${tab.cells}
    .expand=${tab.expand}
    .store=${tab.store}
    .read=${(name: string) => tab.session?.namespace.get(name)}
    .pins=${pins}
  ></codemode-namespace-panel>`;
}

define('codemode-namespace-panel', CodemodeNamespacePanel);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-namespace-panel': CodemodeNamespacePanel;
  }
}
