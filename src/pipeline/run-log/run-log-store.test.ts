import 'fake-indexeddb/auto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { liveResources } from '../../protocol/resources/live-resources.js';
import {
  definePipeline,
  FileRunLogStore,
  IndexedDBRunLogStore,
  MemoryRunLogStore,
  stub,
  task,
  type RunLogEvent,
  type RunLogStore,
} from '../node.js';

const folder = await mkdtemp(path.join(tmpdir(), 'logs-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const event = (sequence: number, text = 'x'): RunLogEvent =>
  sequence === 0
    ? { version: 1, sequence, time: 1, type: 'run', status: 'created', definition: 'p', parameters: {} }
    : { version: 1, sequence, time: 1, type: 'note', path: 'a', text };

const stores: [string, () => RunLogStore][] = [
  ['in memory', () => new MemoryRunLogStore()],
  ['in IndexedDB', () => new IndexedDBRunLogStore()],
  ['in files', () => new FileRunLogStore(path.join(folder, 'a'))],
];

describe.each(stores)('D7 a run log store %s', (kind, make) => {
  const id = `run ${kind}/1`;

  it('only adds to what it has', async () => {
    const store = make();
    await expect(store.read(id)).rejects.toMatchObject({ name: 'RunNotFoundError', runId: id });
    await store.create(id, event(0));
    await store.append(id, event(1));
    await expect(store.create(id, event(0))).rejects.toMatchObject({ name: 'RunExistsError' });
    expect(await store.read(id)).toEqual([event(0), event(1)]);
    expect(await store.list()).toContain(id);
    await store.remove(id);
    await expect(store.read(id)).rejects.toMatchObject({ name: 'RunNotFoundError' });
  });

  it('D2 reads the run of the task that calls, and fails outside of one', async () => {
    const store = make();
    await expect(store.read()).rejects.toThrow('No run context available: the run log store needs one');
    const p = definePipeline('p', [task('t', { run: async () => ({ first: (await store.read())[0]?.type }) })]);
    const before = liveResources();
    const outcome = await p.start({ runLogStore: store, runId: `own ${kind}` }).finished;
    expect(outcome.parameters).toEqual({ first: 'run' });
    expect(liveResources()).toEqual(before);
  });

  it('refuses a run of another pipeline, of another version, and one that is under way', async () => {
    const store = make();
    const p = definePipeline('p', [stub('s')]);
    const q = definePipeline('q', [stub('s')]);
    const runId = `other ${kind}`;
    const first = p.start({ runLogStore: store, runId });
    const second = p.resuming(runId, { runLogStore: store });
    await expect(second.finished).rejects.toMatchObject({ name: 'RunActiveError' });
    await first.finished;
    await expect(q.resume(runId, { runLogStore: store })).rejects.toThrow('it is of the pipeline "p", not "q"');
    await store.create(`version ${kind}`, { ...event(0), version: 2 as 1 });
    await expect(p.resume(`version ${kind}`, { runLogStore: store })).rejects.toThrow('this release reads version 1');
  });
});

describe('D7 a run log', () => {
  it('in a file goes on over a long line that a kill has cut off', async () => {
    const store = new FileRunLogStore(path.join(folder, 'torn'));
    await store.create('r', event(0));
    await appendFile(path.join(folder, 'torn/r.jsonl'), JSON.stringify(event(1, 'long'.repeat(1_000))).slice(0, -1));
    expect(await store.read('r')).toEqual([event(0)]);
    await store.append('r', event(1));
    await store.append('r', event(2));
    expect(await store.read('r')).toEqual([event(0), event(1), event(2)]);
  });

  it('F7 that cannot be written costs the log, not the run', async () => {
    const store = new MemoryRunLogStore();
    store.append = async () => await Promise.reject(new Error('The disk is full.'));
    const run = definePipeline('p', [task('t', { run: () => ({ n: 1 }) })]).start({ runLogStore: store });
    expect(await run.finished).toMatchObject({ status: 'success', parameters: { n: 1 }, log: { status: 'success' } });
    expect(run.storageError).toMatchObject({ message: 'The disk is full.' });
  });
});
