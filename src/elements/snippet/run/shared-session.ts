import type { SendableError } from '../../../protocol/wire.js';
import type { OutputEntry, SessionEventDetails, SessionLike } from '../../../sdk/types.js';

/** Who is told of what a run writes, also after it has ended. */
export interface RunListener {
  output(entry: OutputEntry): void;
  recovered(detail: SessionEventDetails['recovered']): void;
}

/** Runs whose late output still finds its snippet. */
const maxRuns = 500;

/** A session with the snippets that run in it: hands each its output, and knows whose cell is whose. Closed with its last user. */
export class SharedSession {
  readonly session: SessionLike;
  readonly users = new Set<object>();
  /** What each cell came from, in the order in which the session numbers them. */
  readonly #cells: { readonly snippet: string; readonly lineOffset: number }[] = [];
  readonly #runs = new Map<string, RunListener>();

  constructor(session: SessionLike) {
    this.session = session;
    session.addEventListener('output', this.#onOutput);
    session.addEventListener('recovered', this.#onRecovered);
  }

  /**
   * A run is about to begin. Returns its file name in stack frames.
   *
   * @param lineOffset lines of the code that its reader doesn't see above those they do
   */
  begin(runId: string, listener: RunListener, snippet: string, lineOffset: number): string {
    this.#runs.set(runId, listener);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > maxRuns && oldest !== undefined) this.#runs.delete(oldest);
    return `cell-${this.#cells.push({ snippet, lineOffset })}.ts`;
  }

  /** A run was refused before the session numbered it. */
  refuse(runId: string, file: string): void {
    this.#cells.splice(numberOf(file) - 1, 1);
    this.#runs.delete(runId);
  }

  /** The error with frames that name snippets and count the lines that readers see. Frames of no snippet stay as they are. */
  readable(error: SendableError, file: string): SendableError {
    const { position, cause } = error;
    const frames =
      error.frames.length > 0 || position === undefined
        ? error.frames
        : [{ functionName: '', file, line: position.line, column: position.column }];
    return {
      ...error,
      frames: frames.map((frame) => {
        const cell = this.#cells[numberOf(frame.file) - 1];
        return cell === undefined
          ? frame
          : { ...frame, file: cell.snippet, line: Math.max(1, frame.line - cell.lineOffset) };
      }),
      ...(cause === undefined ? {} : { cause: this.readable(cause, file) }),
    };
  }

  async close(): Promise<void> {
    this.session.removeEventListener('output', this.#onOutput);
    this.session.removeEventListener('recovered', this.#onRecovered);
    this.#runs.clear();
    await this.session.close();
  }

  readonly #onOutput = ({ detail }: CustomEvent<OutputEntry>): void => {
    // What no run caused goes to the one that ran last, rather than nowhere.
    const listener = this.#runs.get(detail.runId ?? '') ?? [...this.#runs.values()].at(-1);
    listener?.output(detail);
  };

  readonly #onRecovered = ({ detail }: CustomEvent<SessionEventDetails['recovered']>): void => {
    [...this.#runs.values()].at(-1)?.recovered(detail);
  };
}

/** `NaN` for what is no cell. */
function numberOf(file: string): number {
  return Number(/^cell-(\d+)\.ts$/.exec(file)?.[1]);
}
