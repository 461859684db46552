import { randomHex } from '../../context/random-hex.js';
import { markersOf, type CodeMarker } from '../../editor/markers.js';
import type { ExecutionMode, SendableError } from '../../protocol/messages/wire.js';
import type { ExecutionResult, OutputEntry, SessionLike } from '../../sdk/types.js';
import type { ConsoleLog } from '../console/console-log.js';
import { readableError, seenPlaces, type SeenLines } from './seen-lines.js';

/** A run, and where it is shown. */
export interface RunRequest {
  readonly code: string;
  /** Name of the code in frames and positions. */
  readonly fileName: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** @default 'async' */
  readonly mode?: ExecutionMode;
  /** Aborting it stops the run. */
  readonly signal?: AbortSignal;
  /** Milliseconds the code may take. @default the session's limit */
  readonly timeout?: number;
  /** Receives the input, the output and the result. */
  readonly log: ConsoleLog;
  /** Adds the code to the log as input from there. @default the input is not shown */
  readonly source?: 'editor' | 'repl';
  /** The lines that the reader sees. @default all */
  readonly seen?: SeenLines;
  /** Called after an entry was added to the log; also for output after the end of the run. */
  onOutput?(entry: OutputEntry): void;
}

/** How a run ended that did run. */
export interface RunOutcome {
  readonly status: 'ok' | 'failed' | 'stopped';
  readonly result: ExecutionResult;
  /** The error as it is shown: in lines that the reader sees. */
  readonly error?: SendableError;
  /** Where the run failed, in lines that the reader sees. */
  readonly markers: readonly CodeMarker[];
}

export interface RunPresenterOptions {
  /** Called for output of no run of this presenter; `latest` is its last run. */
  onStrayOutput(entry: OutputEntry, latest: RunRequest | undefined): void;
  /** Leave out what the page around shows by itself: a result of `undefined`, and that a run was stopped. @default false */
  readonly brief?: boolean;
}

/** Runs whose late output still finds its log. */
const maxRuns = 500;

/**
 * Runs code in a session and shows each run in a log: its input, its output however late, and its result, failure or stop.
 * `dispose` stops listening; the session stays open.
 *
 * @example
 * const presenter = new RunPresenter(Promise.resolve(session), { onStrayOutput: () => undefined });
 * const { status } = await presenter.run({ code: '1 + 1', fileName: 'sum', context: {}, log: new ConsoleLog() });
 */
export class RunPresenter {
  /** The session, once it is connected. */
  readonly session: Promise<SessionLike>;
  /** The same, or undefined where there is none; never rejects. Code that awaits it first runs first. */
  readonly connection: Promise<SessionLike | undefined>;
  readonly #options: RunPresenterOptions;
  /** By run id, oldest first. */
  readonly #runs = new Map<string, RunRequest>();
  /** By file name, for code of which the reader does not see every line. */
  readonly #seen = new Map<string, SeenLines>();
  #connected: SessionLike | undefined;
  #isDisposed = false;

  /** @param session rejects when there is none; each run shows that as its failure */
  constructor(session: Promise<SessionLike>, options: RunPresenterOptions) {
    this.#options = options;
    this.session = session.then((connected) => {
      this.#connected = connected;
      if (!this.#isDisposed) connected.addEventListener('output', this.#onOutput);
      return connected;
    });
    this.connection = this.session.catch(() => undefined);
  }

  /** The run that began last. */
  get latest(): RunRequest | undefined {
    return [...this.#runs.values()].at(-1);
  }

  /** The file name of the run that wrote an entry; undefined for output of no run. */
  fileNameOf({ runId }: OutputEntry): string | undefined {
    return this.#runs.get(runId ?? '')?.fileName;
  }

  /**
   * Runs code and shows it. Resolves with what the code did, also when it failed.
   * @throws what `Session.execute` throws, once the log shows it: the code was not run, or nobody can tell
   */
  async run(request: RunRequest): Promise<RunOutcome> {
    const { code, fileName, context, mode = 'async', signal, timeout, log, source } = request;
    const runId = randomHex(16);
    this.#begin(runId, request);
    if (source !== undefined) log.add({ kind: 'input', source, code, mode, context });
    try {
      const session = this.#connected ?? (await this.session);
      const result = await session.execute(code, {
        context,
        mode,
        runId,
        fileName,
        ...(signal === undefined ? {} : { signal }),
        ...(timeout === undefined ? {} : { timeout }),
      });
      return this.#settle(request, result);
    } catch (error) {
      if (isNotStarted(error)) this.#runs.delete(runId);
      this.#showFailure(request, sendable(error));
      throw error;
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#connected?.removeEventListener('output', this.#onOutput);
    this.#runs.clear();
  }

  #begin(runId: string, request: RunRequest): void {
    if (request.seen === undefined) this.#seen.delete(request.fileName);
    else this.#seen.set(request.fileName, request.seen);
    this.#runs.set(runId, request);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > maxRuns && oldest !== undefined) this.#runs.delete(oldest);
  }

  #settle(request: RunRequest, result: ExecutionResult): RunOutcome {
    const { log, fileName } = request;
    if (result.error === undefined) {
      const { preview, duration, pending } = result;
      if (!this.#options.brief || preview.type !== 'undefined') log.add({ kind: 'result', preview, duration, pending });
      return { status: 'ok', result, markers: [] };
    }
    const error = readableError(result.error, fileName, this.#seen);
    const status = this.#showFailure(request, error);
    return { status, result, error, markers: status === 'failed' ? markersOf(error, fileName) : [] };
  }

  /** What was stopped on purpose is no failure. */
  #showFailure({ log, signal }: RunRequest, error: SendableError): 'failed' | 'stopped' {
    if (error.name !== 'CancelledError' && signal?.aborted !== true) {
      log.add({ kind: 'failure', error });
      return 'failed';
    }
    if (!this.#options.brief) log.add({ kind: 'notice', text: error.message });
    return 'stopped';
  }

  readonly #onOutput = ({ detail }: CustomEvent<OutputEntry>): void => {
    const run = this.#runs.get(detail.runId ?? '');
    if (run === undefined) {
      this.#options.onStrayOutput(detail, this.latest);
      return;
    }
    run.log.addOutput(this.#readableEntry(detail));
    run.onOutput?.(detail);
  };

  #readableEntry(entry: OutputEntry): OutputEntry {
    const { frames } = entry;
    if (frames === undefined || this.#seen.size === 0) return entry;
    return { ...entry, frames: seenPlaces(frames, this.#seen), toString: () => entry.text };
  }
}

/** An error of the page in the form that errors of code have. */
export function sendable(error: unknown): SendableError {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack, frames: [] };
}

function isNotStarted(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'phase' in error && error.phase === 'not-started';
}
