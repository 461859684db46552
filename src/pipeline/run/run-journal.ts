import { RunExistsError, RunLogFormatError, RunNotFoundError } from '../errors/storage-errors.js';
import { runLogVersion, type LoggedError, type NewRunLogEvent, type RunLogEvent } from '../run-log/run-log-event.js';
import { RunRecord } from '../run-log/run-log.js';
import type { RunLogStore } from '../run-log/run-log-store.js';
import type { Redactor } from '../secrets/redactor.js';

/** Writes the log of one run: each event is redacted and numbered, and stored before what follows from it happens. */
export class RunJournal {
  readonly record: RunRecord;
  readonly #store: RunLogStore;
  readonly #redactor: Redactor;
  readonly #onEvent: (event: RunLogEvent) => void;
  #written: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #isClosed = false;

  constructor(
    runId: string,
    { store, redactor, onEvent }: { store: RunLogStore; redactor: Redactor; onEvent: (event: RunLogEvent) => void },
  ) {
    this.record = new RunRecord(runId);
    this.#store = store;
    this.#redactor = redactor;
    this.#onEvent = onEvent;
  }

  /** Reads the events that the log has already. */
  load(events: readonly RunLogEvent[]): void {
    for (const event of events) this.record.apply(event);
  }

  /** What the store could not do: the run went on without it. */
  get storageError(): unknown {
    return this.#failure?.error;
  }

  /**
   * Resolves when the event is stored, or cannot be: a store that is full or broken costs the log, not the run.
   * @throws RunExistsError, RunNotFoundError, RunLogFormatError where the log is not that of this run alone
   */
  async write(event: NewRunLogEvent): Promise<void> {
    // A task that was left behind goes on writing.
    if (this.#isClosed) return;
    const { record } = this;
    const numbered = this.#numbered(event, record.next);
    record.apply(numbered);
    const written = this.#written.then(async () => {
      if (this.#failure === undefined) await this.#append(numbered);
    });
    this.#written = written.catch(() => undefined);
    await written;
    this.#onEvent(numbered);
  }

  /** Takes no more events. Resolves when all are stored. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#written;
  }

  loggedError(error: unknown): LoggedError {
    return this.#redactor.data(toLogged(error));
  }

  #numbered(event: NewRunLogEvent, sequence: number): RunLogEvent {
    const head = { version: runLogVersion, sequence, time: Date.now() } as const;
    // Names and paths are those of the definition, and kept values are redacted already, in a way that is read again.
    const { error, text, tag } = event as { error?: LoggedError; text?: string; tag?: string };
    const told = Object.entries({ error, text, tag }).filter(([, value]) => value !== undefined);
    return { ...head, ...event, ...this.#redactor.data(Object.fromEntries(told)) } as RunLogEvent;
  }

  async #append(event: RunLogEvent): Promise<void> {
    const { runId } = this.record;
    try {
      if (event.sequence === 0) await this.#store.create(runId, event);
      else await this.#store.append(runId, event);
    } catch (error) {
      const isOfAnother =
        error instanceof RunExistsError || error instanceof RunLogFormatError || error instanceof RunNotFoundError;
      this.#failure = { error };
      if (isOfAnother) throw error;
    }
  }
}

function toLogged(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack } = error;
  return { name, message, ...(typeof stack === 'string' ? { stack } : {}) };
}
