import { adoptStyles } from '@lit/reactive-element/css-tag.js';
import type { Codemode } from '../../../sdk/index.js';
import type { ExecutionResult } from '../../../sdk/types.js';
import type { CodemodeLike } from '../../run/codemode-like.js';
import { copyText } from '../../shared/copy-text.js';
import { locales } from '../../shared/locale.js';
import { PageSchemeController } from '../../shared/page-scheme.js';
import { snippetStrings, type SnippetStrings } from '../../shared/snippet-strings.js';
import { base, tokens } from '../../shared/tokens.js';
import { AuthorCode } from './author-code.js';
import { AttributeElement } from './attribute-element.js';
import { editKey, hasEdit } from './edit-key.js';
import type { LiveSnippet } from '../live/live-snippet.js';
import type { SnippetHost } from '../live/snippet-host.js';
import type { CodemodeChoice } from '../run/page-codemodes.js';
import { neededCode } from '../run/needed-code.js';
import { SnippetPage } from './snippet-page.js';
import { playgroundLink } from '../edit/playground-link.js';
import type { Cell, CellRun } from '../run/run-order.js';
import { keepReachable } from './scrollable-code.js';
import { shellToolbar, type ShellAction } from './shell-toolbar.js';
import { snippetStyles } from './snippet.styles.js';
import { takeTurn } from './turns.js';
import { whenVisible } from './visibility.js';

const english = { snippet: snippetStrings };
const sheets = [...tokens, base, snippetStyles];

/**
 * Makes the `<pre><code>` inside it runnable and editable. The author's markup stays in place. Until the first run or edit, the element
 * is only a toolbar; a click loads the rest. It has the custom properties of `<codemode-playground>`.
 *
 * @summary Runnable, editable code block
 * @slot - the author's code block
 * @slot expected - the expected output; a `<pre class="output">` gets this slot automatically
 * @fires {CustomEvent<RunDetail>} codemode-run - the start of a run
 * @fires {CustomEvent<ResultDetail>} codemode-result - the end of a run, with or without success
 * @fires {CustomEvent<OutputDetail>} codemode-output - an output entry
 * @attr {string} session - snippets with the same name share one worker and one namespace; default a separate session
 * @attr {string} depends-on - ids of the snippets to run first, separated by spaces
 * @attr {boolean} auto-run - runs the author's code, never an edit, when the snippet comes into view
 * @attr {boolean} readonly - disables the editor
 * @attr {boolean} setup - hides the snippet and runs it before the snippets below it in its session
 * @attr {string} runner-url - URL of `runner.html`; default beside the script or the page
 * @attr {string} import-map - `#id` of a script with an import map, or the URL of an import map
 * @attr {string} jsx - how elements of JSX are compiled: the package, such as `preact`, or options as JSON; default `react`
 * @attr {string} tools - URL of a module that exports `register(codemode, sdk)`; loaded at the first run
 * @attr {string} playground-url - URL of the playground for the “Open in playground” link; no link without it
 * @attr {'auto' | 'monaco' | 'light' | 'none'} editor - `auto`: Monaco, or the light editor for touch and small screens
 * @attr {'on' | 'off'} persist-edits - stores the reader's edits across reloads; default `on`
 * @attr {'auto' | 'light' | 'dark'} theme - `auto` follows the page
 * @csspart toolbar - the toolbar above the code
 * @csspart run - the Run button
 * @csspart stop - the Stop button; replaces Run during a run, and stands beside it for what ended runs have left
 * @csspart state - the status of the last run
 * @csspart edit - the Edit button
 * @csspart reset - the Reset button
 * @csspart copy - the Copy button
 * @csspart open - the link to the playground
 * @csspart code - the container of the author's code
 * @csspart editor - the editor
 * @csspart notice - the offer of another version of the code
 * @csspart output - the output, or the error of a failed load
 * @csspart expected - the container of the expected output
 * @example
 * <codemode-snippet session="guide">
 *   <pre><code>console.log(1 + 1)</code></pre>
 *   <pre class="output">2</pre>
 * </codemode-snippet>
 */
export class CodemodeSnippet extends AttributeElement implements SnippetHost {
  static readonly observedAttributes = ['readonly', 'editor', 'playground-url', 'theme'];

  declare session: string | undefined;
  declare runnerUrl: string | undefined;
  declare importMap: string | undefined;
  declare jsx: string | undefined;
  declare tools: string | undefined;
  declare playgroundUrl: string | undefined;
  declare editor: string | undefined;
  declare persistEdits: string | undefined;
  declare theme: string | undefined;
  declare autoRun: boolean;
  declare readonly: boolean;
  declare setup: boolean;

  /** The last run; undefined before the first. */
  lastRun: CellRun | undefined;
  readonly author = new AuthorCode(this);
  #codemode: CodemodeLike | undefined;
  #context: Readonly<Record<string, unknown>> = {};
  readonly #scheme = new PageSchemeController(() => this.#live?.requestUpdate());
  #live: LiveSnippet | undefined;
  #loading: Promise<LiveSnippet> | undefined;
  #hasTools = false;
  #isFollowing = false;
  #block: HTMLElement | undefined;
  #leaveBlock: (() => void) | undefined;
  #unwatch: (() => void) | undefined;
  #unobserve: (() => void) | undefined;

  /** The `Codemode` that runs the code. @default one shared by all snippets with the same attributes */
  get codemode(): Codemode | CodemodeLike | undefined {
    return this.#codemode;
  }
  set codemode(codemode: Codemode | CodemodeLike | undefined) {
    if (codemode === this.#codemode) return;
    this.#codemode = codemode;
    void this.#live?.leave();
  }

  /** Context of every run: plain data by name. @default {} */
  get context(): Readonly<Record<string, unknown>> {
    return this.#context;
  }
  set context(context: Readonly<Record<string, unknown>>) {
    this.#context = context;
  }

  /** Ids of the snippets to run first. */
  get dependsOn(): readonly string[] {
    return this.getAttribute('depends-on')?.split(/\s+/).filter(Boolean) ?? [];
  }
  set dependsOn(ids: readonly string[]) {
    this.setAttribute('depends-on', ids.join(' '));
  }

  /** The id, or a name by the position in the page. */
  get name(): string {
    return this.id || `snippet-${this.#page.all.indexOf(this) + 1}`;
  }

  /** The code to run: the reader's version if there is one, else the author's. A value set here is not stored as an edit. */
  get code(): string {
    return this.#live?.readers.text ?? this.author.text;
  }
  set code(code: string) {
    if (this.#live !== undefined) this.#live.readers.change(code, this.author.text, 'page');
    else
      void this.goLive()
        .then((live) => live.readers.change(code, this.author.text, 'page'))
        .catch(() => undefined);
  }

  /** Whether the code is the author's. */
  get isPageCode(): boolean {
    return this.#live?.readers.text === undefined && !(this.#live === undefined && this.isEdited);
  }

  get choice(): CodemodeChoice {
    const { tools, runnerUrl, importMap, jsx } = this;
    return { tools, runnerUrl, importMap, jsx };
  }

  /** `.tsx` or `.jsx`, where the author says so with the language of the code block. */
  get extension(): string {
    const { language } = this.author;
    return language === 'tsx' || language === 'jsx' ? `.${language}` : '';
  }

  get sessionName(): string {
    return this.session ?? `snippet ${this.#page.numberOf(this)}`;
  }

  get group(): string {
    const { codemode, session } = this;
    const page = this.#page;
    return JSON.stringify([codemode && page.numberOf(codemode), this.choice, session ?? page.numberOf(this)]);
  }

  /** Storage key of the reader's edits; undefined if edits are not stored. */
  get editKey(): string | undefined {
    return this.persistEdits === 'off' || this.readonly || this.setup
      ? undefined
      : editKey(location.pathname, this.name);
  }

  get strings(): SnippetStrings {
    return locales.textsFor(this, english).snippet;
  }

  connectedCallback(): void {
    this.takeEarlyProperties();
    if (this.shadowRoot === null) this.#makeRoot();
    this.#page.add(this);
    this.#unwatch = locales.watch(this);
    void this.#comeAlive();
  }

  disconnectedCallback(): void {
    this.#page.remove(this);
    this.#followsScheme(false);
    this.#unwatch?.();
    this.#unobserve?.();
    this.#leaveBlock?.();
    this.#block = undefined;
    // A moved element is connected again before this microtask.
    queueMicrotask(() => {
      if (!this.isConnected) void this.#live?.leave();
    });
  }

  attributeChangedCallback(): void {
    this.requestUpdate();
  }

  /**
   * Runs the code after its dependencies. Resolves with the result, also after a failure of the code.
   * @throws DependencyCycleError, UnknownDependencyError, FailedDependencyError, and errors of `Session.execute`: the code did not run
   */
  async run(): Promise<ExecutionResult> {
    return await (await this.goLive()).run();
  }

  /** Stops the current run; keeps the variables. */
  async stop(): Promise<void> {
    await this.#live?.stop();
  }

  /** Restores the author's code and clears the output. Restarts the session if `session` is not set. */
  async reset(): Promise<void> {
    if (this.#live !== undefined || this.isEdited) await (await this.goLive()).reset();
  }

  /** Opens and focuses the editor. */
  async edit(): Promise<void> {
    await (await this.goLive()).edit();
  }

  /** Loads the modules for runs and edits. @throws the error of a failed import */
  goLive(): Promise<LiveSnippet> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Renders again, for example after a change of the language or of an earlier snippet. */
  requestUpdate(): void {
    if (this.#live !== undefined) this.#live.requestUpdate();
    else if (this.#hasTools) this.#showTools();
  }

  storedElsewhere(key: string): void {
    if (key !== this.editKey) return;
    if (this.#live !== undefined) this.#live.readers.storedElsewhere();
    else if (hasEdit(key)) void this.goLive();
  }

  /** Whether a reader's edit is stored. */
  private get isEdited(): boolean {
    const key = this.editKey;
    return key !== undefined && hasEdit(key);
  }

  get #page(): SnippetPage {
    return SnippetPage.of(this.ownerDocument);
  }

  #makeRoot(): void {
    const root = this.attachShadow({ mode: 'open' });
    adoptStyles(root, sheets);
    const bar = document.createElement('div');
    bar.className = 'bar';
    bar.part.add('toolbar');
    const code = document.createElement('div');
    code.className = 'code';
    code.part.add('code');
    code.append(document.createElement('slot'));
    const expected = document.createElement('slot');
    expected.name = 'expected';
    root.append(bar, code, expected);
    root.addEventListener('click', this.#onClick);
    root.addEventListener('pointerover', this.#onApproach);
    root.addEventListener('focusin', this.#onApproach);
    // The site may replace its markup, for example after hot module replacement.
    root.addEventListener('slotchange', () => void (this.#hasTools && this.#arrange()));
  }

  /** Starts once the parser has passed the element and the page has time. */
  async #comeAlive(): Promise<void> {
    if (document.readyState === 'loading') {
      await new Promise((resolve) => {
        document.addEventListener('DOMContentLoaded', resolve, { once: true });
      });
    }
    await takeTurn();
    if (!this.isConnected) return;
    this.#followsScheme(true);
    if (this.autoRun) this.#unobserve = whenVisible(this, () => void this.#runByItself());
    if (this.#live !== undefined || this.#hasTools) return;
    this.#showTools();
    await this.#arrange();
    if (this.isEdited) await this.goLive();
  }

  /** Slots the expected output and hides the hidden regions of the code. */
  async #arrange(): Promise<void> {
    this.author.slotExpected();
    this.#live?.requestUpdate();
    const { element } = this.author;
    const block = element?.closest('pre');
    if (block != null && block !== this.#block) {
      this.#leaveBlock?.();
      this.#block = block;
      this.#leaveBlock = keepReachable(block);
    }
    if (element?.textContent.includes('#region') !== true) return;
    const { hideRegions } = await import('./hide-regions.js');
    hideRegions(element, this.strings.fold);
  }

  /** Runs outside the upgrade task: reading colours forces a layout, too slow for hundreds of elements. */
  #followsScheme(follows: boolean): void {
    if (follows === this.#isFollowing) return;
    this.#isFollowing = follows;
    if (follows) this.#scheme.hostConnected();
    else this.#scheme.hostDisconnected();
  }

  #showTools(): void {
    const bar = this.shadowRoot?.querySelector('.bar');
    if (bar == null) return;
    this.#hasTools = true;
    const { strings } = this;
    bar.role = 'group';
    bar.ariaLabel = strings.toolbar;
    const canEdit = !this.readonly && this.editor !== 'none';
    bar.replaceChildren(...shellToolbar(strings, { canEdit, canOpen: this.playgroundUrl !== undefined }));
  }

  async #load(): Promise<LiveSnippet> {
    const state = this.shadowRoot?.querySelector('.state');
    if (state != null) state.textContent = this.strings.loading;
    try {
      const { LiveSnippet } = await import('../live/live-snippet.js');
      this.#live = new LiveSnippet(this, this.#page);
      return this.#live;
    } catch (error) {
      this.#loading = undefined;
      if (state != null) state.textContent = this.strings.failed;
      console.error('A module of codemode-snippet could not be loaded:', error);
      throw error;
    }
  }

  async #runByItself(): Promise<void> {
    if (this.isPageCode) await (await this.goLive()).run({ pageCodeOnly: true }).catch(() => undefined);
  }

  async #copy(): Promise<void> {
    const { code } = this;
    const text = code.includes('#region') ? (await import('./regions.js')).visibleCode(code) : code;
    await copyText(text);
    const state = this.shadowRoot?.querySelector('.state');
    if (state == null) return;
    state.textContent = this.strings.copied;
    setTimeout(() => (state.textContent = ''), 1500);
  }

  readonly #onClick = (event: Event): void => {
    if (this.#live !== undefined) return;
    const action = actionOf(event);
    if (action === 'run') void this.run().catch(() => undefined);
    else if (action === 'edit') void this.edit().catch(() => undefined);
    else if (action === 'copy') void this.#copy();
  };

  /** Adds the code to the playground link only when the reader is about to follow it. */
  readonly #onApproach = (event: Event): void => {
    if (actionOf(event) === 'open')
      this.shadowRoot!.querySelector<HTMLAnchorElement>('[part=open]')!.href = this.playgroundLink;
  };

  /** Playground URL with this code and the code that it needs. */
  get playgroundLink(): string {
    return playgroundLink(
      this.playgroundUrl ?? '',
      { code: neededCode<Cell>(this, this.#page.all), name: this.name },
      document.baseURI,
    );
  }
}

function actionOf({ target }: Event): ShellAction | undefined {
  return target instanceof Element
    ? (target.closest<HTMLElement>('[data-action]')?.dataset['action'] as ShellAction | undefined)
    : undefined;
}

CodemodeSnippet.reflect(
  ['session', 'runnerUrl', 'importMap', 'jsx', 'tools', 'playgroundUrl', 'editor', 'persistEdits', 'theme'],
  ['autoRun', 'readonly', 'setup'],
);
