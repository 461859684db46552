import { randomHex } from '../../context/random-hex.js';
import { markersOf, type CodeMarker } from '../../editor/markers.js';
import type { ExecutionMode, SendableError } from '../../protocol/messages/wire.js';
import type { ExecutionResult, OutputEntry, SessionLike, ToolCallDetail } from '../../sdk/types.js';
import type { ShownCalls } from '../tool-call/shown-calls.js';
import type { RunBadge } from '../console/console-item.js';
import type { ConsoleLog } from '../console/console-log.js';
import { readableError, seenPlaces, type SeenLines } from './seen-lines.js';

/** A run and its log. */
export interface RunRequest {
  readonly code: string;
  /** Name of the code in frames and positions. */
  readonly fileName: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** @default 'async' */
  readonly mode?: ExecutionMode;
  /** Stops the run when aborted. */
  readonly signal?: AbortSignal;
  /** Time limit in milliseconds. @default the session's limit */
  readonly timeout?: number;
  /** Receives the input, the output and the result. */
  readonly log: ConsoleLog;
  /** Origin of the code; adds the code to the log as input. @default no input in the log */
  readonly source?: 'editor' | 'repl';
  /** The visible lines. @default all */
  readonly seen?: SeenLines;
  /** Called after each new entry in the log, also for output after the end of the run. */
  onOutput?(entry: OutputEntry): void;
}

/** Outcome of code that did run. */
export interface RunOutcome {
  readonly status: 'ok' | 'failed' | 'stopped';
  readonly result: ExecutionResult;
  /** The displayed error, with positions in visible lines. */
  readonly error?: SendableError;
  /** Positions of the error, in visible lines. */
  readonly markers: readonly CodeMarker[];
}

export interface RunPresenterOptions {
  /** Called for output that belongs to no run of this presenter; `latest` is its last run. */
  onStrayOutput(entry: OutputEntry, latest: RunRequest | undefined): void;
  /** Called when ended executions have left another number of things. */
  onPending?(): void;
  /** Leaves out a result of `undefined`, the notice of a stop, tool calls and badges of runs. @default false */
  readonly brief?: boolean;
}

/** A run, and how its rows tell whose they are. */
interface Run extends RunRequest {
  readonly badge: RunBadge | undefined;
  isRunning: boolean;
}

/** Number of past runs whose late output still reaches their log. */
const maxRuns = 500;

/**
 * Runs code in a session and logs each run: the input, all output even after the end, and the result, error or stop.
 * `dispose` stops listening; the session stays open.
 *
 * @example
 * const presenter = new RunPresenter(Promise.resolve(session), { onStrayOutput: () => undefined });
 * const { status } = await presenter.run({ code: '1 + 1', fileName: 'sum', context: {}, log: new ConsoleLog() });
 */
export class RunPresenter {
  /** Resolves with the connected session. */
  readonly session: Promise<SessionLike>;
  /** Resolves with the session, or with undefined if the connection fails; never rejects. Code that awaits it earlier runs earlier. */
  readonly connection: Promise<SessionLike | undefined>;
  readonly #options: RunPresenterOptions;
  /** Runs by id, oldest first. */
  readonly #runs = new Map<string, Run>();
  #shownCalls: Promise<ShownCalls> | undefined;
  /** Visible lines by file name, for code with hidden lines. */
  readonly #seen = new Map<string, SeenLines>();
  #connected: SessionLike | undefined;
  #isDisposed = false;
  #pending = 0;

  /** @param session rejects if the connection fails; each run then shows that error */
  constructor(session: Promise<SessionLike>, options: RunPresenterOptions) {
    this.#options = options;
    this.session = session.then((connected) => {
      this.#connected = connected;
      if (this.#isDisposed) return connected;
      connected.addEventListener('output', this.#onOutput);
      connected.addEventListener('pendingchange', this.#onPendingChange);
      if (!options.brief) connected.addEventListener('toolcall', this.#onToolCall);
      return connected;
    });
    this.connection = this.session.catch(() => undefined);
  }

  /** The latest run by start. */
  get latest(): RunRequest | undefined {
    return [...this.#runs.values()].at(-1);
  }

  /** Promises, timers, listeners and tool calls that ended executions have left in the session. */
  get pending(): number {
    return this.#pending;
  }

  /** Stops what ended executions have left; what runs goes on. */
  async stopPending(): Promise<void> {
    await (await this.connection)?.cancelPending?.();
  }

  /** Returns the file name of an entry's run; undefined for output without a run. */
  fileNameOf({ runId }: Pick<OutputEntry, 'runId'>): string | undefined {
    return this.#runs.get(runId ?? '')?.fileName;
  }

  /**
   * Runs code and logs the run. Resolves with the outcome, also after a failure of the code.
   * @throws errors of `Session.execute`, after the log shows them: the code did not run, or its outcome is unknown
   */
  async run(request: RunRequest): Promise<RunOutcome> {
    const { code, fileName, context, mode = 'async', signal, timeout, log, source } = request;
    const runId = randomHex(16);
    const run = this.#begin(runId, request);
    if (source !== undefined) log.add({ kind: 'input', source, code, mode, context, ...badgeOf(run) });
    try {
      const session = this.#connected ?? (await this.session);
      log.source = session;
      const result = await session.execute(code, {
        context,
        mode,
        runId,
        fileName,
        ...(signal === undefined ? {} : { signal }),
        ...(timeout === undefined ? {} : { timeout }),
      });
      return this.#settle(run, result);
    } catch (error) {
      if (isNotStarted(error)) this.#runs.delete(runId);
      this.#showFailure(run, sendable(error));
      throw error;
    } finally {
      run.isRunning = false;
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#connected?.removeEventListener('output', this.#onOutput);
    this.#connected?.removeEventListener('pendingchange', this.#onPendingChange);
    this.#connected?.removeEventListener('toolcall', this.#onToolCall);
    this.#runs.clear();
  }

  #begin(runId: string, request: RunRequest): Run {
    if (request.seen === undefined) this.#seen.delete(request.fileName);
    else this.#seen.set(request.fileName, request.seen);
    const { fileName, context, log } = request;
    const badge = this.#options.brief ? undefined : { fileName, context, isInterleaved: false };
    const run: Run = { ...request, badge, isRunning: true };
    const beside = [...this.#runs.values()].filter((other) => other.isRunning && other.log === log);
    if (beside.length > 0)
      for (const one of [run, ...beside]) if (one.badge !== undefined) one.badge.isInterleaved = true;
    this.#runs.set(runId, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > maxRuns && oldest !== undefined) this.#runs.delete(oldest);
    return run;
  }

  #settle(run: Run, result: ExecutionResult): RunOutcome {
    const { log, fileName } = run;
    if (result.error === undefined) {
      const { preview, duration, pending } = result;
      // A value that is a picture was shown as one.
      const isShown = result.output.some(({ isResult }) => isResult === true);
      if (!isShown && (!this.#options.brief || preview.type !== 'undefined'))
        log.add({ kind: 'result', preview, duration, pending, ...badgeOf(run) });
      return { status: 'ok', result, markers: [] };
    }
    const error = readableError(result.error, fileName, this.#seen);
    const status = this.#showFailure(run, error);
    return { status, result, error, markers: status === 'failed' ? markersOf(error, fileName) : [] };
  }

  /** A deliberate stop is not a failure. */
  #showFailure(run: Run, error: SendableError): 'failed' | 'stopped' {
    const { log, signal } = run;
    if (error.name !== 'CancelledError' && signal?.aborted !== true) {
      log.add({ kind: 'failure', error, ...badgeOf(run) });
      return 'failed';
    }
    if (!this.#options.brief) log.add({ kind: 'notice', text: error.message, ...badgeOf(run) });
    return 'stopped';
  }

  readonly #onPendingChange = ({ detail }: CustomEvent<{ readonly count: number }>): void => {
    this.#pending = detail.count;
    this.#options.onPending?.();
  };

  readonly #onOutput = ({ detail }: CustomEvent<OutputEntry>): void => {
    const run = this.#runs.get(detail.runId ?? '');
    if (run === undefined) {
      this.#options.onStrayOutput(detail, this.latest);
      return;
    }
    run.log.addOutput(this.#readableEntry(detail), run.badge);
    run.onOutput?.(detail);
  };

  /** Tool calls that belong to no run of this presenter have no row. */
  readonly #onToolCall = ({ detail }: CustomEvent<ToolCallDetail>): void => {
    const run = this.#runs.get(detail.runId);
    if (run === undefined) return;
    this.#shownCalls ??= import('../tool-call/shown-calls.js').then(({ ShownCalls }) => new ShownCalls());
    this.#shownCalls.then(
      (calls) => calls.show(detail, run.log, run.badge),
      () => (this.#shownCalls = undefined),
    );
  };

  #readableEntry(entry: OutputEntry): OutputEntry {
    const { frames } = entry;
    if (frames === undefined || this.#seen.size === 0) return entry;
    return { ...entry, frames: seenPlaces(frames, this.#seen), toString: () => entry.text };
  }
}

const badgeOf = ({ badge }: Run): { readonly run?: RunBadge } => (badge === undefined ? {} : { run: badge });

/** Converts an error of the page to the format of errors in code. */
export function sendable(error: unknown): SendableError {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack, frames: [] };
}

function isNotStarted(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'phase' in error && error.phase === 'not-started';
}
