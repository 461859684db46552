import { afterEach, describe, expect, it } from 'vitest';
import { current } from '../../context/current.js';
import { encode } from '../codec/codec.js';
import { pack, unpack } from './envelope.js';
import {
  type AnyHostOptions,
  type AnyMethods,
  type AnyWorkerEndpoint,
  type AnyWorkerOptions,
  openUncheckedHost,
} from './testing/untyped-endpoint.js';
import { type HostReply, openWorkerEndpoint } from './worker-endpoint.js';

const toRelease: (() => void)[] = [];
afterEach(() => {
  for (const release of toRelease.splice(0)) release();
});

type WorkerOptions = Partial<Omit<AnyWorkerOptions, 'api'>> & { readonly api?: ReturnType<AnyWorkerOptions['api']> };

function openWorker(port: MessagePort, { api = {}, ...options }: WorkerOptions = {}): AnyWorkerEndpoint {
  const endpoint = openWorkerEndpoint<AnyMethods, AnyMethods>(port, {
    api: () => api,
    ordered: ['output'],
    ...options,
  });
  toRelease.push(() => endpoint.close());
  return endpoint;
}

function openPair(api: AnyHostOptions['api'], options: WorkerOptions = {}) {
  const { port1, port2 } = new MessageChannel();
  const violations: string[] = [];
  const host = openUncheckedHost(port1, {
    api,
    ordered: ['output'],
    onViolation: (violation) => violations.push(violation.message),
  });
  toRelease.push(() => host.close('end of test'));
  return { host, worker: openWorker(port2, options), violations };
}

/** A call as a promise, for tests only. */
const ask = (worker: AnyWorkerEndpoint, method: string, message: unknown): Promise<unknown> =>
  new Promise((succeeded, reject) => {
    worker.call(method, message, {
      succeeded,
      failed: (name, text) => reject(Object.assign(new Error(text), { name })),
    });
  });

describe('worker endpoint and host endpoint', () => {
  it('call each other', async () => {
    const { host, worker } = openPair(
      { add: (message) => (message as number[])[0]! + (message as number[])[1]! },
      {
        api: { double: (message, reply) => reply.succeed(2 * (message as number)) },
      },
    );
    expect(await ask(worker, 'add', [1, 2])).toBe(3);
    expect(await host.call('double', 21)).toBe(42);
    expect([host.pendingCount, worker.pendingCount]).toEqual([0, 0]);
  });

  it('F3: a call and a reply that can not be read are answered', async () => {
    const { port1, port2 } = new MessageChannel();
    toRelease.push(() => port1.close());
    const worker = openWorker(port2, { api: { double: (_, reply) => reply.succeed(1) } });
    const said: unknown[] = [];
    port1.onmessage = ({ data }) => said.push(unpack(data));
    const payload = { ...encode(1), text: '{"not": "of the codec"' };
    port1.postMessage(pack({ kind: 'call', id: 'h1', method: 'double', payload }).packet);
    const asked = ask(worker, 'add', [1, 2]);
    await expect.poll(() => said.length).toBe(2);
    const problem = expect.stringContaining('could not read a message of the page');
    expect(said).toContainEqual({ kind: 'error', id: 'h1', name: 'RangeError', message: problem });
    port1.postMessage(pack({ kind: 'reply', id: 'w1', payload }).packet);
    await expect(asked).rejects.toMatchObject({ name: 'RangeError', message: problem });
    expect(worker.pendingCount).toBe(0);
  });

  it('F4: a message of the host begins with nothing ambient', async () => {
    const { host } = openPair({}, { api: { look: (_, reply) => reply.succeed(current.mapping === undefined) } });
    const answer = host.call('look', undefined);
    current.mapping = { execution: undefined, values: new Map() };
    expect(await answer).toBe(true);
    expect(current.mapping).toBeUndefined();
  });

  it('tell each other of failures', async () => {
    const { host, worker } = openPair(
      {
        fail: () => {
          throw new Error('secret');
        },
      },
      {
        api: {
          fail: (_, reply) => reply.fail('SyntaxError', 'at line 3'),
          throws: () => {
            throw new Error('oops');
          },
        },
      },
    );
    await expect(ask(worker, 'fail', 1)).rejects.toMatchObject({ name: 'Error', message: 'The call of fail failed.' });
    await expect(host.call('fail', 1)).rejects.toMatchObject({ name: 'SyntaxError', message: 'at line 3' });
    await expect(host.call('throws', 1)).rejects.toMatchObject({ name: 'Error', message: 'oops' });
    await expect(host.call('constructor', 1)).rejects.toMatchObject({ name: 'TypeError' });
  });

  it('answers once', async () => {
    const { host, violations } = openPair(
      {},
      {
        api: {
          run: (_, reply) => {
            reply.succeed(1);
            reply.succeed(2);
            reply.fail('Error', 'x');
          },
        },
      },
    );
    expect(await host.call('run', 1)).toBe(1);
    expect(await host.call('run', 1)).toBe(1);
    expect(violations).toEqual([]);
  });

  it('carries 10,000 calls at once without a violation', async () => {
    let inFlight = 0;
    let most = 0;
    const { worker, violations } = openPair({
      tool: async (message) => {
        most = Math.max(most, (inFlight += 1));
        await new Promise(setImmediate);
        inFlight -= 1;
        return message;
      },
    });
    const values = await Promise.all(Array.from({ length: 10_000 }, (_, at) => ask(worker, 'tool', at)));
    expect(values).toEqual(Array.from({ length: 10_000 }, (_, at) => at));
    expect(violations).toEqual([]);
    expect(most).toBeLessThanOrEqual(200);
  }, 30_000);

  it('F5: keeps large calls back while others with as many bytes as may be are answered', async () => {
    const answers: (() => void)[] = [];
    let wake = (): void => {};
    const { worker, violations } = openPair({
      tool: () =>
        new Promise<void>((resolve) => {
          answers.push(resolve);
          wake();
        }),
      output: () => undefined,
    });
    const called = async (count: number): Promise<void> => {
      while (answers.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    };
    const bytes = new Uint8Array(10 << 20);
    const replies = Array.from({ length: 6 }, () => ask(worker, 'tool', bytes));
    await called(4);
    expect(worker.waiting).toMatchObject({ count: 2, bytes: expect.closeTo(20 << 20, -4) as number });
    // Output goes ahead, and tells that nothing else was sent before it.
    await ask(worker, 'output', bytes);
    expect(answers).toHaveLength(4);
    answers[0]!();
    await replies[0];
    await called(5);
    await ask(worker, 'output', 1);
    expect(answers).toHaveLength(5);
    for (const answer of answers) answer();
    await called(6);
    answers[5]!();
    await Promise.all(replies);
    expect(worker.waiting).toMatchObject({ count: 0, bytes: 0 });
    expect(violations).toEqual([]);
  });

  it('refuses what is too large for a packet, and goes on', async () => {
    const large = Object.fromEntries(Array.from({ length: 4 }, (_, at) => [at, new Uint8Array(20 << 20)]));
    const { host, worker, violations } = openPair(
      { echo: (message) => message },
      { api: { large: (_, reply) => reply.succeed(large) } },
    );
    expect(() => worker.call('echo', large, { succeeded() {}, failed() {} })).toThrow(RangeError);
    await expect(host.call('large', 1)).rejects.toMatchObject({ name: 'RangeError' });
    expect(await ask(worker, 'echo', 1)).toBe(1);
    expect(violations).toEqual([]);
  });

  it('keep the order of output and replies while other calls wait (C8)', async () => {
    const seen: unknown[] = [];
    const never = new Promise(() => {});
    const { host, worker } = openPair(
      {
        tool: () => never,
        output: (message) => {
          seen.push(message);
        },
      },
      {
        maxInFlight: 1,
        api: {
          run: (_, reply) => {
            for (let at = 0; at < 5; at++) worker.call('tool', at, { succeeded() {}, failed() {} });
            for (let at = 0; at < 300; at++) worker.call('output', at, { succeeded() {}, failed() {} });
            reply.succeed('result');
          },
        },
      },
    );
    seen.push(await host.call('run', 1));
    expect(seen).toEqual([...Array.from({ length: 300 }, (_, at) => at), 'result']);
  });

  it('carries large values both ways', async () => {
    const { worker, violations } = openPair({ echo: (message) => message });
    const value = { bytes: new Uint8Array(1 << 20).fill(3), text: '\u00fc'.repeat(1 << 20) };
    const copy = (await ask(worker, 'echo', value)) as typeof value;
    expect(copy.text).toBe(value.text);
    expect(copy.bytes).toHaveLength(1 << 20);
    expect(copy.bytes.every((byte) => byte === 3)).toBe(true);
    expect(value.bytes).toHaveLength(1 << 20);
    expect(violations).toEqual([]);
  });
});

describe('worker endpoint', () => {
  const ignore: HostReply = { succeeded() {}, failed() {} };

  /** An endpoint and what its other side hears. */
  function openRaw(options: WorkerOptions = {}) {
    const { port1, port2 } = new MessageChannel();
    const worker = openWorker(port2, options);
    toRelease.push(() => port1.close());
    const heard: { id: string; method: string }[] = [];
    let wake = (): void => {};
    port1.onmessage = (event) => {
      const { id, method } = unpack(event.data) as { id: string; method: string };
      heard.push({ id, method });
      wake();
    };
    const hears = async (count: number): Promise<void> => {
      while (heard.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    };
    const reply = (id: string, value: unknown = null): void =>
      port1.postMessage(pack({ kind: 'reply', id, payload: encode(value) }).packet);
    return { worker, heard, hears, reply, port: port1 };
  }

  it('sends no more than its credit, and the rest in order as replies come', async () => {
    const { worker, heard, hears, reply } = openRaw({ maxInFlight: 2 });
    for (const method of ['a', 'b', 'c', 'd']) worker.call(method, 1, ignore);
    await hears(2);
    expect(worker.pendingCount).toBe(4);
    reply(heard[1]!.id);
    await hears(3);
    reply(heard[0]!.id);
    await hears(4);
    expect(heard.map(({ method }) => method)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keeps to its pace by a clock', async () => {
    let time = 0;
    const { worker, heard, hears } = openRaw({
      now: () => time,
      traffic: { messages: { burst: 1, perMillisecond: 1 }, bytes: { burst: 1e6, perMillisecond: 1 } },
    });
    for (const method of ['a', 'b']) worker.call(method, 1, ignore);
    await hears(1);
    expect(heard).toHaveLength(1);
    time = 1;
    await hears(2);
  });

  it('forgets a call that waits, and the reply of one that was sent', async () => {
    const { worker, heard, hears, reply } = openRaw({ maxInFlight: 1 });
    const replied: string[] = [];
    const listen = (name: string): HostReply => ({
      succeeded: () => replied.push(name),
      failed: () => replied.push(name),
    });
    const forgetFirst = worker.call('a', 1, listen('a'));
    const forgetSecond = worker.call('b', 1, listen('b'));
    worker.call('c', 1, listen('c'));
    await hears(1);
    forgetFirst();
    forgetFirst();
    forgetSecond();
    expect(worker.pendingCount).toBe(1);
    reply(heard[0]!.id);
    await hears(2);
    expect(heard[1]!.method).toBe('c');
    reply(heard[1]!.id);
    worker.call('d', 1, ignore);
    await hears(3);
    expect(replied).toEqual(['c']);
  });

  it('calls nobody back after it was closed', async () => {
    const { worker, heard, hears, reply, port } = openRaw();
    let called = false;
    worker.call('a', 1, {
      succeeded: () => {
        called = true;
      },
      failed: () => {
        called = true;
      },
    });
    await hears(1);
    const closed = new Promise((resolve) => {
      port.addEventListener('close', resolve);
    });
    reply(heard[0]!.id);
    worker.close();
    worker.close();
    await closed;
    expect(called).toBe(false);
  });

  it('goes on working while built-ins are patched (regression 12) and Object.prototype has a then (regression 13)', async () => {
    const patches = patchBuiltIns();
    toRelease.push(patches.remove);
    const { worker, port } = openRaw({
      bracket: patches.without,
      api: { run: (message, reply) => reply.succeed({ ran: (message as { code: string }).code }) },
    });
    const ran = new Promise((resolve) => {
      port.onmessage = (event) => resolve(unpack(event.data));
    });
    port.postMessage(pack({ kind: 'call', id: 'h1', method: 'run', payload: encode({ code: '1' }) }).packet);
    expect(await ran).toMatchObject({ kind: 'reply', id: 'h1' });

    const called = new Promise<string>((resolve) => {
      port.onmessage = (event) => resolve(unpack(event.data).id);
    });
    const answered = new Promise((resolve) => {
      worker.call(
        'tool',
        { city: 'Oslo' },
        { succeeded: (value) => patches.without(() => resolve({ value })), failed: resolve },
      );
    });
    const id = await called;
    port.postMessage(pack({ kind: 'reply', id, payload: encode({ then: 'data' }) }).packet);
    expect(await answered).toEqual({ value: { then: 'data' } });
    expect(patches.count()).toBeGreaterThan(3);
    expect(patches.touched).toEqual([]);
  });
});

/**
 * Breaks what a port, a queue and a codec are made of, and notes who comes by. The patches are in force from the end of
 * a bracket to the end of the task: while code of the endpoint runs outside a bracket, and not while the test does.
 */
function patchBuiltIns() {
  const touched: PropertyKey[] = [];
  const targets: readonly [object, readonly PropertyKey[]][] = [
    [MessagePort.prototype, ['postMessage', 'close', 'start', 'onmessage']],
    [EventTarget.prototype, ['addEventListener', 'removeEventListener']],
    [JSON, ['parse', 'stringify']],
    [Object, ['hasOwn', 'keys', 'create', 'getOwnPropertyDescriptor', 'defineProperty']],
    [Array.prototype, ['push', 'map', 'join', 'shift', Symbol.iterator]],
    [Map.prototype, ['get', 'set', 'has', 'forEach']],
    [Promise.prototype, ['then', 'catch']],
    [Function.prototype, ['call', 'apply', 'bind']],
    [performance, ['now']],
    [globalThis, ['setTimeout', 'TextEncoder']],
    [Object.prototype, ['then', 'toJSON']],
  ];
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
  const soon = queueMicrotask;
  const patches = targets.flatMap(([target, keys]) =>
    keys.map((key) => ({
      target,
      key,
      original: getOwnPropertyDescriptor(target, key),
      patch: {
        value: function trapped() {
          touched[touched.length] = key;
        },
        configurable: true,
        writable: true,
      },
    })),
  );
  let applied = 0;
  let inForce = false;
  const remove = (): void => {
    if (!inForce) return;
    inForce = false;
    for (let at = patches.length - 1; at >= 0; at--) {
      const { target, key, original } = patches[at]!;
      if (original === undefined) deleteProperty(target, key);
      else defineProperty(target, key, original);
    }
  };
  const apply = (): void => {
    inForce = true;
    applied += 1;
    soon(remove);
    for (let at = 0; at < patches.length; at++)
      defineProperty(patches[at]!.target, patches[at]!.key, patches[at]!.patch);
  };
  const without = <T>(run: () => T): T => {
    remove();
    try {
      return run();
    } finally {
      apply();
    }
  };
  return { touched, remove, without, count: () => applied };
}
