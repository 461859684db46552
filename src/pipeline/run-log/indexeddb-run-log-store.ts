import { RunExistsError, RunLogFormatError, RunNotFoundError } from '../errors/storage-errors.js';
import { keysOfRun, RunDatabase } from '../storage/database.js';
import type { RunLogEvent } from './run-log-event.js';
import { currentRunId } from './current-run-id.js';
import type { RunLogStore } from './run-log-store.js';

/**
 * Logs in IndexedDB: they outlive the page, so that a run goes on after a reload.
 *
 * @example
 * const runLogStore = new IndexedDBRunLogStore();
 * const run = sales.start({ runId: 'r-1', runLogStore });
 * // after a reload
 * await sales.resume('r-1', { runLogStore });
 */
export class IndexedDBRunLogStore implements RunLogStore {
  readonly #database: RunDatabase;

  /** @param database name of the database @default 'codemode-playground-runs' */
  constructor(database = 'codemode-playground-runs') {
    this.#database = new RunDatabase(database);
  }

  async create(runId: string, event: RunLogEvent): Promise<void> {
    if (!(await this.#add(runId, event))) throw new RunExistsError(runId);
  }

  async append(runId: string, event: RunLogEvent): Promise<void> {
    if (await this.#add(runId, event)) return;
    throw new RunLogFormatError(runId, `it has an event ${event.sequence} already. Does it run twice?`);
  }

  async read(runId?: string): Promise<readonly RunLogEvent[]> {
    const id = runId ?? currentRunId();
    const events = await this.#database.use((connection) => connection.getAll('events', keysOfRun(id)));
    if (events.length === 0) throw new RunNotFoundError(id);
    return events;
  }

  async list(): Promise<readonly string[]> {
    const keys = await this.#database.use((connection) => connection.getAllKeys('events'));
    return [...new Set(keys.map(([runId]) => runId))];
  }

  async remove(runId: string): Promise<void> {
    await this.#database.use((connection) => connection.delete('events', keysOfRun(runId)));
  }

  acquire(): () => void {
    return this.#database.acquire();
  }

  /** @returns whether there was no such event */
  async #add(runId: string, event: RunLogEvent): Promise<boolean> {
    return await this.#database.use(async (connection) => {
      const transaction = connection.transaction('events', 'readwrite');
      const key: [string, number] = [runId, event.sequence];
      const isNew = (await transaction.store.getKey(key)) === undefined;
      if (isNew) await transaction.store.add(event, key);
      await transaction.done;
      return isNew;
    });
  }
}
