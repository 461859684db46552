import { html, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Codemode } from '../../sdk/index.js';
import type { ExecutionResult, OutputEntry, SessionLike } from '../../sdk/types.js';
import type { CodeChangeDetail, CodemodeCodeEditor } from '../code-editor/code-editor.js';
import type { PositionDetail } from '../console/console-row.js';
import type { CodemodeConsole } from '../console/console.js';
import type { PanelName, PanelView } from '../panels/panel-view.js';
import { renderPanels } from '../panels/panels.js';
import type { TimelinePosition } from '../timeline/span-details.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { PageSchemeController } from '../shared/page-scheme.js';
import { base, tokens } from '../shared/tokens.js';
import type { TabBarEventDetails, TabBarItem } from '../tab-bar/tab-bar.js';
import { ClosedTabOffer } from './closed-tab-offer.js';
import { codeAndTab } from './code-and-tab.js';
import type { CodemodeLike } from '../run/codemode-like.js';
import type { PlaygroundEventDetails } from '../run/run-events.js';
import { KnownNames } from './known-names.js';
import { renderBanner, renderNoTabs, renderToast } from './notices.js';
import { OpenTabs, type TabReference } from './open-tabs.js';
import { PlaygroundTab, type RunOptions, type TabEventDetails, type TabOptions } from './playground-tab.js';
import { playgroundStyles } from './playground.styles.js';
import { freeName } from './tab-order.js';
import { renderToolbar } from './toolbar.js';

/** Width in pixels below which the code is above the console. */
const narrowWidth = 720;

let lastTabId = 0;

/**
 * An editor with tabs, each with its own session, console, variables and context.
 * @summary A code editor with tabs, a console, variables and a context for each tab.
 * @slot actions - buttons beside Run, Stop and Reset
 * @fires {CustomEvent<RunDetail>} codemode-run - a run starts
 * @fires {CustomEvent<ResultDetail>} codemode-result - a run has ended
 * @fires {CustomEvent<OutputDetail>} codemode-output - code wrote an entry to the output
 * @csspart tabs - the row of tabs
 * @csspart toolbar - the row of Run, Stop and Reset
 * @csspart run - the Run button
 * @csspart stop - the Stop button
 * @csspart reset - the Reset button
 * @csspart state - the state of the session
 * @csspart editor - the code editor
 * @csspart panels - the panels beside the code
 * @csspart console - the console with its input
 * @csspart variables - the panel of variables
 * @csspart context - the editor of the context
 * @csspart tools - the panel of tools
 * @csspart history - the panel of the session's history
 * @csspart pending - the panel of pending work
 * @csspart timeline - the timeline of all tabs
 * @csspart banner - the message about the session, for example after a crash
 * @csspart toast - the offer to reopen a closed tab
 * @cssprop --codemode-background - background of code and console
 * @cssprop --codemode-surface - background of tabs and toolbars
 * @cssprop --codemode-raised - background of popups
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
 * @example
 * ```html
 * <codemode-playground runner-url="/runner.html" theme="dark"><button slot="actions">Share</button></codemode-playground>
 * ```
 */
export class CodemodePlayground extends LocalizedElement {
  static override styles = [tokens, base, playgroundStyles];

  /** `auto` follows the page: its `color-scheme`, or else the brightness of its background. */
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** Address of `runner.html`, for the element's own `Codemode`. @default beside the script or the page */
  @property({ attribute: 'runner-url' }) runnerUrl: string | undefined;
  /** How the element's own `Codemode` compiles elements of JSX: the package, such as `preact`, or options as JSON. @default `react` */
  @property() jsx: string | undefined;
  /** Whether the element's own `Codemode` keeps the variables of tabs across reloads. If a page has several playgrounds, each needs an `id`. */
  @property({ type: Boolean, reflect: true }) persist = false;
  /** `auto` puts the code above the console when the element is narrow. */
  @property({ reflect: true }) layout: 'auto' | 'columns' | 'rows' = 'auto';
  /** `auto`: Monaco, or a light editor on touch devices. */
  @property({ reflect: true }) editor: 'auto' | 'monaco' | 'light' = 'auto';

  @state() private panel: PanelName = 'console';
  @state() private split = 55;
  @state() private isNarrow = false;
  @query('codemode-code-editor') private codeEditor!: CodemodeCodeEditor | null;
  @query('codemode-console') private console!: CodemodeConsole | null;
  @query('codemode-tab-bar') private tabBar!: HTMLElement | null;
  private given: CodemodeLike | undefined;
  private own: Codemode | undefined;
  private readonly open = new OpenTabs(this);
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

  /** Runs the code. Unless you set it, the element makes its own at the first run and closes it when the element is removed. */
  @property({ attribute: false })
  get codemode(): CodemodeLike | undefined {
    return this.given ?? this.own;
  }
  set codemode(codemode: CodemodeLike | undefined) {
    if (codemode === this.given) return;
    for (const tab of this.open.all) void tab.release();
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
    // A move disconnects the element too, and connects it again before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) void this.release();
    });
  }

  /** The open tabs, in order. */
  get tabs(): readonly PlaygroundTab[] {
    return this.open.all;
  }

  /** The active tab. */
  get activeTab(): PlaygroundTab | undefined {
    return this.open.active;
  }

  /** Makes a tab active. @throws RangeError if the tab is not open */
  activate(tab: TabReference): void {
    this.open.activate(this.open.resolve(tab));
  }

  /** Opens a tab at the end and makes it active. */
  openTab(options: TabOptions = {}): PlaygroundTab {
    const name =
      options.name ??
      freeName(
        this.open.all.map((tab) => tab.name),
        this.strings.untitled,
      );
    const tab = new PlaygroundTab(
      `tab-${++lastTabId}`,
      { ...options, name },
      (session) => this.connect(session),
      () => this.strings,
    );
    this.listen(tab);
    this.open.insert(tab);
    return tab;
  }

  /** Closes a tab and its session. @throws RangeError if the tab is not open */
  async closeTab(tab?: TabReference): Promise<void> {
    const closing = this.open.resolve(tab);
    this.open.take(closing);
    await closing.release({ forgets: true });
  }

  /** Runs the code of a tab. @throws RangeError if the tab is not open, and the errors of `Session.execute`: the code did not run, or its outcome is unknown */
  async run(tab?: TabReference, options: RunOptions = {}): Promise<ExecutionResult> {
    const target = this.open.resolve(tab);
    return await target.run({ ...options, code: target.code, source: 'editor' });
  }

  /** Runs code in a tab, as its console does. @throws the errors of `run` */
  async evaluate(code: string, tab?: TabReference, options: RunOptions = {}): Promise<ExecutionResult> {
    return await this.open.resolve(tab).run({ ...options, code, source: 'repl' });
  }

  /** Stops the runs of a tab. Its variables stay. @throws RangeError if the tab is not open */
  async stop(tab?: TabReference): Promise<void> {
    await this.open.resolve(tab).stop();
  }

  /** Gives a tab a new worker without variables. @throws RangeError if the tab is not open */
  async reset(tab?: TabReference): Promise<void> {
    await this.open.resolve(tab).reset();
  }

  /** Replaces the code of a tab, by default of the active one. @throws RangeError if the tab is not open */
  setCode(code: string, tab?: TabReference): void;
  /** @deprecated Pass the code first. */
  setCode(tab: TabReference | undefined, code: string): void;
  setCode(first: TabReference | undefined, second?: TabReference): void {
    const [code, tab] = codeAndTab(first, second, (id) => this.tabs.some((open) => open.id === id));
    this.open.resolve(tab).code = code;
  }

  /** The output of a tab since its console was cleared. @throws RangeError if the tab is not open */
  output(tab?: TabReference): OutputEntry[] {
    return this.open.resolve(tab).log.output;
  }

  /** Resolves when no tab runs code and all output is on the screen. */
  async whenIdle(): Promise<void> {
    if (this.open.isRunning) await new Promise<void>((resolve) => this.idle.add(resolve));
    await this.updateComplete;
  }

  override focus(): void {
    this.codeEditor?.focus();
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated && this.open.all.length === 0) this.openTab();
    if (this.isConnected && this.codemode !== undefined) this.known.watch(this.codemode.registry);
    if (this.open.active !== undefined) this.known.show(this.open.active);
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    await this.console?.updateComplete;
    return complete;
  }

  protected override render(): TemplateResult {
    const { active } = this.open;
    const stacked = this.layout === 'rows' || (this.layout === 'auto' && this.isNarrow);
    return html`
      <div class="frame ${stacked ? 'stacked' : ''} ${this.isNarrow ? 'narrow' : ''}" @keydown=${this.onKeyDown}>
        <codemode-tab-bar
          part="tabs"
          .items=${this.open.all.map((tab): TabBarItem => ({ id: tab.id, name: tab.name, status: tab.status }))}
          .active=${active?.id ?? ''}
          @tab-select=${({ detail }: CustomEvent<TabBarEventDetails['tab-select']>) => this.activate(detail.id)}
          @tab-add=${this.onAddTab}
          @tab-close=${({ detail }: CustomEvent<TabBarEventDetails['tab-close']>) => this.closeWithUndo(this.open.resolve(detail.id))}
          @tab-rename=${({ detail }: CustomEvent<TabBarEventDetails['tab-rename']>) => (this.open.resolve(detail.id).name = detail.name)}
          @tab-move=${({ detail }: CustomEvent<TabBarEventDetails['tab-move']>) => this.open.move(this.open.resolve(detail.id), detail.to)}
        ></codemode-tab-bar>
        ${active === undefined ? renderNoTabs(this.strings, this.onAddTab) : this.renderTab(active, stacked)}
        ${renderToast(this.closed.tab, this.strings, () => this.undoClose())}
      </div>
    `;
  }

  private renderTab(tab: PlaygroundTab, stacked: boolean): TemplateResult {
    return html`
      ${renderToolbar(tab, this.strings, {
        run: () => this.runShown(),
        stop: () => void tab.stop(),
        reset: () => void tab.reset().catch(() => undefined),
        showPending: () => (this.panel = 'pending'),
      })}
      ${renderBanner(tab, this.strings)}
      <div class="panes" role="tabpanel" aria-label=${tab.name} .style=${`--split: ${this.split}fr; --rest: ${100 - this.split}fr`}>
        <codemode-code-editor
          part="editor"
          .editor=${this.editor}
          .documents=${this.open.all.map(({ id, code }) => ({ id, code }))}
          .active=${tab.id}
          .markers=${new Map(this.open.all.map(({ id, markers }) => [id, markers]))}
          .names=${this.known.names}
          @code-change=${({ detail }: CustomEvent<CodeChangeDetail>) => (this.open.resolve(detail.id).code = detail.code)}
          @code-run=${this.runShown}
        ></codemode-code-editor>
        <codemode-split-bar
          .value=${this.split}
          .stacked=${stacked}
          @split-change=${({ detail }: CustomEvent<number>) => (this.split = detail)}
        ></codemode-split-bar>
        ${renderPanels(this.viewOf(tab), this.panel, this.strings)}
      </div>
    `;
  }

  private viewOf(tab: PlaygroundTab): PanelView {
    return {
      tab,
      tabs: this.tabs,
      codemode: this.codemode,
      host: this,
      show: (panel) => (this.panel = panel),
      evaluate: (code) => {
        this.console?.scrollToEnd();
        void tab.run({ code, source: 'repl' }).catch(() => undefined);
      },
      select: (position) => this.select(tab, position),
      goTo: (position) => this.goTo(position),
      theme: this.theme,
      update: () => this.requestUpdate(),
    };
  }

  private async connect(session: string): Promise<SessionLike> {
    if (this.codemode !== undefined) return this.codemode.session(session);
    const { ownCodemode } = await import('./own-codemode.js');
    this.own ??= ownCodemode(this);
    return this.own.session(session);
  }

  private runShown(): void {
    if (this.open.active === undefined) return;
    // The timeline shows the run as it goes on.
    if (this.panel !== 'timeline') this.panel = 'console';
    void this.run().catch(() => undefined);
  }

  private listen(tab: PlaygroundTab): void {
    const on = <K extends keyof TabEventDetails>(type: K, listener: (detail: TabEventDetails[K]) => void): void =>
      tab.addEventListener(type, (event) => listener((event as CustomEvent<TabEventDetails[K]>).detail));
    const origin = (): { tab: string; name: string } => ({ tab: tab.id, name: tab.name });
    on('change', () => this.onTabChange());
    on('run', (run) => this.emit('codemode-run', { ...origin(), ...run }));
    on('result', (result) => this.emit('codemode-result', { ...origin(), fileName: result.fileName, result }));
    on('output', (entry) => {
      const fileName = tab.fileNameOf(entry);
      this.emit('codemode-output', { ...origin(), ...(fileName === undefined ? {} : { fileName }), entry });
    });
  }

  private onTabChange(): void {
    this.requestUpdate();
    if (this.open.isRunning) return;
    for (const resolve of this.idle) resolve();
    this.idle.clear();
  }

  private readonly onAddTab = (): void => {
    this.openTab();
    void this.updateComplete.then(() => this.codeEditor?.focus());
  };

  private closeWithUndo(tab: PlaygroundTab): void {
    const hadFocus = this.shadowRoot?.activeElement === this.tabBar;
    this.closed.make(tab, this.open.take(tab));
    if (hadFocus) void this.updateComplete.then(() => this.tabBar?.focus());
  }

  private undoClose(): void {
    const closed = this.closed.accept();
    if (closed !== undefined) this.open.insert(closed.tab, closed.index);
  }

  private async release(): Promise<void> {
    this.closed.end();
    this.known.stop();
    await Promise.all(this.open.all.map((tab) => tab.release()));
    const { own } = this;
    this.own = undefined;
    await own?.close();
  }

  private select(tab: PlaygroundTab, { file, line, column }: PositionDetail): void {
    if (tab.isOwnCode(file)) this.codeEditor?.reveal(line, column);
  }

  private goTo({ session, ...position }: TimelinePosition): void {
    this.activate(session);
    void this.updateComplete.then(() => this.select(this.open.resolve(session), position));
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    this.runShown();
  }

  private emit<K extends keyof PlaygroundEventDetails>(type: K, detail: PlaygroundEventDetails[K]): void {
    /** @ignore The class comment lists these events. */
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
