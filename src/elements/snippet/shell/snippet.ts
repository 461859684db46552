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
 * Makes the `<pre><code>` in it runnable and editable. The author's markup stays where it is. Until somebody runs or edits, it is no more
 * than a row of buttons; what they do is loaded when they are pressed.
 *
 * @slot - the author's code block
 * @slot expected - what the code should write; a `<pre class="output">` is put here by itself
 * @fires {CustomEvent<RunDetail>} codemode-run - the code starts to run
 * @fires {CustomEvent<ResultDetail>} codemode-result - it has run
 * @fires {CustomEvent<OutputDetail>} codemode-output - it wrote something
 * @attr {string} session - snippets with the same name share one worker and one namespace; default one for each
 * @attr {string} depends-on - ids of snippets that have to run first, separated by spaces
 * @attr {boolean} auto-run - runs when it comes into view; only ever the author's code
 * @attr {boolean} readonly - no editing
 * @attr {boolean} setup - not shown; runs before the snippets below it in its session
 * @attr {string} runner-url - address of `runner.html`; default beside the script or the page
 * @attr {string} import-map - where imports lead: `#id` of a script that holds an import map, or the address of one
 * @attr {string} tools - address of a module that exports `register(codemode, sdk)`; loaded at the first run
 * @attr {string} playground-url - address of the playground that “Open in playground” leads to; without one there is no such link
 * @attr {'auto' | 'monaco' | 'light' | 'none'} editor - `auto`: Monaco, or the light editor for touch and small screens
 * @attr {'on' | 'off'} persist-edits - whether a reader's edits are there again after a reload; default `on`
 * @attr {'auto' | 'light' | 'dark'} theme - `auto` follows the page
 * @csspart toolbar - the row above the code
 * @csspart run - the Run button
 * @csspart stop - the Stop button, in its place while the code runs
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
export class CodemodeSnippet extends AttributeElement implements SnippetHost {
  static readonly observedAttributes = ['readonly', 'editor', 'playground-url', 'theme'];

  declare session: string | undefined;
  declare runnerUrl: string | undefined;
  declare importMap: string | undefined;
  declare tools: string | undefined;
  declare playgroundUrl: string | undefined;
  declare editor: string | undefined;
  declare persistEdits: string | undefined;
  declare theme: string | undefined;
  declare autoRun: boolean;
  declare readonly: boolean;
  declare setup: boolean;

  /** How it ran last. */
  lastRun: CellRun | undefined;
  readonly author = new AuthorCode(this);
  #codemode: CodemodeLike | undefined;
  #context: Readonly<Record<string, unknown>> = {};
  readonly #scheme = new PageSchemeController();
  #live: LiveSnippet | undefined;
  #loading: Promise<LiveSnippet> | undefined;
  #hasTools = false;
  #isFollowing = false;
  #block: HTMLElement | undefined;
  #leaveBlock: (() => void) | undefined;
  #unwatch: (() => void) | undefined;
  #unobserve: (() => void) | undefined;

  /** Where the code runs. @default one that all snippets with the same attributes share */
  get codemode(): Codemode | CodemodeLike | undefined {
    return this.#codemode;
  }
  set codemode(codemode: Codemode | CodemodeLike | undefined) {
    if (codemode === this.#codemode) return;
    this.#codemode = codemode;
    void this.#live?.leave();
  }

  /** Goes with every run: plain data by name. @default {} */
  get context(): Readonly<Record<string, unknown>> {
    return this.#context;
  }
  set context(context: Readonly<Record<string, unknown>>) {
    this.#context = context;
  }

  /** Ids of the snippets that have to run first. */
  get dependsOn(): readonly string[] {
    return this.getAttribute('depends-on')?.split(/\s+/).filter(Boolean) ?? [];
  }
  set dependsOn(ids: readonly string[]) {
    this.setAttribute('depends-on', ids.join(' '));
  }

  /** The id, or a name by the place in the page. */
  get name(): string {
    return this.id || `snippet-${this.#page.all.indexOf(this) + 1}`;
  }

  /** What runs: the reader's version where there is one, else the author's. Setting it is no edit of the reader and is not stored. */
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

  /** Whether it holds the author's code. */
  get isPageCode(): boolean {
    return this.#live?.readers.text === undefined && !(this.#live === undefined && this.isEdited);
  }

  get choice(): CodemodeChoice {
    const { tools, runnerUrl, importMap } = this;
    return { tools, runnerUrl, importMap };
  }

  get sessionName(): string {
    return this.session ?? `snippet ${this.#page.numberOf(this)}`;
  }

  get group(): string {
    const { codemode, session } = this;
    const page = this.#page;
    return JSON.stringify([codemode && page.numberOf(codemode), this.choice, session ?? page.numberOf(this)]);
  }

  /** Under which a reader's edits are stored; undefined where they are not. */
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
    // Moving the element disconnects it too, and connects it again before this runs.
    queueMicrotask(() => {
      if (!this.isConnected) void this.#live?.leave();
    });
  }

  attributeChangedCallback(): void {
    this.requestUpdate();
  }

  /**
   * Runs the code, after what it depends on. Resolves with what it did, also when it failed.
   * @throws DependencyCycleError, UnknownDependencyError, FailedDependencyError, and what `Session.execute` throws: it was not run
   */
  async run(): Promise<ExecutionResult> {
    return await (await this.goLive()).run();
  }

  /** Stops the run that is under way; the variables stay. */
  async stop(): Promise<void> {
    await this.#live?.stop();
  }

  /** Brings back the author's code, without output. A session that is the snippet's alone begins anew. */
  async reset(): Promise<void> {
    if (this.#live !== undefined || this.isEdited) await (await this.goLive()).reset();
  }

  /** Opens the editor and puts the cursor into it. */
  async edit(): Promise<void> {
    await (await this.goLive()).edit();
  }

  /** Loads what shows runs and edits. @throws what kept its files from loading */
  goLive(): Promise<LiveSnippet> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Shows itself anew: it may be in another language now, or outdated. */
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
    root.adoptedStyleSheets = sheets.map((sheet) => (sheet instanceof CSSStyleSheet ? sheet : sheet.styleSheet!));
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
    // The site may put other markup in the place of what was there, as it does when its author saves the page.
    root.addEventListener('slotchange', () => void (this.#hasTools && this.#arrange()));
  }

  /** When the parser has come past it, and the page has a moment. */
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

  /** Puts the expected output in its place, and hides the regions of the code that are to be hidden. */
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

  /** Reading colours makes the browser lay out the page, which is too much for the task in which hundreds upgrade. */
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
      console.error('What a snippet needs could not be loaded:', error);
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

  /** The code goes into the address of the playground when somebody is about to follow it, not before. */
  readonly #onApproach = (event: Event): void => {
    if (actionOf(event) === 'open')
      this.shadowRoot!.querySelector<HTMLAnchorElement>('[part=open]')!.href = this.playgroundLink;
  };

  /** Address of the playground with this code and what it needs. */
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
  ['session', 'runnerUrl', 'importMap', 'tools', 'playgroundUrl', 'editor', 'persistEdits', 'theme'],
  ['autoRun', 'readonly', 'setup'],
);
