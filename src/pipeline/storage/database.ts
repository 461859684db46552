import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { trackResource } from '../../protocol/resources/live-resources.js';
import type { StoredEntry } from '../catalog/catalog.js';
import type { RunLogEvent } from '../run-log/run-log-event.js';

interface Schema extends DBSchema {
  readonly events: { key: [runId: string, sequence: number]; value: RunLogEvent };
  readonly entries: { key: [runId: string, name: string]; value: StoredEntry };
}

/** An open connection. */
interface Connection {
  readonly database: IDBPDatabase<Schema>;
  /** May be called twice. */
  close(): void;
}

/** A connection to the database of runs, open while something uses it. */
export class RunDatabase {
  readonly #name: string;
  #users = 0;
  #connection: Promise<Connection> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** Keeps the connection until the returned function is first called. */
  acquire(): () => void {
    this.#users += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#users -= 1;
      if (this.#users > 0) return;
      const connection = this.#connection;
      this.#connection = undefined;
      connection?.then(
        ({ close }) => close(),
        () => undefined,
      );
    };
  }

  async use<T>(operation: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    const release = this.acquire();
    try {
      const { database } = await (this.#connection ??= this.#open());
      return await operation(database);
    } finally {
      release();
    }
  }

  async #open(): Promise<Connection> {
    const untrack = trackResource('database');
    const lost = (): void => {
      untrack();
      this.#connection = undefined;
    };
    try {
      const database = await openDB<Schema>(this.#name, 1, {
        upgrade(fresh) {
          fresh.createObjectStore('events');
          fresh.createObjectStore('entries');
        },
        // A later release wants to change it.
        blocking(_current, _blocked, event) {
          (event.target as IDBDatabase).close();
          lost();
        },
        terminated: lost,
      });
      return {
        database,
        close() {
          database.close();
          untrack();
        },
      };
    } catch (error) {
      lost();
      throw error;
    }
  }
}

/** Everything that a run has in it. */
export const keysOfRun = (runId: string): IDBKeyRange => IDBKeyRange.bound([runId], [runId, []]);
