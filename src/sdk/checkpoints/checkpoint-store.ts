import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { NameLoss } from '../../protocol/messages/checkpoint.js';
import { checkpointVersion } from '../../protocol/messages/checkpoint.js';
import { after } from '../../protocol/resources/timers.js';
import { trackResource } from '../../protocol/resources/live-resources.js';
import { errorText } from '../errors/error-text.js';
import { CheckpointGroups, type CheckpointGroup } from './checkpoint-groups.js';
import { lockPage, type PageLock } from './page-lock.js';
import type { SessionStorage } from './session-storage.js';

interface StoredHead {
  readonly version: number;
  readonly lost: readonly NameLoss[];
  /** Milliseconds since the epoch. */
  readonly updated: number;
}

interface Schema extends DBSchema {
  readonly heads: { key: [page: string, session: string]; value: StoredHead };
  readonly groups: { key: [page: string, session: string, id: number]; value: CheckpointGroup };
}

/** Stored sessions are deleted when they are older, in milliseconds, or there are more of them. */
const maxAge = 30 * 24 * 60 * 60 * 1000;
const maxSessions = 50;
/** Milliseconds. */
const openTimeout = 3_000;

/** The sessions of one Codemode in IndexedDB, under the name that its page locked. One connection, open until `close`. */
export class CheckpointStore {
  readonly #database: IDBPDatabase<Schema>;
  readonly #lock: PageLock;
  readonly #untrack: () => void;

  private constructor(database: IDBPDatabase<Schema>, lock: PageLock) {
    this.#database = database;
    this.#lock = lock;
    this.#untrack = trackResource('database');
  }

  /** @throws Error, DOMException if the browser or the page has no storage for it, or it does not open in time */
  static async open(key: string): Promise<CheckpointStore> {
    const lock = await lockPage(key);
    try {
      const database = await openDatabase();
      try {
        await prune(database);
      } catch (error) {
        database.close();
        throw error;
      }
      return new CheckpointStore(database, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  session(name: string, notify: (text: string) => void): SessionStorage {
    return new StoredSession(this.#database, [this.#lock.page, name], notify);
  }

  close(): void {
    this.#database.close();
    this.#lock.release();
    this.#untrack();
  }
}

/** Opening may never end while another page deletes or changes the database. */
async function openDatabase(): Promise<IDBPDatabase<Schema>> {
  const opening = openDB<Schema>('codemode-playground', 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('heads');
      fresh.createObjectStore('groups');
    },
    // A later release wants to change it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  let cancel = (): void => undefined;
  const late = new Promise<never>((_, reject) => {
    cancel = after(openTimeout, () => {
      opening.then(
        (database) => database.close(),
        () => undefined,
      );
      reject(new Error(`the storage of this browser did not open within ${openTimeout.toLocaleString('en')} ms`));
    });
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    cancel();
  }
}

const groupsOf = (session: readonly [string, string]): IDBKeyRange => IDBKeyRange.bound([...session], [...session, []]);

async function prune(database: IDBPDatabase<Schema>): Promise<void> {
  const transaction = database.transaction(['heads', 'groups'], 'readwrite');
  const heads = transaction.objectStore('heads');
  const [keys, values] = await Promise.all([heads.getAllKeys(), heads.getAll()]);
  const found = keys
    .map((key, index) => ({ key, updated: values[index]!.updated }))
    .sort((a, b) => b.updated - a.updated);
  const old = found.filter(({ updated }, index) => index >= maxSessions || updated < Date.now() - maxAge);
  const groups = transaction.objectStore('groups');
  await Promise.all([...old.flatMap(({ key }) => [heads.delete(key), groups.delete(groupsOf(key))]), transaction.done]);
}

class StoredSession implements SessionStorage {
  readonly #database: IDBPDatabase<Schema>;
  readonly #key: [string, string];
  readonly #notify: (text: string) => void;
  readonly #changed = new Set<number>();
  readonly #removed = new Set<number>();
  #kept: CheckpointGroups | undefined;
  #writing: Promise<void> | undefined;
  /** Nothing is stored: all of it has to be. */
  #isEmpty = false;
  #hasFailed = false;

  constructor(database: IDBPDatabase<Schema>, key: [string, string], notify: (text: string) => void) {
    this.#database = database;
    this.#key = key;
    this.#notify = notify;
  }

  async load(): Promise<CheckpointGroups | undefined> {
    try {
      const transaction = this.#database.transaction(['heads', 'groups']);
      const range = groupsOf(this.#key);
      const store = transaction.objectStore('groups');
      const [head, keys, groups] = await Promise.all([
        transaction.objectStore('heads').get(this.#key),
        store.getAllKeys(range),
        store.getAll(range),
      ]);
      if (head === undefined) return undefined;
      if (head.version === checkpointVersion)
        return new CheckpointGroups(
          keys.map(([, , id], index) => [id, groups[index]!]),
          head.lost,
        );
      this.#notify(
        `What was kept of this session was written by another release (version ${head.version}, not ${checkpointVersion}) and is dropped.`,
      );
      await this.clear();
    } catch (error) {
      await this.#fail(error);
    }
    return undefined;
  }

  changed(kept: CheckpointGroups, groups: readonly number[], removed: readonly number[]): void {
    if (this.#hasFailed) return;
    this.#kept = kept;
    for (const id of removed) this.#removed.add(id);
    for (const id of this.#isEmpty ? kept.groups.keys() : groups) this.#changed.add(id);
    this.#isEmpty = false;
    this.#writing ??= this.#writeAll();
  }

  async clear(): Promise<void> {
    this.#kept = undefined;
    await this.#writing;
    if (this.#hasFailed) return;
    await this.#delete().catch((error: unknown) => this.#fail(error));
    this.#isEmpty = true;
  }

  async flush(): Promise<void> {
    await this.#writing;
  }

  /** One transaction after the other; what changes during one goes into the next. */
  async #writeAll(): Promise<void> {
    try {
      for (let kept = this.#kept; kept !== undefined; kept = this.#kept) {
        this.#kept = undefined;
        await this.#write(kept);
      }
    } catch (error) {
      await this.#fail(error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #write({ groups, lost }: CheckpointGroups): Promise<void> {
    const transaction = this.#database.transaction(['heads', 'groups'], 'readwrite');
    const store = transaction.objectStore('groups');
    const requests: Promise<unknown>[] = [];
    for (const id of this.#removed) if (!groups.has(id)) requests.push(store.delete([...this.#key, id]));
    for (const id of this.#changed) {
      const group = groups.get(id);
      if (group !== undefined) requests.push(store.put(group, [...this.#key, id]));
    }
    requests.push(
      transaction.objectStore('heads').put({ version: checkpointVersion, lost, updated: Date.now() }, this.#key),
    );
    this.#removed.clear();
    this.#changed.clear();
    await Promise.all([...requests, transaction.done]);
  }

  async #delete(): Promise<void> {
    const transaction = this.#database.transaction(['heads', 'groups'], 'readwrite');
    await Promise.all([
      transaction.objectStore('heads').delete(this.#key),
      transaction.objectStore('groups').delete(groupsOf(this.#key)),
      transaction.done,
    ]);
  }

  /** Notifies the reader once and stores nothing more: an older state later would be worse than none. */
  async #fail(error: unknown): Promise<void> {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#notify(`Variables of this session are not kept when the page is loaded anew: ${reasonOf(error)}.`);
    try {
      await this.#delete();
    } catch {
      // The reader knows already that nothing is kept.
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'there is no more room in the storage of this browser';
  return errorText(error).replace(/\.$/, '');
}
