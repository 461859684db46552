import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AmbientNames } from '../../editor/tool-types.js';
import type { Codemode } from '../../sdk/index.js';
import type { ExecutionResult } from '../../sdk/types.js';
import type { PositionDetail } from '../console/console.js';
import type { PlaygroundEventDetails } from '../playground/events.js';
import type { CodemodeLike } from '../playground/playground.js';
import { locales } from '../shared/locale.js';
import { snippetStrings, type SnippetStrings } from '../shared/snippet-strings.js';
import type { Strings } from '../shared/strings.js';
import { base, tokens } from '../shared/tokens.js';
import { adoptLightStyles, AuthorCode } from './author-code.js';
import { chooseEditor, type EditorChoice, type EditorKind } from './editors.js';
import { ErrorMarks } from './error-marks.js';
import { EditStore, editKey } from './kept-edits.js';
import { PageSnippets } from './page-snippets.js';
import { playgroundLink } from './playground-link.js';
import { ReadersCode } from './readers-code.js';
import { editablePart, visibleCode } from './regions.js';
import { outdated, type Cell, type CellRun } from './run-order.js';
import { snippetStyles } from './snippet.styles.js';
import type { SnippetView } from './snippet-view.js';
import { renderToolbar } from './toolbar.js';
import { takeTurn } from './turns.js';
import { whenVisible } from './visibility.js';

/** All snippets of the page. */
export const pageSnippets = new PageSnippets<CodemodeSnippet>();

const english = { snippet: snippetStrings };
const codemodeNumbers = new WeakMap<object, number>();
let lastNumber = 0;

/**
 * Makes the `<pre><code>` in it runnable and editable. The author's markup stays where it is; code is loaded when somebody runs or edits.
 *
 * @slot - the author's code block
 * @slot expected - what the code should write; a `<pre class="output">` is put here by itself
 * @fires {CustomEvent<RunDetail>} codemode-run - the code starts to run
 * @fires {CustomEvent<ResultDetail>} codemode-result - it has run
 * @fires {CustomEvent<OutputDetail>} codemode-output - it wrote something
 * @csspart toolbar - the row above the code
 * @csspart run - the Run button
 * @csspart stop - the Stop button
 * @csspart state - how the last run went
 * @csspart edit - the Edit button
 * @csspart reset - the Reset button
 * @csspart copy - the Copy button
 * @csspart open - the link to the playground
 * @csspart code - around the author's code
 * @csspart editor - the editor
 * @csspart notice - the offer of another version of the code
 * @csspart output - what the code wrote
 * @csspart expected - what it should write
 */
export class CodemodeSnippet extends LitElement implements Cell {
  static override styles = [tokens, base, snippetStyles];

  /** Snippets with the same name share one worker and one namespace. @default one for each snippet */
  @property() session: string | undefined;
  /** Ids of snippets that have to run first, separated by spaces. */
  @property({ attribute: 'depends-on', converter: { fromAttribute: (value) => value?.split(/\s+/).filter(Boolean) ?? [] } })
  dependsOn: readonly string[] = [];
  /** Runs when it comes into view; only ever the author's code. */
  @property({ attribute: 'auto-run', type: Boolean }) autoRun = false;
  @property({ type: Boolean, reflect: true }) readonly = false;
  /** Not shown; runs before the snippets below it in its session. */
  @property({ type: Boolean, reflect: true }) setup = false;
  /** Address of `runner.html`. @default beside the script or the page */
  @property({ attribute: 'runner-url' }) runnerUrl: string | undefined;
  /** Where imports lead: `#id` of a script that holds an import map, or the address of one. */
  @property({ attribute: 'import-map' }) importMap: string | undefined;
  /** Address of a module that exports `register(codemode, sdk)`; loaded at the first run. */
  @property() tools: string | undefined;
  /** Address of the playground that “Open in playground” leads to; without one there is no such link. */
  @property({ attribute: 'playground-url' }) playgroundUrl: string | undefined;
  /** `auto`: Monaco, or the light editor for touch and small screens. `none`: no editing. */
  @property() editor: EditorChoice = 'auto';
  /** Whether a reader's edits are there again after a reload. */
  @property({ attribute: 'persist-edits' }) persistEdits: 'on' | 'off' = 'on';
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  /** Where the code runs. @default one that all snippets with the same attributes share */
  @property({ attribute: false }) codemode: Codemode | CodemodeLike | undefined;
  /** Goes with every run: plain data by name. */
  @property({ attribute: false }) context: Readonly<Record<string, unknown>> = {};

  lastRun: CellRun | undefined;
  @state() view: SnippetView | undefined;
  /** Whether it has its buttons: two hundred snippets get them one after another. */
  @state() private isLive = false;
  @state() private isLoading = false;
  @state() private editing: EditorKind | undefined;
  @state() private isCopied = false;
  /** Why nothing could be loaded. */
  @state() private problem = '';
  @query('[part=edit]') private editButton!: HTMLElement | null;
  @query('.code') private codeBox!: HTMLElement | null;
  @query('.own') private ownCode!: HTMLElement | null;
  @query('.editor') private editorElement!: (HTMLElement & { reveal(line: number, column: number): void }) | null;
  private readonly number = ++lastNumber;
  private readonly author = new AuthorCode(this);
  private readonly readers = new ReadersCode(() => this.codeChanged());
  private running: Promise<ExecutionResult> | undefined;
  private stopping = new AbortController();
  private isStored = false;
  private unwatch: (() => void) | undefined;
  private unobserve: (() => void) | undefined;
  private readonly marks = new ErrorMarks(this);
  @state() private names: AmbientNames = {};

  /** The id, or a name by the place in the page. */
  get name(): string {
    return this.id || `snippet-${pageSnippets.all.indexOf(this) + 1}`;
  }

  /** What runs: the reader's version where there is one, else the author's. Setting it is no edit of the reader and is not stored. */
  get code(): string {
    return this.readers.text ?? this.author.text;
  }
  set code(code: string) {
    this.readers.change(code, this.author.text, 'page');
  }

  get isPageCode(): boolean {
    return this.readers.text === undefined;
  }

  get expected(): string | undefined {
    return this.author.expected;
  }

  get choice(): { readonly tools: string | undefined; readonly runnerUrl: string | undefined; readonly importMap: string | undefined } {
    const { tools, runnerUrl, importMap } = this;
    return { tools, runnerUrl, importMap };
  }

  get sessionName(): string {
    return this.session ?? `snippet ${this.number}`;
  }

  get group(): string {
    const { codemode } = this;
    if (codemode !== undefined && !codemodeNumbers.has(codemode)) codemodeNumbers.set(codemode, ++lastNumber);
    return JSON.stringify([codemode && codemodeNumbers.get(codemode), this.choice, this.session ?? this.number]);
  }

  get runStrings(): Pick<Strings, 'recovered' | 'snippet'> {
    return locales.textsFor(this, english) as Pick<Strings, 'recovered' | 'snippet'>;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    pageSnippets.add(this);
    this.unwatch = locales.watch(this);
    void this.comeAlive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    pageSnippets.remove(this);
    this.unwatch?.();
    this.unobserve?.();
    // Moving the element disconnects it too, and connects it again before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) void this.leave();
    });
  }

  /**
   * Runs the code, after what it depends on. Resolves with what it did, also when it failed.
   * @throws DependencyCycleError, UnknownDependencyError, FailedDependencyError, and what `Session.execute` throws: it was not run
   */
  run(): Promise<ExecutionResult> {
    return this.start(false);
  }

  /** Stops the run that is under way; the variables stay. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running?.catch(() => undefined);
  }

  /** Brings back the author's code, without output. A session that is the snippet's alone begins anew. */
  async reset(): Promise<void> {
    const hasRun = this.lastRun !== undefined;
    await this.stop();
    this.editing = undefined;
    this.readers.reset();
    this.clear();
    if (this.session !== undefined || !hasRun) return;
    const { resetSessions } = await loadRuntime();
    await resetSessions(new Set([this.group]));
  }

  /** Opens the editor and puts the cursor into it. */
  async edit(): Promise<void> {
    if (this.readonly || this.editor === 'none') return;
    this.isLive = true;
    const kind = this.editing ?? chooseEditor(this.editor);
    try {
      this.isLoading = true;
      await kind.load();
    } catch (error) {
      this.problem = String(error);
      return;
    } finally {
      this.isLoading = false;
    }
    this.editing = kind;
    await this.updateComplete;
    this.editorElement?.focus();
  }

  /** Forgets what it showed of its runs: its session begins anew. */
  clear(): void {
    this.view = undefined;
    this.lastRun = undefined;
    this.problem = '';
    pageSnippets.refresh();
  }

  show(view: SnippetView): void {
    this.view = view;
    pageSnippets.refresh();
  }

  beginRun(): AbortSignal {
    this.stopping = new AbortController();
    return this.stopping.signal;
  }

  emit<K extends keyof PlaygroundEventDetails>(type: K, detail: PlaygroundEventDetails[K]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  storedElsewhere(key: string): void {
    if (this.isStored && key === editKey(location.pathname, this.name)) this.readers.storedElsewhere();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('codemode') && changed.get('codemode') !== undefined) void this.leave();
  }

  protected override render(): TemplateResult {
    if (!this.isLive) return html`<div class="bar" part="toolbar"></div><div class="code" part="code"><slot></slot></div><slot name="expected"></slot>`;
    const { view, editing, readers, strings } = this;
    const isOwn = readers.text !== undefined;
    const { before, body } = isOwn || editing !== undefined ? editablePart(this.code) : { before: '', body: '' };
    const hidden = before.split('\n').length - 1;
    return html`
      ${this.renderToolbar(strings)}
      ${editing === undefined ? nothing : editing.render(
        {
          code: body,
          markers: (view?.markers ?? []).map((marker) => ({ ...marker, line: marker.line - hidden })).filter(({ line }) => line > 0),
          names: this.names,
          theme: this.theme,
          style: `${this.typography}; --lines: ${body.split('\n').length}`,
          label: strings.editor,
        },
        {
          change: (code) => this.typed(code),
          run: () => void this.run().catch(() => undefined),
          leave: () => void this.leaveEditor(),
        },
      )}
      <div class="code" part="code" ?hidden=${editing !== undefined}>
        <slot ?hidden=${isOwn}></slot>
        ${isOwn && editing === undefined ? html`<pre class="own" tabindex="0" style=${this.typography}>${body}</pre>` : nothing}
        ${this.marks.render(strings.errorLine)}
      </div>
      ${this.renderOffer(strings)} ${this.renderOutput(strings)}
      <div class="expected" part="expected" ?hidden=${!this.isPageCode || view?.expectation === 'met' || this.expected === undefined}>
        <slot name="expected"></slot>
        <span class="caption">${strings.expected}</span>
      </div>
      <div class="visually-hidden" role="status">${view?.summary ?? this.problem}</div>
    `;
  }

  protected override updated(): void {
    const { codeBox } = this;
    const shown = this.readers.text === undefined ? this.author.element : this.ownCode;
    if (!this.isLive || codeBox === null || shown == null || this.editing !== undefined) {
      this.marks.clear();
      return;
    }
    const offset = this.readers.text === undefined ? 0 : editablePart(this.code).before.split('\n').length - 1;
    this.marks.show((this.view?.markers ?? []).map((marker) => ({ ...marker, line: marker.line - offset })), codeBox, shown);
  }

  private get strings(): SnippetStrings {
    return locales.textsFor(this, english).snippet;
  }

  private get typography(): string {
    return Object.entries(this.author.typography).map(([name, value]) => `${name}: ${value}`).join('; ');
  }

  private renderToolbar(strings: SnippetStrings): TemplateResult {
    const { view, playgroundUrl } = this;
    return renderToolbar(
      {
        strings,
        status: this.isLoading ? 'loading' : (view?.status ?? 'idle'),
        took: view?.duration === undefined ? '' : strings.took(view.duration),
        outdated: outdated(this, pageSnippets.all),
        expectation: view?.expectation,
        isEditing: this.editing !== undefined,
        isEdited: !this.isPageCode,
        canEdit: !this.readonly && this.editor !== 'none',
        canReset: !this.isPageCode || view !== undefined,
        isCopied: this.isCopied,
        link: playgroundUrl === undefined ? undefined : () => playgroundLink(playgroundUrl, { code: this.code, name: this.name }, document.baseURI),
      },
      {
        run: () => void this.run().catch(() => undefined),
        stop: () => void this.stop(),
        edit: () => void (this.editing === undefined ? this.edit() : this.leaveEditor(true)),
        reset: () => void this.reset(),
        copy: () => void this.copy(),
      },
    );
  }

  private renderOffer(strings: SnippetStrings): TemplateResult | typeof nothing {
    const { offer } = this.readers;
    if (offer === undefined) return nothing;
    const isOther = offer.kind === 'other-tab';
    // What is kept is what is shown, but after a change by the author the reader's own version is the one that is offered.
    return html`<div class="notice" part="notice" role="status">
      <span>${isOther ? strings.otherTab : strings.pageChanged}</span>
      <button class="button" @click=${() => (isOther ? this.readers.declineOffer() : this.readers.acceptOffer())}>${strings.keepMine}</button>
      <button class="button" @click=${() => (isOther ? this.readers.acceptOffer() : this.readers.declineOffer())}>
        ${isOther ? strings.useTheOther : strings.useThePage}
      </button>
    </div>`;
  }

  private renderOutput(strings: SnippetStrings): TemplateResult | typeof nothing {
    const { view, problem } = this;
    if (problem !== '') return html`<p class="problem" part="output">${problem}</p>`;
    if (view === undefined || (view.status === 'running' && view.log.items.length === 0)) return nothing;
    return html`<codemode-snippet-output
      class="output"
      part="output"
      .log=${view.log}
      .expand=${view.expand}
      .label=${strings.output}
      .emptyText=${view.status === 'stopped' ? strings.stopped : strings.noOutput}
      .linked=${(name: string) => pageSnippets.all.some((snippet) => snippet.name === name)}
      @position-select=${({ detail }: CustomEvent<PositionDetail>) => this.goTo(detail)}
    ></codemode-snippet-output>`;
  }

  /** When the parser has come past it, and the page has a moment. */
  private async comeAlive(): Promise<void> {
    if (document.readyState === 'loading') await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
    await takeTurn();
    if (!this.isConnected || this.isLive) return;
    this.isLive = true;
    this.author.slotExpected();
    adoptLightStyles(this.getRootNode());
    this.author.applyRegions(this.strings.fold);
    if (this.persistEdits !== 'off' && !this.readonly && !this.setup) {
      this.isStored = true;
      this.readers.open(new EditStore(editKey(location.pathname, this.name)), this.author.text);
    }
    if (this.autoRun) this.unobserve = whenVisible(this, () => void this.start(true).catch(() => undefined));
  }

  private start(pageCodeOnly: boolean): Promise<ExecutionResult> {
    this.running ??= this.load(pageCodeOnly).finally(() => (this.running = undefined));
    return this.running;
  }

  private async load(pageCodeOnly: boolean): Promise<ExecutionResult> {
    const signal = this.beginRun();
    this.problem = '';
    this.isLoading = true;
    const { runSnippet } = await loadRuntime().catch((error: unknown) => {
      this.problem = String(error);
      throw error;
    }).finally(() => (this.isLoading = false));
    return await runSnippet(this, pageSnippets.all, { signal, pageCodeOnly });
  }

  private async leave(): Promise<void> {
    if (this.lastRun === undefined && this.running === undefined) return;
    this.stopping.abort();
    const { leaveSession } = await loadRuntime();
    await leaveSession(this);
  }

  private typed(body: string): void {
    const { before, after } = editablePart(this.code);
    this.readers.change(before + body + after, this.author.text, 'reader');
  }

  private codeChanged(): void {
    this.requestUpdate();
    pageSnippets.refresh();
  }

  /** The editor stays open where there are changes to see in it. */
  private async leaveEditor(always = false): Promise<void> {
    if (always || this.isPageCode) this.editing = undefined;
    await this.updateComplete;
    this.editButton?.focus();
  }

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(visibleCode(this.code));
    this.isCopied = true;
    setTimeout(() => (this.isCopied = false), 1500);
  }

  private goTo({ file, line, column }: PositionDetail): void {
    const snippet = pageSnippets.all.find(({ name }) => name === file);
    if (snippet === undefined) return;
    if (snippet.editing !== undefined) snippet.editorElement?.reveal(line, column);
    else snippet.scrollIntoView({ block: 'nearest' });
  }
}

/** Loaded at the first run of the page. */
function loadRuntime(): Promise<typeof import('./runtime.js')> {
  return import('./runtime.js');
}
