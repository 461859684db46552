import { adoptStyles, render } from 'lit';
import type { AmbientNames } from '../../../editor/ambient/tool-types.js';
import type { ExecutionResult } from '../../../sdk/types.js';
import type { PositionDetail } from '../../console/console-row.js';
import type { PlaygroundEventDetails } from '../../run/run-events.js';
import { copyText } from '../../shared/copy-text.js';
import { base, tokens } from '../../shared/tokens.js';
import { chooseEditor, type EditorChoice, type EditorKind } from '../edit/editors.js';
import { ErrorMarks } from './error-marks.js';
import { EditStore } from '../edit/kept-edits.js';
import { renderLive, type LiveState } from './live-template.js';
import { liveStyles } from './live.styles.js';
import type { SnippetPage } from '../shell/snippet-page.js';
import { ReadersCode } from '../edit/readers-code.js';
import { editablePart, visibleCode, type EditablePart } from '../shell/regions.js';
import { outdated, type Cell } from '../run/run-order.js';
import type { RunDisplay } from '../run/runnable-snippet.js';
import type { SnippetRuns } from '../run/snippet-runs.js';
import { snippetStyles } from '../shell/snippet.styles.js';
import type { SnippetView } from './snippet-view.js';
import type { SnippetHost } from './snippet-host.js';

/** Limits for a run that the page starts. */
export interface LiveRunOptions {
  /** Runs only the author's code. @default false */
  readonly pageCodeOnly?: boolean;
}

/** A snippet in use: replaces the initial toolbar and shows the editor, the runs and their output. */
export class LiveSnippet implements LiveState, RunDisplay {
  readonly element: SnippetHost;
  readonly readers = new ReadersCode(() => this.#codeChanged());
  readonly marks = new ErrorMarks(() => this.requestUpdate());
  view: SnippetView | undefined;
  /** The open editor. */
  editing: EditorKind | undefined;
  names: AmbientNames = {};
  isLoading = false;
  isCopied = false;
  /** Message of a failed load. */
  problem = '';
  readonly #page: SnippetPage;
  readonly #root: ShadowRoot;
  #running: Promise<ExecutionResult> | undefined;
  #stopping = new AbortController();
  #hasSession = false;
  #updating: Promise<void> | undefined;

  constructor(element: SnippetHost, page: SnippetPage) {
    this.element = element;
    this.#page = page;
    this.#root = element.shadowRoot!;
    const focused = this.#root.activeElement?.part[0];
    this.#root.replaceChildren();
    adoptStyles(this.#root, [...tokens, base, snippetStyles, liveStyles]);
    this.#root.addEventListener('focusin', () => this.#tellNames());
    const { editKey } = element;
    if (editKey !== undefined) this.readers.open(new EditStore(editKey), element.author.text);
    this.#update();
    if (focused !== undefined) this.#root.querySelector<HTMLElement>(`[part=${focused}]`)?.focus();
  }

  get outdated(): 'own' | 'above' | undefined {
    return outdated<Cell>(this.element, this.#page.all);
  }

  /** The editable part of the code; also shown in place of the author's markup after an edit. */
  get part(): EditablePart {
    return editablePart(this.element.code);
  }

  /** Same as the element's `run`. During a run, returns that run. */
  run({ pageCodeOnly = false }: LiveRunOptions = {}): Promise<ExecutionResult> {
    this.#running ??= this.#run(pageCodeOnly).finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Stops the current run, or what ended runs have left. */
  async stop(): Promise<void> {
    if (this.#running === undefined && (this.view?.pending() ?? 0) > 0) await this.view?.stopPending();
    await this.#stopRun();
  }

  async reset(): Promise<void> {
    await this.#stopRun();
    this.editing = undefined;
    this.readers.reset();
    this.forget();
    if (this.element.session !== undefined || !this.#hasSession) return;
    await (await this.#page.runs()).reset([this.element.group]);
  }

  async edit(): Promise<void> {
    if (this.element.readonly || this.element.editor === 'none') return;
    const kind = this.editing ?? chooseEditor((this.element.editor ?? 'auto') as EditorChoice);
    this.#set({ isLoading: true });
    try {
      await kind.load();
    } catch (error) {
      this.problem = String(error);
      throw error;
    } finally {
      this.#set({ isLoading: false });
    }
    this.#set({ editing: kind });
    void this.#learnNames();
    await this.#updating;
    const editor = this.#root.querySelector<HTMLElement & { updateComplete: Promise<unknown> }>('.editor');
    await editor?.updateComplete;
    editor?.focus();
    editor?.scrollIntoView({ block: 'nearest' });
  }

  /** Closes the editor unless it contains changes. */
  async leaveEditor(always = false): Promise<void> {
    if (always || this.element.isPageCode) this.#set({ editing: undefined });
    await this.#updating;
    this.#root.querySelector<HTMLElement>('[part=edit]')?.focus();
  }

  typed(body: string): void {
    const { before, after } = this.part;
    this.readers.change(before + body + after, this.element.author.text, 'reader');
  }

  async copy(): Promise<void> {
    await copyText(visibleCode(this.element.code));
    this.#set({ isCopied: true });
    setTimeout(() => this.#set({ isCopied: false }), 1500);
  }

  /** Clears the runs, as the session restarts. */
  forget(): void {
    this.element.lastRun = undefined;
    this.#set({ view: undefined, problem: '' });
    this.#page.refresh();
  }

  show(view: SnippetView): void {
    this.#set({ view });
    this.#page.refresh();
  }

  /** Begins a run; aborting the returned signal stops it. */
  beginRun(): AbortSignal {
    this.#hasSession = true;
    this.#stopping = new AbortController();
    return this.#stopping.signal;
  }

  emit<K extends keyof PlaygroundEventDetails>(type: K, detail: PlaygroundEventDetails[K]): void {
    this.element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** Goes to a position in the code of a snippet, found by the file name of its run. */
  goTo({ file, line, column }: PositionDetail): void {
    const target = this.view?.snippetOf(file);
    if (target === this.element) this.#reveal(line, column);
    else target?.scrollIntoView({ block: 'nearest' });
  }

  /** Whether a file name belongs to a snippet of the page. */
  isInPage(file: string): boolean {
    return this.view?.snippetOf(file)?.isConnected === true;
  }

  /** Releases the session after the element has left the page or got another `codemode`. */
  async leave(): Promise<void> {
    this.marks.clear();
    if (!this.#hasSession) return;
    this.#hasSession = false;
    this.element.lastRun = undefined;
    this.#stopping.abort();
    await (await this.#page.runs()).leave(this.element);
  }

  requestUpdate(): void {
    this.#updating ??= Promise.resolve().then(() => {
      this.#updating = undefined;
      this.#update();
    });
  }

  async #stopRun(): Promise<void> {
    this.#stopping.abort();
    await this.#running?.catch(() => undefined);
  }

  async #run(pageCodeOnly: boolean): Promise<ExecutionResult> {
    const signal = this.beginRun();
    this.#set({ problem: '', isLoading: true });
    let runs: SnippetRuns;
    try {
      runs = await this.#page.runs();
    } catch (error) {
      this.#set({ problem: String(error) });
      throw error;
    } finally {
      this.#set({ isLoading: false });
    }
    try {
      return await runs.run(this.element, { signal, pageCodeOnly });
    } finally {
      if (this.editing !== undefined) await this.#learnNames();
    }
  }

  /** Collects names for completion and types: from the session, the cells above and the hidden regions. */
  async #learnNames(): Promise<void> {
    const { element, part } = this;
    const { all } = this.#page;
    const at = all.indexOf(element);
    const above = all.filter(
      ({ group, name }, index) => (group === element.group && index < at) || element.dependsOn.includes(name),
    );
    const cells = [...above.map(({ code }) => code), part.before, part.after];
    const known = this.#hasSession ? await (await this.#page.runs()).namesFor(element) : {};
    this.#set({ names: { ...known, cells } });
  }

  #reveal(line: number, column: number): void {
    const editor = this.#root.querySelector<HTMLElement & { reveal(line: number, column: number): void }>('.editor');
    if (editor === null) this.element.scrollIntoView({ block: 'nearest' });
    else editor.reveal(line, column);
  }

  /** Sets the names of the focused editor, as all editors of a page share one list. */
  #tellNames(): void {
    if (this.editing !== undefined) this.#set({ names: { ...this.names } });
  }

  #codeChanged(): void {
    this.requestUpdate();
    this.#page.refresh();
  }

  #set(state: Partial<Pick<this, 'view' | 'editing' | 'names' | 'isLoading' | 'isCopied' | 'problem'>>): void {
    Object.assign(this, state);
    this.requestUpdate();
  }

  #update(): void {
    const focused = this.#root.activeElement;
    render(renderLive(this), this.#root);
    // The focused element may be gone, for example an editor or a button of an offer.
    if (focused?.isConnected === false) this.#root.querySelector<HTMLElement>('[part=edit], [part=run]')?.focus();
    const box = this.#root.querySelector('.code');
    const shown = this.element.isPageCode ? this.element.author.element : this.#root.querySelector<HTMLElement>('.own');
    if (box === null || shown == null || this.editing !== undefined) {
      this.marks.clear();
      return;
    }
    // The author's markup also contains hidden lines.
    const unseen = this.element.isPageCode ? this.part.before.split('\n').length - 1 : 0;
    this.marks.show(this.view?.markers ?? [], box, shown, unseen);
  }
}
