import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { maxMessageBytes, maxNameCharacters, maxNames, maxReasonCharacters } from '../../protocol/bounds.js';
import { finite, list, object, text } from '../../protocol/checks/checks.js';
import { MessageShapeError } from '../../protocol/checks/message-shape-error.js';
import type { NameLoss } from '../../protocol/messages/checkpoint.js';
import { checkpointVersion } from '../../protocol/messages/checkpoint.js';
import { trackResource } from '../../protocol/resources/live-resources.js';
import type { CheckpointGroup, CheckpointGroups } from './checkpoint-groups.js';
import { lockPage, type PageLock } from './page-lock.js';
import type { SessionStorage, StoredGroups } from './session-storage.js';
import { StorageTimeoutError, withTimeout } from './storage-timeout.js';

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
/** Milliseconds that the storage has for anything. What it has not answered then it may never answer. */
const storageTimeout = 3_000;

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
      const database = await withTimeout(storageTimeout, 'open', openDatabase(), (late) => late.close());
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
  const database = await openDB<Schema>('codemode-playground', 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('heads');
      fresh.createObjectStore('groups');
    },
    // A later release wants to change it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  try {
    await prune(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const groupsOf = (session: readonly [string, string]): IDBKeyRange => IDBKeyRange.bound([...session], [...session, []]);

async function prune(database: IDBPDatabase<Schema>): Promise<void> {
  const transaction = database.transaction(['heads', 'groups'], 'readwrite');
  const heads = transaction.objectStore('heads');
  const [keys, values] = await Promise.all([heads.getAllKeys(), heads.getAll()]);
  const found = keys
    .map((key, index) => ({ key, updated: updatedOf(values[index]) }))
    .sort((a, b) => b.updated - a.updated);
  const old = found.filter(({ updated }, index) => index >= maxSessions || updated < Date.now() - maxAge);
  const groups = transaction.objectStore('groups');
  await Promise.all([...old.flatMap(({ key }) => [heads.delete(key), groups.delete(groupsOf(key))]), transaction.done]);
}

/** What is no head is as old as can be. */
function updatedOf(head: unknown): number {
  const updated = (head as Partial<StoredHead> | null | undefined)?.updated;
  return typeof updated === 'number' && Number.isFinite(updated) ? updated : 0;
}

const storedVersion = object<Pick<StoredHead, 'version'>>({ version: finite });
const storedLosses = object<Pick<StoredHead, 'lost'>>({
  lost: list(object<NameLoss>({ name: text(maxNameCharacters), reason: text(maxReasonCharacters) }), maxNames),
});
const storedGroup = object<CheckpointGroup>({
  names: list(text(maxNameCharacters), maxNames),
  data: (value) => {
    if (value instanceof Uint8Array && value.length <= maxMessageBytes) return value as CheckpointGroup['data'];
    throw new MessageShapeError('', `at most ${maxMessageBytes} bytes`, typeof value);
  },
});

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

  get isKept(): boolean {
    return !this.#hasFailed;
  }

  async load(): Promise<StoredGroups | undefined> {
    try {
      return await withTimeout(storageTimeout, 'answer', this.#load());
    } catch (error) {
      if (error instanceof MessageShapeError) await this.#discard(`is damaged (${sentenceOf(error)})`);
      else await this.#fail(error);
      return undefined;
    }
  }

  async #load(): Promise<StoredGroups | undefined> {
    const transaction = this.#database.transaction(['heads', 'groups']);
    const range = groupsOf(this.#key);
    const store = transaction.objectStore('groups');
    const [head, keys, groups] = await Promise.all([
      transaction.objectStore('heads').get(this.#key),
      store.getAllKeys(range),
      store.getAll(range),
    ]);
    if (head === undefined) return undefined;
    const { version } = storedVersion(head);
    if (version !== checkpointVersion) {
      await this.#discard(`was written by another release (version ${version}, not ${checkpointVersion})`);
      return undefined;
    }
    return {
      groups: keys.map(([, , id], index) => [id, storedGroup(groups[index])] as const),
      lost: storedLosses(head).lost,
    };
  }

  async #discard(why: string): Promise<void> {
    this.#notify(`The stored checkpoint of this session ${why} and was deleted.`);
    await this.clear();
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
    await withTimeout(storageTimeout, 'answer', this.#delete()).catch((error: unknown) => this.#fail(error));
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
        await withTimeout(storageTimeout, 'answer', this.#write(kept));
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
  async #fail(cause: unknown): Promise<void> {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#notify(`The variables of this session will not survive a reload of the page: ${reasonOf(cause)}.`);
    // The reader knows already that nothing is kept. What does not answer is not waited for.
    try {
      const deleting = this.#delete();
      if (cause instanceof StorageTimeoutError) deleting.catch(() => undefined);
      else await withTimeout(storageTimeout, 'answer', deleting);
    } catch {
      // It stays there, and nobody reads it: what is stored later takes its place.
    }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return 'the storage of this browser is full';
  return sentenceOf(error);
}

/** The message, to go on with after it. */
const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
