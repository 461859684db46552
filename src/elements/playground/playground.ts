import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Codemode } from '../../sdk/index.js';
import type { ExecutionResult, OutputEntry, SessionLike } from '../../sdk/types.js';
import type { CodeChangeDetail, CodemodeCodeEditor } from '../code-editor/code-editor.js';
import type { PositionDetail } from '../console/console-row.js';
import type { CodemodeConsole } from '../console/console.js';
import { icon } from '../shared/icons.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { PageSchemeController } from '../shared/page-scheme.js';
import { base, tokens } from '../shared/tokens.js';
import type { TabBarEventDetails, TabBarItem } from '../tab-bar/tab-bar.js';
import { ClosedTabOffer } from './closed-tab-offer.js';
import type { PlaygroundEventDetails } from './events.js';
import { KnownNames, type ToolRegistry } from './known-names.js';
import { renderPanels, type PanelName } from './panels.js';
import { PlaygroundTab, type RunOptions, type TabOptions } from './playground-tab.js';
import { playgroundStyles } from './playground.styles.js';
import { freeName, move, neighbour } from './tab-order.js';
import { renderToolbar } from './toolbar.js';

/** What a playground needs of a `Codemode`; `Codemode` is it. */
export interface CodemodeLike {
  readonly registry: ToolRegistry;
  session(name: string): SessionLike;
  close(): Promise<void>;
}

/** A tab or its id. */
export type TabReference = PlaygroundTab | string;

/** Pixels of width below which code and console stand one above the other. */
const narrowWidth = 720;

let lastTabId = 0;

/**
 * An editor with tabs, each with a session of its own, its console, its variables and its context.
 *
 * @slot actions - buttons beside Run, Stop and Reset
 * @fires {CustomEvent<RunDetail>} codemode-run - code starts to run
 * @fires {CustomEvent<ResultDetail>} codemode-result - it has run
 * @fires {CustomEvent<OutputDetail>} codemode-output - code wrote something
 * @csspart tabs - the row of tabs
 * @csspart toolbar - the row of Run, Stop and Reset
 * @csspart run - the Run button
 * @csspart stop - the Stop button
 * @csspart reset - the Reset button
 * @csspart state - how the session is
 * @csspart editor - the code
 * @csspart panels - what stands beside the code
 * @csspart console - the console with its input
 * @csspart variables - the variables
 * @csspart context - the context
 * @csspart banner - what the reader should know about the session
 * @csspart toast - the offer to bring a closed tab back
 * @cssprop --codemode-background - behind code and console
 * @cssprop --codemode-surface - behind tabs and tools
 * @cssprop --codemode-raised - behind what lies over the rest
 * @cssprop --codemode-border - lines between parts
 * @cssprop --codemode-border-strong - lines around fields
 * @cssprop --codemode-text - text
 * @cssprop --codemode-muted - quiet text
 * @cssprop --codemode-accent - the Run button, focus, links
 * @cssprop --codemode-on-accent - text on the accent
 * @cssprop --codemode-error - errors
 * @cssprop --codemode-warning - warnings
 * @cssprop --codemode-success - success
 * @cssprop --codemode-string - strings, in code and values
 * @cssprop --codemode-number - numbers
 * @cssprop --codemode-keyword - keywords
 * @cssprop --codemode-property - names of properties and types
 * @cssprop --codemode-comment - comments
 * @cssprop --codemode-font - typeface of the interface
 * @cssprop --codemode-mono-font - typeface of code
 * @cssprop --codemode-font-size - size of code; default 13px
 * @cssprop --codemode-radius - radius of the corners; default 10px
 */
export class CodemodePlayground extends LocalizedElement {
  static override styles = [tokens, base, playgroundStyles];

  /** `auto` follows the page: its `color-scheme`, or else how dark it is painted. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** Address of `runner.html`, for the element's own `Codemode`. @default beside the script or the page */
  @property({ attribute: 'runner-url' }) runnerUrl: string | undefined;
  /** Whether the element's own `Codemode` keeps the variables of tabs when the page is loaded anew. Several on one page need an `id` each. */
  @property({ type: Boolean, reflect: true }) persist = false;
  /** `auto` puts code and console one above the other where there is little room. */
  @property({ reflect: true }) layout: 'auto' | 'columns' | 'rows' = 'auto';

  @state() private openTabs: readonly PlaygroundTab[] = [];
  @state() private active: PlaygroundTab | undefined;
  @state() private panel: PanelName = 'console';
  @state() private split = 55;
  @state() private isNarrow = false;
  @query('codemode-code-editor') private editor!: CodemodeCodeEditor | null;
  @query('codemode-console') private console!: CodemodeConsole | null;
  @query('codemode-tab-bar') private tabBar!: HTMLElement | null;
  private given: CodemodeLike | undefined;
  private own: Codemode | undefined;
  private readonly closed = new ClosedTabOffer(this);
  private readonly known = new KnownNames(this);
  private readonly idle = new Set<() => void>();
  private readonly resize = new ResizeObserver(
    ([entry]) => (this.isNarrow = (entry?.contentRect.width ?? 0) < narrowWidth),
  );

  constructor() {
    super();
    this.addController(new PageSchemeController());
  }

  /** Where the code runs. Without one given, the element makes its own at the first run and closes it when it is removed. */
  @property({ attribute: false })
  get codemode(): CodemodeLike | undefined {
    return this.given ?? this.own;
  }
  set codemode(codemode: CodemodeLike | undefined) {
    if (codemode === this.given) return;
    for (const tab of this.openTabs) void tab.release();
    void this.own?.close();
    this.own = undefined;
    this.given = codemode;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    // Moving the element disconnects it too, and connects it again before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) void this.release();
    });
  }

  /** The open tabs, in their order. */
  get tabs(): readonly PlaygroundTab[] {
    return this.openTabs;
  }

  /** The tab that is shown. */
  get activeTab(): PlaygroundTab | undefined {
    return this.active;
  }

  /** Shows a tab. @throws RangeError if it is not open */
  activate(tab: TabReference): void {
    this.active = this.resolve(tab);
  }

  /** Opens a tab at the end and shows it. */
  openTab(options: TabOptions = {}): PlaygroundTab {
    const name =
      options.name ??
      freeName(
        this.openTabs.map((tab) => tab.name),
        this.strings.untitled,
      );
    const tab = new PlaygroundTab(
      `tab-${++lastTabId}`,
      { ...options, name },
      (session) => this.connect(session),
      () => this.strings,
    );
    this.listen(tab);
    this.openTabs = [...this.openTabs, tab];
    this.active = tab;
    return tab;
  }

  /** Closes a tab and its session. @throws RangeError if it is not open */
  async closeTab(tab?: TabReference): Promise<void> {
    const closing = this.resolve(tab);
    this.take(closing);
    await closing.release({ forgets: true });
  }

  /** Runs the code of a tab. @throws RangeError, and what `Session.execute` throws: the code was not run, or nobody can tell */
  async run(tab?: TabReference, options: RunOptions = {}): Promise<ExecutionResult> {
    const target = this.resolve(tab);
    return await this.execute(target, target.code, 'editor', options);
  }

  /** Runs code in a tab as its console does. @throws as `run` does */
  async evaluate(code: string, tab?: TabReference, options: RunOptions = {}): Promise<ExecutionResult> {
    return await this.execute(this.resolve(tab), code, 'repl', options);
  }

  /** Stops what runs in a tab; its variables stay. @throws RangeError if it is not open */
  async stop(tab?: TabReference): Promise<void> {
    await this.resolve(tab).stop();
  }

  /** Gives a tab a new worker without variables. @throws RangeError if it is not open */
  async reset(tab?: TabReference): Promise<void> {
    await this.resolve(tab).reset();
  }

  /** Replaces the code of a tab; of the one that is shown with `undefined`. @throws RangeError if it is not open */
  setCode(tab: TabReference | undefined, code: string): void {
    this.resolve(tab).code = code;
  }

  /** What the code of a tab wrote since its console was cleared. @throws RangeError if it is not open */
  output(tab?: TabReference): OutputEntry[] {
    return this.resolve(tab).log.output;
  }

  /** Resolves when nothing runs in any tab and everything is shown. */
  async whenIdle(): Promise<void> {
    if (this.openTabs.some((tab) => tab.isRunning)) await new Promise<void>((resolve) => this.idle.add(resolve));
    await this.updateComplete;
  }

  override focus(): void {
    this.editor?.focus();
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated && this.openTabs.length === 0) this.openTab();
    if (this.isConnected && this.codemode !== undefined) this.known.watch(this.codemode.registry);
    this.known.show(this.active?.namespace ?? []);
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    await this.console?.updateComplete;
    return complete;
  }

  protected override updated(): void {
    if (this.panel === 'variables') void import('../namespace-panel/namespace-panel.js');
    if (this.panel === 'context') void import('../context-editor/context-editor.js');
  }

  protected override render(): TemplateResult {
    const { active } = this;
    const stacked = this.layout === 'rows' || (this.layout === 'auto' && this.isNarrow);
    return html`
      <div class="frame ${stacked ? 'stacked' : ''} ${this.isNarrow ? 'narrow' : ''}" @keydown=${this.onKeyDown}>
        <codemode-tab-bar
          part="tabs"
          .items=${this.openTabs.map((tab): TabBarItem => ({ id: tab.id, name: tab.name, status: tab.status }))}
          .active=${active?.id ?? ''}
          @tab-select=${({ detail }: CustomEvent<TabBarEventDetails['tab-select']>) => this.activate(detail.id)}
          @tab-add=${this.onAddTab}
          @tab-close=${({ detail }: CustomEvent<TabBarEventDetails['tab-close']>) => this.closeWithUndo(this.resolve(detail.id))}
          @tab-rename=${({ detail }: CustomEvent<TabBarEventDetails['tab-rename']>) => (this.resolve(detail.id).name = detail.name)}
          @tab-move=${({ detail }: CustomEvent<TabBarEventDetails['tab-move']>) => this.moveTab(this.resolve(detail.id), detail.to)}
        ></codemode-tab-bar>
        ${active === undefined ? this.renderNoTabs() : this.renderTab(active, stacked)} ${this.renderToast()}
      </div>
    `;
  }

  private renderTab(tab: PlaygroundTab, stacked: boolean): TemplateResult {
    return html`
      ${renderToolbar(tab, this.strings, {
        run: () => this.runShown(),
        stop: () => void tab.stop(),
        reset: () => void tab.reset().catch(() => undefined),
      })}
      <div class="banner" part="banner" role="status" ?hidden=${tab.banner === ''}>
        ${icon('warning')}<span>${tab.banner}</span>
        <button class="button square" aria-label=${this.strings.dismiss} @click=${() => tab.dismissBanner()}>${icon('close')}</button>
      </div>
      <div class="panes" role="tabpanel" aria-label=${tab.name} .style=${`--split: ${this.split}fr; --rest: ${100 - this.split}fr`}>
        <codemode-code-editor
          part="editor"
          .documents=${this.openTabs.map(({ id, code }) => ({ id, code }))}
          .active=${tab.id}
          .markers=${new Map(this.openTabs.map(({ id, markers }) => [id, markers]))}
          .names=${this.known.names}
          @code-change=${({ detail }: CustomEvent<CodeChangeDetail>) => (this.resolve(detail.id).code = detail.code)}
          @code-run=${this.runShown}
        ></codemode-code-editor>
        <codemode-split-bar
          .value=${this.split}
          .stacked=${stacked}
          @split-change=${({ detail }: CustomEvent<number>) => (this.split = detail)}
        ></codemode-split-bar>
        ${renderPanels(tab, this.panel, this.strings, {
          show: (panel) => (this.panel = panel),
          evaluate: (code) => void this.execute(tab, code, 'repl', {}).catch(() => undefined),
          select: (position) => this.select(tab, position),
        })}
      </div>
    `;
  }

  private renderNoTabs(): TemplateResult {
    return html`<div class="no-tabs">
      <p>${this.strings.noTabs}</p>
      <p class="hint">${this.strings.noTabsHint}</p>
      <button class="button primary" @click=${this.onAddTab}>${icon('plus')} ${this.strings.newTab}</button>
    </div>`;
  }

  private renderToast(): TemplateResult {
    return html`<div class="toasts" role="status">
      ${
        this.closed.tab === undefined
          ? nothing
          : html`<div class="toast" part="toast">
            <span>${this.strings.closedTab(this.closed.tab.name)}</span>
            <button class="button" @click=${this.undoClose}>${this.strings.undo}</button>
          </div>`
      }
    </div>`;
  }

  private async connect(session: string): Promise<SessionLike> {
    if (this.codemode !== undefined) return this.codemode.session(session);
    const { Codemode } = await import('../../sdk/index.js');
    const { runnerUrl, persist, id } = this;
    this.own ??= new Codemode({
      ...(runnerUrl && { runnerUrl }),
      persistence: persist ? 'indexeddb' : 'none',
      persistenceKey: `${location.pathname}#${id}`,
    });
    return this.own.session(session);
  }

  private resolve(tab: TabReference | undefined): PlaygroundTab {
    const found = tab === undefined ? this.active : this.openTabs.find((open) => open === tab || open.id === tab);
    if (found !== undefined) return found;
    const open = this.openTabs.map(({ id, name }) => `${id} (${name})`).join(', ') || 'none';
    throw new RangeError(
      `No such tab is open: ${tab instanceof PlaygroundTab ? tab.id : String(tab ?? 'the active one')}. Open are: ${open}.`,
    );
  }

  private async execute(
    tab: PlaygroundTab,
    code: string,
    source: 'editor' | 'repl',
    options: RunOptions,
  ): Promise<ExecutionResult> {
    const { context = tab.context, mode = tab.mode } = options;
    this.emit('codemode-run', { tab: tab.id, name: tab.name, code, mode, context, source });
    return await tab.run({ ...options, code, source });
  }

  /** What goes wrong is shown in the console. */
  private runShown(): void {
    if (this.active === undefined) return;
    this.panel = 'console';
    void this.run(this.active).catch(() => undefined);
  }

  private listen(tab: PlaygroundTab): void {
    tab.addEventListener('change', () => this.onTabChange());
    tab.addEventListener('output', (event) => {
      this.emit('codemode-output', { tab: tab.id, name: tab.name, entry: (event as CustomEvent<OutputEntry>).detail });
    });
    tab.addEventListener('result', (event) => {
      this.emit('codemode-result', {
        tab: tab.id,
        name: tab.name,
        result: (event as CustomEvent<ExecutionResult>).detail,
      });
    });
  }

  private onTabChange(): void {
    this.requestUpdate();
    if (this.openTabs.some((tab) => tab.isRunning)) return;
    for (const resolve of this.idle) resolve();
    this.idle.clear();
  }

  private onAddTab(): void {
    this.openTab();
    void this.updateComplete.then(() => this.editor?.focus());
  }

  private moveTab(tab: PlaygroundTab, to: number): void {
    this.openTabs = move(this.openTabs, this.openTabs.indexOf(tab), to);
  }

  private take(tab: PlaygroundTab): void {
    if (tab === this.active) this.active = neighbour(this.openTabs, tab);
    this.openTabs = this.openTabs.filter((open) => open !== tab);
  }

  /** The session lives on until the offer to undo has passed. */
  private closeWithUndo(tab: PlaygroundTab): void {
    const hadFocus = this.shadowRoot?.activeElement === this.tabBar;
    this.closed.make(tab, this.openTabs.indexOf(tab));
    this.take(tab);
    if (hadFocus) void this.updateComplete.then(() => this.tabBar?.focus());
  }

  private undoClose(): void {
    const closed = this.closed.accept();
    if (closed === undefined) return;
    this.openTabs = this.openTabs.toSpliced(closed.index, 0, closed.tab);
    this.active = closed.tab;
  }

  private async release(): Promise<void> {
    this.closed.end();
    this.known.stop();
    await Promise.all(this.openTabs.map((tab) => tab.release()));
    const { own } = this;
    this.own = undefined;
    await own?.close();
  }

  private select(tab: PlaygroundTab, { file, line, column }: PositionDetail): void {
    if (tab.isOwnCode(file)) this.editor?.reveal(line, column);
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    this.runShown();
  }

  private emit<K extends keyof PlaygroundEventDetails>(type: K, detail: PlaygroundEventDetails[K]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
