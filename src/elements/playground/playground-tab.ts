import { markersOf, type CodeMarker } from '../../editor/markers.js';
import type { Preview } from '../../protocol/previews/preview.js';
import type { ExecutionMode, NamespaceEntry, SendableError } from '../../protocol/wire.js';
import type { ExecutionResult, OutputEntry, SessionEventDetails, SessionLike, SessionState } from '../../sdk/types.js';
import { ConsoleLog } from '../console/console-log.js';
import { InputHistory } from '../repl-line/input-history.js';
import { english, type Strings } from '../shared/strings.js';

export type TabContext = Readonly<Record<string, unknown>>;
export type TabStatus = 'none' | 'running' | 'ok' | 'failed';

export interface TabOptions {
  /** @default `Tab 1`, `Tab 2` … */
  readonly name?: string;
  readonly code?: string;
  /** Goes with every run. @default {} */
  readonly context?: TabContext;
  /** @default 'async' */
  readonly mode?: ExecutionMode;
}

export interface RunOptions {
  /** Instead of the tab's context. */
  readonly context?: TabContext;
  readonly mode?: ExecutionMode;
  readonly signal?: AbortSignal;
  /** Milliseconds the code may take. */
  readonly timeout?: number;
}

interface RunRequest extends RunOptions {
  readonly code: string;
  readonly source: 'editor' | 'repl';
}

/** Details of the events of a tab. */
export interface TabEventDetails {
  change: undefined;
  output: OutputEntry;
  result: ExecutionResult;
}

/**
 * A tab: its code and context, its console, and the session it runs in, which is made at the first run.
 * Dispatches `change` whenever something that is shown is another, `output` and `result` as its session does.
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
  /** The session as soon as there is one; from the first run on. */
  #connecting: Promise<SessionLike> | undefined;
  #running = 0;
  #outcome: TabStatus = 'none';
  #duration: number | undefined;
  #banner = '';
  #markers: readonly CodeMarker[] = [];
  #namespace: readonly NamespaceEntry[] = [];
  /** What each cell of the session came from, in the order in which the session numbers them. */
  #cells: RunRequest[] = [];
  readonly #connect: (name: string) => Promise<SessionLike>;

  readonly #strings: () => Strings;

  /**
   * @param connect gives the session of a name
   * @param strings gives the texts for what is told from now on
   */
  constructor(
    id: string,
    options: TabOptions & { readonly name: string },
    connect: (name: string) => Promise<SessionLike>,
    strings = (): Strings => english,
  ) {
    super();
    this.id = id;
    this.#name = options.name;
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
    this.#name = name;
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

  /** The session in which the tab's code runs; from the first run on. */
  get session(): SessionLike | undefined {
    return this.#session;
  }

  get state(): SessionState {
    return this.#session?.state ?? (this.#connecting === undefined ? 'created' : 'starting');
  }

  get isRunning(): boolean {
    return this.#running > 0;
  }

  /** How the last run went, or that one is under way. */
  get status(): TabStatus {
    return this.isRunning ? 'running' : this.#outcome;
  }

  /** Milliseconds that the last run took. */
  get duration(): number | undefined {
    return this.#duration;
  }

  /** What the reader should know about the session: that it crashed, and what came back. */
  get banner(): string {
    return this.#banner;
  }

  /** Where the last run of the tab's code failed. */
  get markers(): readonly CodeMarker[] {
    return this.#markers;
  }

  /** The variables of the session after the last run. */
  get namespace(): readonly NamespaceEntry[] {
    return this.#namespace;
  }

  /** Asks the session for the properties behind a preview; bound, to be handed to elements. */
  readonly expand = async (preview: Preview): Promise<Preview> => (await this.#session?.expand(preview)) ?? preview;

  /** Whether a cell of that file name was run from the editor, so that its positions are in the tab's code. */
  readonly isOwnCode = (file: string): boolean => {
    const cell = /^cell-(\d+)\.ts$/.exec(file)?.[1];
    return cell !== undefined && this.#cells[Number(cell) - 1]?.source === 'editor';
  };

  /** Runs code and shows what comes of it. @throws what `Session.execute` throws: the code was not run, or nobody can tell */
  async run(request: RunRequest): Promise<ExecutionResult> {
    const { code, source, mode = this.#mode, context = this.#context, signal, timeout } = request;
    const file = `cell-${this.#cells.push(request)}.ts`;
    this.#running += 1;
    this.#markers = [];
    this.log.add({ kind: 'input', source, code, mode, context });
    this.#changed();
    try {
      const session = await this.#open();
      const result = await session.execute(code, {
        context,
        mode,
        ...(signal === undefined ? {} : { signal }),
        ...(timeout === undefined ? {} : { timeout }),
      });
      this.#settle(result, source, file);
      return result;
    } catch (error) {
      if (isNotStarted(error)) this.#cells = this.#cells.filter((cell) => cell !== request);
      this.#outcome = 'failed';
      this.log.add({ kind: 'failure', error: sendable(error) });
      throw error;
    } finally {
      this.#running -= 1;
      this.#changed();
      void this.refreshNamespace();
    }
  }

  async stop(): Promise<void> {
    const session = await this.#connecting;
    await session?.stop();
  }

  /** A new worker without variables. */
  async reset(): Promise<void> {
    this.#outcome = 'none';
    this.#duration = undefined;
    this.#markers = [];
    this.#banner = '';
    this.#namespace = [];
    this.log.add({ kind: 'notice', text: this.#strings().resetNotice });
    this.#changed();
    const session = await this.#connecting;
    await session?.reset();
  }

  dismissBanner(): void {
    this.#banner = '';
    this.#changed();
  }

  /** Asks the session for its variables. A session that cannot answer has none to show. */
  async refreshNamespace(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const entries = await session.namespace.list().catch(() => []);
    if (session !== this.#session) return;
    this.#namespace = entries;
    this.#changed();
  }

  /** Ends the session; the next run begins with another. Does nothing where there is none. `forgets` deletes what the browser keeps of it. */
  async release({ forgets = false } = {}): Promise<void> {
    const connecting = this.#connecting;
    if (connecting === undefined) return;
    this.#connecting = undefined;
    this.#session = undefined;
    this.#cells = [];
    this.#namespace = [];
    this.#changed();
    const session = await connecting.catch(() => undefined);
    if (session === undefined) return;
    session.removeEventListener('output', this.#onOutput);
    session.removeEventListener('statechange', this.#onStateChange);
    session.removeEventListener('recovered', this.#onRecovered);
    if (forgets) await session.forget?.();
    await session.close();
  }

  /** One session for all runs; a connection that failed is tried anew. */
  #open(): Promise<SessionLike> {
    if (this.#connecting !== undefined) return this.#connecting;
    const connecting = this.#connect(this.id).then((session) => {
      session.addEventListener('output', this.#onOutput);
      session.addEventListener('statechange', this.#onStateChange);
      session.addEventListener('recovered', this.#onRecovered);
      if (this.#connecting === connecting) this.#session = session;
      return session;
    });
    connecting.catch(() => {
      if (this.#connecting === connecting) this.#connecting = undefined;
    });
    this.#connecting = connecting;
    return connecting;
  }

  #settle(result: ExecutionResult, source: RunRequest['source'], file: string): void {
    const { error, preview, duration, pending } = result;
    this.#outcome = result.ok ? 'ok' : 'failed';
    this.#duration = duration;
    if (error === undefined) {
      this.log.add({ kind: 'result', preview, duration, pending });
    } else if (error.name === 'CancelledError') {
      this.#outcome = 'none';
      this.log.add({ kind: 'notice', text: error.message });
    } else {
      this.log.add({ kind: 'failure', error: withFrame(error, file) });
      if (source === 'editor') this.#markers = markersOf(error, file);
    }
    this.#dispatch('result', result);
  }

  readonly #onOutput = ({ detail }: CustomEvent<OutputEntry>): void => {
    this.log.addOutput(detail);
    this.#dispatch('output', detail);
  };

  readonly #onStateChange = ({ detail }: CustomEvent<SessionEventDetails['statechange']>): void => {
    // A worker that never came up is told by the run that waited for it.
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

/** Line breaks as the editor has them, so that it never takes the same code for another. */
function withPlainBreaks(code: string): string {
  return code.replace(/\r\n?/g, '\n');
}

/** An error that has no stack, as one of syntax, may still have a position. */
function withFrame(error: SendableError, file: string): SendableError {
  const { frames, position } = error;
  if (frames.length > 0 || position === undefined) return error;
  return { ...error, frames: [{ functionName: '', file, line: position.line, column: position.column }] };
}

function isNotStarted(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'phase' in error && error.phase === 'not-started';
}

function sendable(error: unknown): SendableError {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack, frames: [] };
}
