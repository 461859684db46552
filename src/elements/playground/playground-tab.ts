import type { CodeMarker } from '../../editor/markers.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { ExecutionMode, NamespaceEntry } from '../../protocol/messages/wire.js';
import { CellNames } from '../../sdk/session/cell-names.js';
import type { ExecutionResult, OutputEntry, SessionEventDetails, SessionLike, SessionState } from '../../sdk/types.js';
import { ConsoleLog } from '../console/console-log.js';
import { InputHistory } from '../repl-line/input-history.js';
import { RunPresenter, type RunOutcome, type RunRequest } from '../run/run-presenter.js';
import { english, type Strings } from '../shared/strings.js';

/** Characters of a tab's name. */
const maxNameLength = 200;

/** Context variables of a tab, by name. */
export type TabContext = Readonly<Record<string, unknown>>;
/** Outcome of the last run of a tab, or `running` during a run. */
export type TabStatus = 'none' | 'running' | 'ok' | 'failed';

/** Initial state of a tab. */
export interface TabOptions {
  /** @default `Tab 1`, `Tab 2` … */
  readonly name?: string;
  readonly code?: string;
  /** Context of every run. @default {} */
  readonly context?: TabContext;
  /** @default 'async' */
  readonly mode?: ExecutionMode;
}

/** Options of one run. They replace the options of the tab. */
export interface RunOptions {
  /** Replaces the tab's context. */
  readonly context?: TabContext;
  readonly mode?: ExecutionMode;
  readonly signal?: AbortSignal;
  /** Time limit of the run, in milliseconds. */
  readonly timeout?: number;
  /** File name of the code in stack frames and positions. @default `cell-1.ts`, `cell-2.ts` …, unique in the tab */
  readonly fileName?: string;
}

/** Code to run in a tab, its options and its origin. */
export interface TabRun extends RunOptions {
  readonly code: string;
  readonly source: 'editor' | 'repl';
}

/** Number of cells whose code a tab keeps for the editor. */
const maxCells = 200;

/** The start of a run of a tab. */
type StartedRun = Pick<Required<RunRequest>, 'code' | 'source' | 'fileName' | 'context' | 'mode'>;

/** Details of the events of a tab. */
export interface TabEventDetails {
  change: undefined;
  run: StartedRun;
  output: OutputEntry;
  result: ExecutionResult;
}

/**
 * A tab: its code and context, its console and its session. The first run opens the session.
 * Dispatches `change` after any visible change, `run` when a run starts, and the `output` and `result` events of its session.
 */
export class PlaygroundTab extends EventTarget {
  /** Unique in the page; also the name of its session. */
  readonly id: string;
  readonly log = new ConsoleLog();
  readonly history = new InputHistory();
  #name: string;
  #code: string;
  #context: TabContext;
  #mode: ExecutionMode;
  #session: SessionLike | undefined;
  /** The present or future session, from the first run on. */
  #presenter: RunPresenter | undefined;
  #running = 0;
  #outcome: TabStatus = 'none';
  #duration: number | undefined;
  #banner = '';
  #markers: readonly CodeMarker[] = [];
  #namespace: readonly NamespaceEntry[] = [];
  #cells: readonly string[] = [];
  readonly #cellNames = new CellNames();
  /** File names of the runs from the editor. Their positions refer to the tab's code. */
  readonly #ownFiles = new Set<string>();
  readonly #connect: (name: string) => Promise<SessionLike>;
  readonly #strings: () => Strings;

  /**
   * @param connect opens the session of a name
   * @param strings returns the present texts of messages
   */
  constructor(
    id: string,
    options: TabOptions & { readonly name: string },
    connect: (name: string) => Promise<SessionLike>,
    strings = (): Strings => english,
  ) {
    super();
    this.id = id;
    this.#name = options.name.slice(0, maxNameLength);
    this.#code = withPlainBreaks(options.code ?? '');
    this.#context = options.context ?? {};
    this.#mode = options.mode ?? 'async';
    this.#connect = connect;
    this.#strings = strings;
  }

  get name(): string {
    return this.#name;
  }
  set name(name: string) {
    this.#name = name.slice(0, maxNameLength);
    this.#changed();
  }

  get code(): string {
    return this.#code;
  }
  set code(text: string) {
    const code = withPlainBreaks(text);
    if (code === this.#code) return;
    this.#code = code;
    this.#markers = [];
    this.#changed();
  }

  get context(): TabContext {
    return this.#context;
  }
  set context(context: TabContext) {
    this.#context = context;
    this.#changed();
  }

  get mode(): ExecutionMode {
    return this.#mode;
  }
  set mode(mode: ExecutionMode) {
    this.#mode = mode;
    this.#changed();
  }

  /** The session of the tab, from the first run on. */
  get session(): SessionLike | undefined {
    return this.#session;
  }

  get state(): SessionState {
    return this.#session?.state ?? (this.#presenter === undefined ? 'created' : 'starting');
  }

  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** What ended runs have left: promises, timers, listeners, tool calls. */
  get pending(): number {
    return this.#presenter?.pending ?? 0;
  }

  /** Whether there is something to stop: a run, or what ended runs have left. */
  get isBusy(): boolean {
    return this.isRunning || this.state === 'running' || this.pending > 0;
  }

  /** Outcome of the last run, or `running` during a run. */
  get status(): TabStatus {
    return this.isRunning ? 'running' : this.#outcome;
  }

  /** Duration of the last run, in milliseconds. */
  get duration(): number | undefined {
    return this.#duration;
  }

  /** Message about the session for the reader: its crash, and the restored variables. */
  get banner(): string {
    return this.#banner;
  }

  /** Error positions of the last run of the tab's code. */
  get markers(): readonly CodeMarker[] {
    return this.#markers;
  }

  /** The variables of the session after the last run. */
  get namespace(): readonly NamespaceEntry[] {
    return this.#namespace;
  }

  /** Code of the last 200 cells of the session, oldest first. The editor reads its types, which do not exist at run time. */
  get cells(): readonly string[] {
    return this.#cells;
  }

  /** Asks the session for the properties of a preview. Bound, so that elements can call it. */
  readonly expand = async (preview: Preview): Promise<Preview> => (await this.#session?.expand(preview)) ?? preview;

  /** Stores an object that a preview shows under a free name, and shows it as the console does. Bound, so that elements can call it. */
  readonly store = async (preview: Preview): Promise<void> => {
    const name = await this.#session?.store?.(preview);
    if (name !== undefined) await this.run({ code: name, source: 'repl' });
  };

  /** Whether the run of a file name came from the editor. Its positions then refer to the tab's code. */
  readonly isOwnCode = (file: string): boolean => this.#ownFiles.has(file);

  /** The file name of the run that wrote an entry; undefined if no run of the tab wrote it. */
  fileNameOf(entry: Pick<OutputEntry, 'runId'>): string | undefined {
    return this.#presenter?.fileNameOf(entry);
  }

  /** Runs code and shows its output and result. @throws the errors of `Session.execute`: the code did not run, or its outcome is unknown */
  async run({
    code,
    source,
    mode = this.#mode,
    context = this.#context,
    ...options
  }: TabRun): Promise<ExecutionResult> {
    this.#running += 1;
    this.#markers = [];
    const presenter = this.#open();
    this.#changed();
    try {
      const fileName = this.#fileNameFor(options.fileName, await presenter.connection);
      const run: StartedRun = { code, source, mode, context, fileName };
      if (source === 'editor') this.#ownFiles.add(fileName);
      this.#dispatch('run', run);
      const outcome = await presenter.run({
        ...options,
        ...run,
        log: this.log,
        onOutput: (entry) => this.#dispatch('output', entry),
      });
      this.#cells = [...this.#cells, code].slice(-maxCells);
      this.#settle(outcome, source);
      return outcome.result;
    } catch (error) {
      this.#outcome = 'failed';
      throw error;
    } finally {
      this.#running -= 1;
      this.#changed();
      void this.refreshNamespace();
    }
  }

  /** Stops what runs, or else what ended runs have left. */
  async stop(): Promise<void> {
    if (!this.isRunning && this.pending > 0) return await this.#presenter?.stopPending();
    const session = await this.#presenter?.connection;
    await session?.stop();
  }

  /** Starts a new worker without variables. */
  async reset(): Promise<void> {
    this.#outcome = 'none';
    this.#duration = undefined;
    this.#markers = [];
    this.#banner = '';
    this.#namespace = [];
    this.#cells = [];
    this.log.add({ kind: 'notice', text: this.#strings().resetNotice });
    this.#changed();
    const session = await this.#presenter?.connection;
    await session?.reset();
  }

  dismissBanner(): void {
    this.#banner = '';
    this.#changed();
  }

  /** Asks the session for its variables. There are none if it cannot answer. */
  async refreshNamespace(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const entries = await session.namespace.list().catch(() => []);
    if (session !== this.#session) return;
    this.#namespace = entries;
    this.#changed();
  }

  /** Ends the session, if any; the next run opens a new one. `forgets` also deletes the data that the browser keeps of it. */
  async release({ forgets = false } = {}): Promise<void> {
    const presenter = this.#presenter;
    if (presenter === undefined) return;
    this.#presenter = undefined;
    this.#session = undefined;
    this.#namespace = [];
    this.#cells = [];
    this.#changed();
    presenter.dispose();
    const session = await presenter.connection;
    if (session === undefined) return;
    session.removeEventListener('result', this.#onResult);
    session.removeEventListener('statechange', this.#onStateChange);
    session.removeEventListener('recovered', this.#onRecovered);
    if (forgets) await session.forget?.();
    await session.close();
  }

  /** One session for all runs. After a failed connection, the next run tries again. */
  #open(): RunPresenter {
    if (this.#presenter !== undefined) return this.#presenter;
    const connecting = this.#connect(this.id).then((session) => {
      session.addEventListener('result', this.#onResult);
      session.addEventListener('statechange', this.#onStateChange);
      session.addEventListener('recovered', this.#onRecovered);
      if (this.#presenter === presenter) this.#session = session;
      return session;
    });
    const presenter = new RunPresenter(connecting, {
      onPending: () => this.#changed(),
      onStrayOutput: (entry) => {
        this.log.addOutput(entry);
        this.#dispatch('output', entry);
      },
    });
    connecting.catch(() => {
      if (this.#presenter === presenter) this.#presenter = undefined;
    });
    this.#presenter = presenter;
    return presenter;
  }

  /**
   * A free file name. The page may execute code in the session too, so the name must be free there.
   * @param given the caller's name for the code
   */
  #fileNameFor(given: string | undefined, session: SessionLike | undefined): string {
    let { fileName } = this.#cellNames.take(given);
    while (session?.reserveFileName?.(fileName) === false) fileName = this.#cellNames.take(undefined).fileName;
    return fileName;
  }

  #settle({ status, result, markers }: RunOutcome, source: TabRun['source']): void {
    this.#outcome = status === 'stopped' ? 'none' : status;
    this.#duration = result.duration;
    if (source === 'editor') this.#markers = markers;
    this.#dispatch('result', result);
  }

  /** The page may run code in the session too, so the tab does not reuse names that the session gave. */
  readonly #onResult = ({ detail }: CustomEvent<ExecutionResult>): void => {
    this.#cellNames.reserve(detail.fileName);
  };

  readonly #onStateChange = ({ detail }: CustomEvent<SessionEventDetails['statechange']>): void => {
    // The run that waited for a worker reports its failure to start.
    if (detail.to === 'crashed' && detail.from !== 'starting') this.#banner = this.#strings().crashed;
    this.#changed();
  };

  readonly #onRecovered = ({ detail }: CustomEvent<SessionEventDetails['recovered']>): void => {
    this.#banner = this.#strings().recovered(
      detail.reason,
      detail.restored,
      detail.lost.map(({ name, reason }) => `${name} (${reason})`),
    );
    void this.refreshNamespace();
    this.#changed();
  };

  #changed(): void {
    this.#dispatch('change', undefined);
  }

  #dispatch<K extends keyof TabEventDetails>(type: K, detail: TabEventDetails[K]): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Normalizes line breaks as the editor does, so that equal code compares as equal. */
function withPlainBreaks(code: string): string {
  return code.replace(/\r\n?/g, '\n');
}
