import { deleteDB, openDB } from 'idb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NameLoss } from '../../protocol/messages/checkpoint.js';
import { liveResources } from '../../protocol/resources/live-resources.js';
import { CheckpointGroups } from './checkpoint-groups.js';
import { CheckpointStore } from './checkpoint-store.js';
import { Persistence } from './persistence.js';
import type { SessionStorage, StoredGroups } from './session-storage.js';

const name = 'codemode-playground';
const day = 24 * 60 * 60 * 1000;

/** Groups of one name each, by id. */
const groupsOf = (texts: Readonly<Record<number, string>>, lost: readonly NameLoss[] = []): CheckpointGroups =>
  new CheckpointGroups(
    Object.entries(texts).map(([id, text]) => [
      Number(id),
      { names: [`name${id}`], data: new Uint8Array(new TextEncoder().encode(text)) },
    ]),
    lost,
  );

const texts = (kept: StoredGroups | undefined): Record<number, string> | undefined =>
  kept && Object.fromEntries(kept.groups.map(([id, { data }]) => [id, new TextDecoder().decode(data)]));

/** Number of stored heads and groups. */
async function stored(): Promise<readonly [heads: number, groups: number]> {
  const database = await openDB(name);
  try {
    return [await database.count('heads'), await database.count('groups')];
  } finally {
    database.close();
  }
}

/** Changes the stored heads as another release or a long time would. */
async function editHeads(edit: (head: object) => object): Promise<void> {
  const database = await openDB(name);
  for (const key of await database.getAllKeys('heads'))
    await database.put('heads', edit((await database.get('heads', key)) as object), key);
  database.close();
}

describe('the store of checkpoints', () => {
  const notices: string[] = [];
  const notify = (text: string): void => void notices.push(text);
  let openStores: CheckpointStore[] = [];

  /** Opens the store as a page does; each browser tab has a name of its own. */
  async function open(key = 'page', tab = 'tab-1'): Promise<CheckpointStore> {
    vi.stubGlobal('sessionStorage', { getItem: () => tab, setItem: () => undefined });
    const store = await CheckpointStore.open(key);
    openStores.push(store);
    return store;
  }

  /** Closes the page and opens it again. */
  async function reload(): Promise<CheckpointStore> {
    for (const store of openStores.splice(0)) store.close();
    return await open();
  }

  const write = async (storage: SessionStorage, groups: CheckpointGroups): Promise<void> => {
    storage.changed(groups, [...groups.groups.keys()], []);
    await storage.flush();
  };

  beforeEach(() => {
    vi.stubGlobal('indexedDB', new IDBFactory());
    vi.stubGlobal('navigator', {});
    notices.length = 0;
  });

  afterEach(() => {
    for (const store of openStores) store.close();
    openStores = [];
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
    expect(liveResources().database).toBe(0);
  });

  it('gives the next page what this one stored', async () => {
    const lost = [{ name: 'weak', reason: 'it is a WeakMap' }];
    await write((await open()).session('s', notify), groupsOf({ 1: 'a', 7: 'b' }, lost));
    const loaded = await (await reload()).session('s', notify).load();
    expect(texts(loaded)).toEqual({ 1: 'a', 7: 'b' });
    expect(loaded!.groups.flatMap(([, { names }]) => names)).toEqual(['name1', 'name7']);
    expect(loaded!.lost).toEqual(lost);
    expect(notices).toEqual([]);
  });

  it('has nothing of a session that stored nothing', async () => {
    expect(await (await open()).session('s', notify).load()).toBeUndefined();
  });

  it('writes changed groups and deletes removed ones, and no others', async () => {
    const storage = (await open()).session('s', notify);
    await write(storage, groupsOf({ 1: 'a', 2: 'b', 3: 'c' }));
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    const now = groupsOf({ 1: 'a', 2: 'B' });
    storage.changed(now, [2], [3]);
    await storage.flush();
    expect(put).toHaveBeenCalledTimes(2);
    expect(texts(await (await reload()).session('s', notify).load())).toEqual({ 1: 'a', 2: 'B' });
  });

  it('puts what changes during a write into the next one', async () => {
    const storage = (await open()).session('s', notify);
    for (const [id, text] of ['a', 'b', 'c', 'd'].entries())
      storage.changed(groupsOf({ 1: text, [id + 2]: text }), [1, id + 2], []);
    storage.changed(groupsOf({ 1: 'end', 9: 'new' }), [1, 9], [2, 3, 4, 5]);
    await storage.flush();
    expect(texts(await (await reload()).session('s', notify).load())).toEqual({ 1: 'end', 9: 'new' });
  });

  it('keeps sessions and browser tabs apart, also where a name begins with another', async () => {
    const first = await open();
    await write(first.session('a', notify), groupsOf({ 1: 'a' }));
    await write(first.session('a\u0000', notify), groupsOf({ 1: 'a0' }));
    await write(first.session('ab', notify), groupsOf({ 1: 'ab' }));
    await write((await open('other')).session('a', notify), groupsOf({ 1: 'other page' }));
    const copy = await open('third', 'tab-2');
    expect(await copy.session('a', notify).load()).toBeUndefined();
    await first.session('a', notify).clear();
    const again = await reload();
    expect(await again.session('a', notify).load()).toBeUndefined();
    expect(texts(await again.session('a\u0000', notify).load())).toEqual({ 1: 'a0' });
    expect(texts(await again.session('ab', notify).load())).toEqual({ 1: 'ab' });
    expect(await stored()).toEqual([3, 3]);
  });

  it('stores all groups again when something changes after it was cleared', async () => {
    const storage = (await open()).session('s', notify);
    await write(storage, groupsOf({ 1: 'a', 2: 'b' }));
    await storage.clear();
    expect(await stored()).toEqual([0, 0]);
    storage.changed(groupsOf({ 1: 'a', 2: 'B' }), [2], []);
    await storage.flush();
    expect(texts(await (await reload()).session('s', notify).load())).toEqual({ 1: 'a', 2: 'B' });
  });

  it('is empty when it was cleared during a write', async () => {
    const storage = (await open()).session('s', notify);
    storage.changed(groupsOf({ 1: 'a' }), [1], []);
    storage.changed(groupsOf({ 1: 'b' }), [1], []);
    await storage.clear();
    expect(await stored()).toEqual([0, 0]);
  });

  it('drops what another release stored, and says so', async () => {
    await write((await open()).session('s', notify), groupsOf({ 1: 'a' }));
    await editHeads((head) => ({ ...head, version: 99 }));
    expect(await (await reload()).session('s', notify).load()).toBeUndefined();
    expect(notices).toEqual([expect.stringMatching(/another release \(version 99, not \d+\)/)]);
    expect(await stored()).toEqual([0, 0]);
  });

  it('deletes sessions that are older than 30 days, and all but the latest 50, when it opens', async () => {
    const store = await open();
    await write(store.session('old', notify), groupsOf({ 1: 'a', 2: 'b' }));
    await editHeads((head) => ({ ...head, updated: Date.now() - 31 * day }));
    await write(store.session('young', notify), groupsOf({ 1: 'a' }));
    expect(await (await reload()).session('old', notify).load()).toBeUndefined();
    expect(await stored()).toEqual([1, 1]);
    const again = await reload();
    vi.useFakeTimers({ toFake: ['Date'] });
    for (let index = 0; index < 50; index++) {
      vi.setSystemTime(Date.now() + 1);
      await write(again.session(`s-${index}`, notify), groupsOf({ 1: 'a' }));
    }
    expect(await stored()).toEqual([51, 51]);
    const last = await reload();
    expect(await stored()).toEqual([50, 50]);
    expect(await last.session('young', notify).load()).toBeUndefined();
    expect(await last.session('s-0', notify).load()).toBeDefined();
  });

  it.each([
    ['is full', 'put', new DOMException('Full', 'QuotaExceededError'), 'the storage of this browser is full'],
    ['can’t be read', 'getAll', new DOMException('Damaged.', 'DataError'), 'Damaged'],
  ] as const)('tells once when the storage %s, and stores nothing more', async (_case, method, error, reason) => {
    const store = await open();
    const storage = store.session('s', notify);
    await write(storage, groupsOf({ 1: 'a' }));
    const failing = vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
      throw error;
    });
    if (method === 'getAll') expect(await storage.load()).toBeUndefined();
    for (const text of ['b', 'c']) await write(storage, groupsOf({ 1: text }));
    failing.mockRestore();
    await write(storage, groupsOf({ 1: 'd' }));
    await storage.clear();
    expect(notices).toEqual([`The variables of this session will not survive a reload of the page: ${reason}.`]);
    expect(await stored()).toEqual([0, 0]);
  });

  it('lets one Codemode of a page have a key at a time', async () => {
    const store = await open();
    expect(liveResources().database).toBe(1);
    await expect(open()).rejects.toThrow('another Codemode of this page uses the key “page”');
    store.close();
    openStores = [];
    await open();
  });

  it('closes its connection when a later release wants to change the database', async () => {
    const storage = (await open()).session('s', notify);
    (await openDB(name, 2)).close();
    await write(storage, groupsOf({ 1: 'a' }));
    expect(notices).toHaveLength(1);
  });

  it('is done without where the database does not open in time, and says so once', async () => {
    const other = await openDB(name, 1);
    const deleting = deleteDB(name);
    vi.stubGlobal('sessionStorage', { getItem: () => 'tab-1', setItem: () => undefined });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const persistence = new Persistence('page');
    const opening = persistence.storageOf('s')(notify);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(3_000);
    const storage = await opening;
    expect(await storage.load()).toBeUndefined();
    await write(storage, groupsOf({ 1: 'a' }));
    expect(notices).toEqual([expect.stringMatching(/will not survive .*did not open within 3,000 ms/)]);
    vi.useRealTimers();
    other.close();
    await deleting;
    await persistence.close();
    await vi.waitUntil(() => liveResources().timer === 0);
    await open();
  });

  /** Another page that never lets go of what is stored. @returns what lets go after all */
  async function lockStorage(): Promise<() => Promise<void>> {
    const database = await openDB(name, 1);
    const transaction = database.transaction(['heads', 'groups'], 'readwrite');
    let isHeld = true;
    const hold = async (): Promise<void> => {
      while (isHeld) await transaction.objectStore('heads').get(['held']);
    };
    const holding = hold();
    return async () => {
      isHeld = false;
      await holding;
      await transaction.done;
      database.close();
    };
  }

  it.each<[string, (storage: SessionStorage) => Promise<unknown>]>([
    ['is read', (storage) => storage.load()],
    ['is written', (storage) => write(storage, groupsOf({ 1: 'b' }))],
    ['is cleared', (storage) => storage.clear()],
  ])('F7: a storage that does not answer while it %s is waited for only so long, and told once', async (_, use) => {
    const storage = (await open()).session('s', notify);
    await write(storage, groupsOf({ 1: 'a' }));
    expect(storage.isKept).toBe(true);
    const release = await lockStorage();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const using = use(storage);
    await vi.advanceTimersByTimeAsync(3_000);
    await using;
    await write(storage, groupsOf({ 1: 'c' }));
    await storage.clear();
    expect(storage.isKept).toBe(false);
    expect(notices).toEqual([expect.stringMatching(/will not survive .*did not answer within 3,000 ms/)]);
    vi.useRealTimers();
    await release();
    // The older state does not come back.
    expect(await (await reload()).session('s', notify).load()).toBeUndefined();
  });

  it('F7: a storage that does not answer when it is opened is done without', async () => {
    await write((await open()).session('s', notify), groupsOf({ 1: 'a' }));
    for (const store of openStores.splice(0)) store.close();
    const release = await lockStorage();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const persistence = new Persistence('page');
    const opening = persistence.storageOf('s')(notify);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await opening).isKept).toBe(false);
    expect(notices).toEqual([expect.stringMatching(/will not survive .*did not open within 3,000 ms/)]);
    vi.useRealTimers();
    await release();
    await persistence.close();
    await vi.waitUntil(() => liveResources().timer === 0);
  });

  it.each<[string, 'heads' | 'groups', unknown, RegExp]>([
    ['a head that is none', 'heads', 'text', /is damaged \(.*expected an object, received/],
    [
      'a version that is none',
      'heads',
      { version: 'x', lost: [], updated: 1e15 },
      /is damaged \(.*at version: expected a finite number/,
    ],
    ['losses that are none', 'heads', { version: 3, lost: [5], updated: 1e15 }, /is damaged \(.*at lost/],
    ['a group that is none', 'groups', null, /is damaged \(.*expected an object/],
    ['names that are none', 'groups', { names: [{}], data: new Uint8Array(1) }, /is damaged \(.*at names/],
    [
      'data that is none',
      'groups',
      { names: ['a'], data: 'text' },
      /is damaged \(.*at data: expected at most .* bytes/,
    ],
  ])('F7: %s in the storage is dropped, and told', async (_, place, value, notice) => {
    const store = await open();
    const storage = store.session('s', notify);
    await write(storage, groupsOf({ 1: 'a' }));
    const database = await openDB(name);
    for (const key of await database.getAllKeys(place)) await database.put(place, value, key);
    database.close();
    expect(await storage.load()).toBeUndefined();
    expect(notices).toEqual([expect.stringMatching(notice)]);
    expect(await stored()).toEqual([0, 0]);
    await write(storage, groupsOf({ 1: 'b' }));
    expect(texts(await (await reload()).session('s', notify).load())).toEqual({ 1: 'b' });
  });

  it('F7: heads that are none keep nobody from opening', async () => {
    await write((await open()).session('s', notify), groupsOf({ 1: 'a' }));
    const database = await openDB(name);
    await database.put('heads', null, ['x', 'y']);
    await database.put('heads', { updated: 'soon' }, ['x', 'z']);
    database.close();
    expect(texts(await (await reload()).session('s', notify).load())).toEqual({ 1: 'a' });
    expect(await stored()).toEqual([1, 1]);
  });
});
