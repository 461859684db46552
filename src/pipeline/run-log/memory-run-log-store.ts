import { RunExistsError, RunLogFormatError, RunNotFoundError } from '../errors/storage-errors.js';
import type { RunLogEvent } from './run-log-event.js';
import { currentRunId } from './current-run-id.js';
import type { RunLogStore } from './run-log-store.js';

/**
 * Logs in memory: they go with the page or the process.
 *
 * @example
 * const runLogStore = new MemoryRunLogStore();
 * const run = sales.start({ runLogStore });
 */
export class MemoryRunLogStore implements RunLogStore {
  readonly #logs = new Map<string, RunLogEvent[]>();

  async create(runId: string, event: RunLogEvent): Promise<void> {
    if (this.#logs.has(runId)) throw new RunExistsError(runId);
    this.#logs.set(runId, [deepFrozen(event)]);
  }

  async append(runId: string, event: RunLogEvent): Promise<void> {
    const log = this.#log(runId);
    if (event.sequence !== log.length) {
      throw new RunLogFormatError(
        runId,
        `event ${event.sequence} does not follow ${log.length - 1}. Does it run twice?`,
      );
    }
    log.push(deepFrozen(event));
  }

  async read(runId?: string): Promise<readonly RunLogEvent[]> {
    return [...this.#log(runId ?? currentRunId())];
  }

  async list(): Promise<readonly string[]> {
    return [...this.#logs.keys()];
  }

  async remove(runId: string): Promise<void> {
    this.#logs.delete(runId);
  }

  #log(runId: string): RunLogEvent[] {
    const log = this.#logs.get(runId);
    if (log === undefined) throw new RunNotFoundError(runId);
    return log;
  }
}

/** Of data that `run-log-event.ts` describes. */
function deepFrozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
