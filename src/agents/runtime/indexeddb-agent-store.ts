import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { requestLock } from '../../sdk/checkpoints/request-lock.js';
import { keptExecutions, type AgentStore, type StoredExecution, type StoredSnippet } from './agent-store.js';

interface Schema extends DBSchema {
  readonly executions: { key: string; value: StoredExecution; indexes: { readonly created: number } };
  readonly snippets: { key: string; value: StoredSnippet };
}

/** Executions and snippets that outlive the page, in the database of its origin. */
export class IndexedDBAgentStore implements AgentStore {
  readonly #name: string;
  #database: Promise<IDBPDatabase<Schema>> | undefined;

  /** @param key separates the runtimes of one origin */
  constructor(key: string) {
    this.#name = `codemode-agents:${key}`;
  }

  async save(execution: StoredExecution): Promise<void> {
    const database = await this.#open();
    const transaction = database.transaction('executions', 'readwrite', { durability: 'strict' });
    await transaction.store.put(execution);
    await transaction.done;
    if (execution.outcome !== undefined) await this.#forgetOldest(database);
  }

  async load(id: string): Promise<StoredExecution | undefined> {
    return (await this.#open()).get('executions', id);
  }

  async list(): Promise<readonly StoredExecution[]> {
    return (await this.#open()).getAllFromIndex('executions', 'created');
  }

  async saveSnippet(snippet: StoredSnippet): Promise<void> {
    await (await this.#open()).put('snippets', snippet);
  }

  async snippets(): Promise<readonly StoredSnippet[]> {
    return (await this.#open()).getAll('snippets');
  }

  async take(id: string): Promise<{ release(): void } | undefined> {
    // The page's end gives the lock back.
    const release = await requestLock(`${this.#name}:${id}`, 0);
    return release && { release };
  }

  close(): void {
    void this.#database?.then((database) => database.close());
    this.#database = undefined;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>(this.#name, 1, {
      upgrade(database) {
        database.createObjectStore('executions', { keyPath: 'id' }).createIndex('created', 'created');
        database.createObjectStore('snippets', { keyPath: 'name' });
      },
    });
    return this.#database;
  }

  async #forgetOldest(database: IDBPDatabase<Schema>): Promise<void> {
    const all = await database.getAllFromIndex('executions', 'created');
    const ended = all.filter(({ outcome }) => outcome !== undefined);
    for (const { id } of ended.slice(0, Math.max(0, all.length - keptExecutions))) {
      await database.delete('executions', id);
    }
  }
}
