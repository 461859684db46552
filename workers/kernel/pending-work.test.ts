import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PendingEntry, SendableError } from '../../src/protocol/messages/wire.js';
import { ServedKernel } from './testing/served-kernel.js';

const served = new ServedKernel();
// Promises of stopped executions are rejected, and in a worker nobody hears of it.
const heard = process.listeners('unhandledRejection');
beforeAll(async () => {
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => undefined);
  await served.start();
});
afterAll(() => {
  served.close();
  process.removeAllListeners('unhandledRejection');
  for (const listener of heard) process.on('unhandledRejection', listener);
});

const error: SendableError = { name: 'CancelledError', message: 'stopped', stack: '', frames: [] };
const list = (): Promise<readonly PendingEntry[]> =>
  served.host.call('listPending', { context: served.context() }) as Promise<readonly PendingEntry[]>;
const cancel = (): Promise<readonly PendingEntry[]> =>
  served.host.call('cancelPending', { context: served.context(), error }) as Promise<readonly PendingEntry[]>;
const awaitPending = (): Promise<unknown> => served.host.call('awaitPending', { context: served.context() });
const described = (entries: readonly PendingEntry[]): string[] => entries.map(({ kind, name }) => `${kind} ${name}`);

describe('pending work', () => {
  afterEach(() => cancel());

  it('C3: is a promise under its name, whoever declared the name', async () => {
    await served.run('let earlier; var finish = []; var slow = () => new Promise((done) => finish.push(done))');
    expect(await served.run('earlier = slow(); task = slow(); 1')).toMatchObject({ pending: 2 });
    expect(described(await list()).filter((one) => one.startsWith('promise'))).toEqual([
      'promise earlier',
      'promise task',
    ]);
    const values = awaitPending();
    await served.run('for (const done of finish) done("done")');
    expect(await values).toEqual({ earlier: 'done', task: 'done' });
    expect([await served.read('earlier'), await served.read('task')]).toEqual(['done', 'done']);
    expect(await list()).toEqual([]);
  });

  it('C3: binds a value also where the promise was fulfilled before anybody waited', async () => {
    await served.run('var ends, quick = new Promise((done) => (ends = done)); var replaced = quick');
    await served.run('ends("done"); await quick; replaced = 5');
    expect(await awaitPending()).toEqual({ quick: 'done' });
    expect([await served.read('quick'), await served.read('replaced')]).toEqual(['done', 5]);
  });

  it('C3: finds a promise that a function or a timer binds later', async () => {
    await served.run(
      'let late; setTimeout(() => (late = new Promise(() => {})), 1); function bind() { late = new Promise(() => {}) }',
    );
    const { pending } = await served.run('bind()');
    expect(pending).toBe(1);
    await served.run('await new Promise((done) => setTimeout(done, 5)); bind()');
    expect(described(await list())).toContain('promise late');
  });

  it('C4: lists what each execution has under way, with its run and its time', async () => {
    const before = Date.now();
    const context = served.context('leaves');
    await served.run(
      `var never = new Promise(() => {}); setTimeout(() => {}, 9_000); setInterval(() => {}, 9_000);
       var bus = new EventTarget(); bus.addEventListener('change', () => {}); bus.addEventListener('change', () => {}, { once: true });
       context.signal.addEventListener('abort', () => {});`,
      { context },
    );
    const entries = await list();
    expect(described(entries).toSorted()).toEqual([
      'listener change',
      'listener change',
      'promise never',
      'timer setInterval',
      'timer setTimeout',
    ]);
    expect(new Set(entries.map(({ runId }) => runId))).toEqual(new Set(['leaves']));
    for (const { since } of entries) expect(since).toBeGreaterThanOrEqual(before);
    expect((await cancel()).length).toBe(5);
    expect(await list()).toEqual([]);
    expect(await served.run('var called = 0; 1')).toMatchObject({ value: 1 });
  });

  it('C4: ends listeners and tool calls with the rest, and leaves what runs alone', async () => {
    await served.run('var seen = []; var bus = new EventTarget(); bus.addEventListener("change", () => seen.push(1))');
    const running = served.run('await new Promise((done) => (globalThis.goOn = done)); "went on"', {
      context: served.context('runs'),
    });
    await served.run('setTimeout(() => {}, 9_000)', { context: served.context('ended') });
    expect(described(await cancel()).toSorted()).toEqual(['listener change', 'timer setTimeout']);
    await served.run('bus.dispatchEvent(new Event("change"))');
    expect(await served.read('seen')).toEqual([]);
    await served.run('goOn()');
    expect(await running).toMatchObject({ value: 'went on' });
  });

  it('C4: ends waits for promises, and keeps what is pending', async () => {
    await served.run('var never = new Promise(() => {})');
    const values = awaitPending();
    const answer = await served.host.call('pending', { context: served.context(), endsWaits: true });
    expect(answer).toEqual({ mayRun: true, count: 1 });
    expect(await values).toEqual({});
    expect(described(await list())).toEqual(['promise never']);
  });

  it('C4: counts a cancelled promise no more, though its name still holds it', async () => {
    await served.run('var never = new Promise(() => {})');
    expect(described(await cancel())).toEqual(['promise never']);
    expect(await served.run('never; 1')).toMatchObject({ pending: 0 });
    expect(await list()).toEqual([]);
  });

  it('C4: forgets listeners that were removed, called once, aborted, or replaced', async () => {
    await served.run(`
      var bus = new EventTarget(), calls = [], stop = new AbortController();
      var both = { handleEvent() { calls.push('object') } }, fn = function () { calls.push(this === bus) };
      bus.addEventListener('a', fn, { once: true });
      bus.addEventListener('a', both, { once: true });
      bus.addEventListener('b', fn, { signal: stop.signal });
      bus.addEventListener('c', fn);
      bus.addEventListener('c', fn);
      bus.addEventListener('c', fn, true);
      bus.removeEventListener('c', fn, { capture: true });
    `);
    expect(described(await list()).toSorted()).toEqual(['listener a', 'listener a', 'listener b', 'listener c']);
    await served.run(`
      for (const type of ['a', 'a', 'c']) bus.dispatchEvent(new Event(type));
      stop.abort();
      bus.removeEventListener('c', fn);
    `);
    expect(await list()).toEqual([]);
    expect(await served.read('calls')).toEqual([true, 'object', true]);
  });

  it('C4: 10,000 timers, promises and listeners that are over leave nothing', async () => {
    const { value } = await served.run(`
      for (let at = 0; at < 10_000; at++) {
        globalThis['p' + (at % 50)] = new Promise((done) => setTimeout(done, at % 3));
        clearInterval(setInterval(() => {}, 1_000));
        new EventTarget().addEventListener('x', () => {});
        const target = new EventTarget();
        const listener = () => {};
        target.addEventListener('y', listener, { once: true });
        target.dispatchEvent(new Event('y'));
      }
      var last = new Promise((done) => setTimeout(done, 20));
      await last; 1`);
    expect(value).toBe(1);
    const entries = await list();
    expect(described(entries).filter((one) => one !== 'listener x')).toEqual([]);
  });

  it('reads the options of a listener once, and runs no setter of the reader', async () => {
    const { value } = await served.run(`
      var reads = '';
      const options = new Proxy({}, { get: (_, key) => void (reads += key + ' ') });
      Object.defineProperty(Array.prototype, '0', { configurable: true, set() { reads += 'setter ' } });
      try {
        new EventTarget().addEventListener({ toString: () => 'type' }, () => {}, options);
      } finally {
        delete Array.prototype[0];
      }
      reads`);
    expect(value).toBe('capture once passive signal ');
  });
});
