import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { decode, encode } from '../codec/codec.js';
import { pack, unpack } from './envelope.js';
import { PortClosedError, type ProtocolViolation, type ViolationReason } from './port-errors.js';
import { PublicError } from './call-errors.js';
import { type AnyHostEndpoint, type AnyHostOptions, openUncheckedHost } from './testing/untyped-endpoint.js';
import { liveResources } from '../resources/live-resources.js';

const raw = (value: unknown) => ({ type: 'RAW', value });
const text = (value: unknown): string => encode(value).text;
const call = (id: string, method = 'echo', value: unknown = 1): string =>
  pack({ kind: 'call', id, method, payload: encode(value) }).packet as string;

const toRelease: (() => void)[] = [];
afterEach(() => {
  for (const release of toRelease.splice(0)) release();
});

/** A host endpoint, and the bare port of the other side as an attacker has it. */
function open(options: Partial<AnyHostOptions> = {}) {
  const { port1, port2 } = new MessageChannel();
  const calls: unknown[] = [];
  const violated = withResolvers<ProtocolViolation>();
  const host: AnyHostEndpoint = openUncheckedHost(port1, {
    api: {
      echo: (message) => {
        calls.push(message);
        return message;
      },
    },
    onViolation: violated.resolve,
    ...options,
  });
  toRelease.push(() => {
    host.close('end of test');
    port2.close();
  });
  const next = (): Promise<unknown> =>
    new Promise((resolve) => {
      port2.onmessage = (event) => resolve(event.data);
    });
  return { host, port: port2, calls, violated: violated.promise, next };
}

async function expectRevoked(packet: unknown, reason: ViolationReason, transfer: Transferable[] = []): Promise<void> {
  const { port, host, calls, violated } = open();
  port.postMessage(packet, transfer);
  expect((await violated).reason).toBe(reason);
  expect(calls).toEqual([]);
  await expect(host.call('any', 1)).rejects.toBeInstanceOf(PortClosedError);
}

describe('regression suite over a raw port', () => {
  const message = (fields: object): string => JSON.stringify({ id: 'x', argumentList: [], ...fields });

  it('1: CONSTRUCT of Function', () =>
    expectRevoked(
      message({ type: 'CONSTRUCT', path: ['constructor', 'constructor'], argumentList: [raw('0')] }),
      'grammar',
    ));
  it('2: CONSTRUCT of a tool’s constructor', () =>
    expectRevoked(message({ type: 'CONSTRUCT', path: ['echo', 'constructor'] }), 'grammar'));
  it('3: SET of __proto__ pollutes nothing', async () => {
    await expectRevoked(
      message({ type: 'SET', path: ['__proto__', '__proto__', 'polluted'], value: raw(1) }),
      'grammar',
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
  it('4: APPLY of __defineSetter__', async () => {
    await expectRevoked(
      message({ type: 'APPLY', path: ['__proto__', '__proto__', '__defineSetter__'], argumentList: [raw('leak')] }),
      'grammar',
    );
    await expectRevoked(call('x', '__defineSetter__'), 'method');
  });
  it.each(['constructor', '__proto__', 'toString', 'then'])('4: APPLY of the inherited %s', (method) =>
    expectRevoked(call('x', method), 'method'),
  );
  it('5: GET of a field', () => expectRevoked(message({ type: 'GET', path: ['echo'] }), 'grammar'));
  it.each(['ENDPOINT', 'RELEASE'])('6: %s', (type) => expectRevoked(message({ type, path: [] }), 'grammar'));
  it('7: a HANDLER argument', () =>
    expectRevoked(
      message({ type: 'APPLY', path: ['echo'], argumentList: [{ type: 'HANDLER', name: 'proxy', value: 'x' }] }),
      'grammar',
    ));
  it('7: a transferred port', () => {
    const { port1 } = new MessageChannel();
    return expectRevoked(['x', port1], 'packet', [port1]);
  });
  it('7: a port beside a good call', async () => {
    const { port1 } = new MessageChannel();
    await expectRevoked(call('x'), 'packet', [port1]);
  });

  it.each<[string, unknown, ViolationReason]>([
    ['no JSON', '{', 'grammar'],
    ['no object', '[]', 'grammar'],
    ['no string', { id: 'x', type: 'APPLY', path: ['echo'], argumentList: [] }, 'packet'],
    ['a number', 1, 'packet'],
    ['null', null, 'packet'],
    ['an array without buffers', ['{}'], 'packet'],
    ['a view for a buffer', [call('x'), new Uint8Array(4)], 'packet'],
    ['an array with a hole', Object.assign(Array(2), { 0: call('x') }), 'packet'],
    ['an array with a property', Object.assign([call('x'), new ArrayBuffer(1)], { extra: 1 }), 'packet'],
    ['too many buffers', [call('x'), ...Array.from({ length: 17 }, () => new ArrayBuffer(1))], 'packet'],
    ['too long a string', 'x'.repeat(300_000), 'packet'],
    ['too large buffers', [call('x'), new ArrayBuffer(65 << 20)], 'packet'],
    ['a buffer that can grow', [call('x'), Reflect.construct(ArrayBuffer, [1, { maxByteLength: 9 }])], 'packet'],
    [
      'too long a text',
      [JSON.stringify({ id: 'x', type: 'APPLY', path: ['echo'], argumentList: [raw('')] }), new ArrayBuffer(13 << 20)],
      'size',
    ],
    [
      'a text that is no UTF-8',
      [
        JSON.stringify({ id: 'x', type: 'APPLY', path: ['echo'], argumentList: [raw('')] }),
        new Uint8Array([255]).buffer,
      ],
      'grammar',
    ],
    ['no id', message({ id: '', type: 'APPLY', path: ['echo'], argumentList: [raw('[1]')] }), 'grammar'],
    ['a long id', call('x'.repeat(81)), 'grammar'],
    [
      'a long name of a method',
      message({ type: 'APPLY', path: ['x'.repeat(81)], argumentList: [raw('[1]')] }),
      'grammar',
    ],
    ['two arguments', message({ type: 'APPLY', path: ['echo'], argumentList: [raw('[1]'), raw('[1]')] }), 'grammar'],
    ['an argument that is no text', message({ type: 'APPLY', path: ['echo'], argumentList: [raw({})] }), 'grammar'],
    ['an extra key', message({ type: 'APPLY', path: ['echo'], argumentList: [raw('[1]')], extra: 1 }), 'grammar'],
    [
      'a text that no encoder wrote',
      message({ type: 'APPLY', path: ['echo'], argumentList: [raw('[[9]]')] }),
      'payload',
    ],
    [
      'a preview that is none',
      message({ type: 'APPLY', path: ['echo'], argumentList: [raw('[[0],["preview",{"type":"script"}]]')] }),
      'payload',
    ],
  ])('8: %s', (_, packet, reason) => expectRevoked(packet, reason));

  it('8: a duplicate id', async () => {
    const { port, violated } = open({ api: { echo: () => new Promise(() => {}) } });
    port.postMessage(call('x'));
    port.postMessage(call('x'));
    expect((await violated).reason).toBe('duplicate-id');
  });

  it('9: __proto__ in an argument is stripped', async () => {
    const { port, calls, next } = open();
    port.postMessage(
      message({
        type: 'APPLY',
        path: ['echo'],
        argumentList: [raw('[[0],["object","__proto__",[1],"a",1],["object","bad",1]]')],
      }),
    );
    await next();
    expect(calls).toStrictEqual([{ a: 1 }]);
  });

  it('10: a method that throws a secret', async () => {
    const { port, next } = open({
      api: {
        echo: () => {
          throw new TypeError('password is hunter2');
        },
      },
    });
    port.postMessage(call('x'));
    const reply = (await next()) as string;
    expect(unpack(reply)).toEqual({ kind: 'error', id: 'x', name: 'Error', message: 'The call of echo failed.' });
    expect(reply).not.toMatch(/hunter2|stack|host-endpoint/);
  });

  it('10: a PublicError crosses as name and message', async () => {
    const { port, next } = open({ api: { echo: () => Promise.reject(new PublicError('no such city')) } });
    port.postMessage(call('x'));
    expect(unpack(await next())).toEqual({ kind: 'error', id: 'x', name: 'PublicError', message: 'no such city' });
  });

  it('11: a HANDLER proxy for a reply ends the session and rejects what is pending', async () => {
    const { host, port, next, violated } = open();
    const pending = [host.call('run', 1), host.call('run', 2)];
    const first = unpack(await next());
    port.postMessage(JSON.stringify({ id: first.id, type: 'HANDLER', name: 'proxy', value: {} }));
    expect((await violated).reason).toBe('grammar');
    for (const one of await Promise.allSettled(pending))
      expect(one).toMatchObject({ status: 'rejected', reason: { name: 'PortClosedError' } });
    expect(host.pendingCount).toBe(0);
  });

  it('11: a reply that nobody asked for', () =>
    expectRevoked(pack({ kind: 'reply', id: 'x', payload: encode(1) }).packet, 'unexpected-reply'));

  it('11: a second reply', async () => {
    const { host, port, next, violated } = open();
    const called = host.call('run', 1);
    const { id } = unpack(await next());
    const reply = pack({ kind: 'reply', id, payload: encode('done') }).packet;
    port.postMessage(reply);
    port.postMessage(reply);
    expect(await called).toBe('done');
    expect((await violated).reason).toBe('unexpected-reply');
  });
});

describe('limits', () => {
  it('closes at one call too many in flight', async () => {
    const { port, violated, calls } = open({
      limits: { maxInFlight: 2 },
      api: {
        echo: (message) => {
          calls.push(message);
          return new Promise(() => {});
        },
      },
    });
    for (const id of ['a', 'b']) port.postMessage(call(id));
    await vi.waitUntil(() => calls.length === 2);
    port.postMessage(call('c'));
    expect((await violated).reason).toBe('in-flight');
    expect(calls).toHaveLength(2);
  });

  it('F5: closes at a call beside others with as many bytes as may be in flight, and not at an ordered one', async () => {
    const { port, violated, calls, next } = open({
      limits: { maxBytes: 500 },
      ordered: ['output'],
      api: {
        output: () => undefined,
        echo: (message) => {
          calls.push(message);
          return message === 'last' ? message : new Promise(() => {});
        },
      },
    });
    port.postMessage(call('a', 'echo', 'x'.repeat(300)));
    const replied = next();
    port.postMessage(call('b', 'echo', 'last'));
    await replied;
    port.postMessage(call('c', 'echo', 'y'.repeat(300)));
    await vi.waitUntil(() => calls.length === 3);
    const answered = next();
    port.postMessage(call('d', 'output'));
    await answered;
    port.postMessage(call('e', 'echo'));
    expect(await violated).toMatchObject({ reason: 'in-flight', detail: expect.stringContaining('bytes') as string });
    expect(calls).toHaveLength(3);
  });

  it.each([
    ['messages', { messages: { burst: 2, perMillisecond: 1 }, bytes: { burst: 1e6, perMillisecond: 1 } }],
    ['bytes', { messages: { burst: 100, perMillisecond: 1 }, bytes: { burst: 250, perMillisecond: 1 } }],
  ])('closes at too many %s for the time', async (_, traffic) => {
    const { port, violated, calls, next } = open({ limits: { traffic }, now: () => 0 });
    for (const id of ['a', 'b']) {
      port.postMessage(call(id));
      await next();
    }
    port.postMessage(call('c'));
    expect((await violated).reason).toBe('rate');
    expect(calls).toHaveLength(2);
  });
});

describe('calls', () => {
  it('carries values both ways, large ones beside the text', async () => {
    const { host, port, next } = open();
    const sent = { list: Array.from({ length: 60_000 }, (_, at) => at), bytes: new Uint8Array(100_000).fill(7) };
    const called = host.call('run', sent);
    const packet = await next();
    expect(packet).toHaveLength(3);
    const envelope = unpack(packet);
    if (envelope.kind !== 'call') throw new Error('expected a call');
    expect(envelope.method).toBe('run');
    expect((decode(envelope.payload) as typeof sent).list).toEqual(sent.list);
    const { packet: reply, transfer } = pack({ kind: 'reply', id: envelope.id, payload: envelope.payload });
    port.postMessage(reply, transfer);
    expect(((await called) as typeof sent).bytes[99_999]).toBe(7);
  });

  it('rejects with name and message of what the kernel threw', async () => {
    const { host, port, next } = open();
    const called = host.call('run', 1);
    const { id } = unpack(await next());
    port.postMessage(pack({ kind: 'error', id, name: 'SyntaxError', message: 'bad' }).packet);
    await expect(called).rejects.toMatchObject({ name: 'SyntaxError', message: 'bad' });
  });

  it('closes when a reply is not as it should be', async () => {
    const { host, port, next, violated } = open({
      replies: {
        run: () => {
          throw new TypeError('expected a number');
        },
      },
    });
    const called = host.call('run', 1);
    const { id } = unpack(await next());
    port.postMessage(pack({ kind: 'reply', id, payload: encode('x') }).packet);
    await expect(called).rejects.toMatchObject({ name: 'PortClosedError', cause: { name: 'ProtocolViolation' } });
    expect((await violated).reason).toBe('message');
  });

  it('rejects what is too large for a packet, and stays open', async () => {
    const { host, port, next } = open();
    const called = host.call('run', [new Uint8Array(40 << 20), '\ud83d\ude00'.repeat(9 << 20)]);
    await expect(called).rejects.toMatchObject({ name: 'RangeError' });
    port.postMessage(call('x'));
    expect(unpack(await next())).toMatchObject({ kind: 'reply', id: 'x' });
  });
});

describe('close', () => {
  it('rejects what is pending, ignores late replies of its own API, is idempotent and frees the port', async () => {
    const before = liveResources();
    const gate = withResolvers<string>();
    const { host, port } = open({ api: { echo: () => gate.promise } });
    expect(liveResources().port).toBe(before.port + 1);
    const called = host.call('run', 1);
    port.postMessage(call('x'));
    host.close('stopped');
    host.close('again');
    gate.resolve('late');
    await expect(called).rejects.toThrow('The port to the sandbox is closed: stopped.');
    await expect(host.call('run', 1)).rejects.toThrow('stopped');
    expect(liveResources()).toEqual(before);
  });
});

it('sends what an encoder wrote as it was', () => {
  expect(unpack(call('x', 'echo', { a: [1n] }))).toEqual({
    kind: 'call',
    id: 'x',
    method: 'echo',
    payload: { text: text({ a: [1n] }), buffers: [] },
  });
});

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

it('F5: many large replies at once are written in slices, between which others have their turn', async () => {
  const replies = 60;
  // A clock that moves with each look at it: how much fits into a slice does not depend on the machine.
  let time = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => ++time);
  toRelease.push(() => clock.mockRestore());
  const gate = withResolvers<string>();
  const asked = withResolvers<void>();
  let calls = 0;
  const echo = (): Promise<string> => {
    if (++calls === replies) asked.resolve();
    return gate.promise;
  };
  const { port } = open({ api: { echo } });
  const post = vi.spyOn(MessagePort.prototype, 'postMessage');
  toRelease.push(() => post.mockRestore());
  const written = (): number => post.mock.calls.filter(([packet]) => Array.isArray(packet)).length;
  const arrived = withResolvers<void>();
  let count = 0;
  port.onmessage = () => {
    if (++count === replies) arrived.resolve();
  };
  for (let id = 0; id < replies; id++) port.postMessage(call(`c${id}`));
  await asked.promise;
  gate.resolve('x'.repeat(1_000_000));
  // All microtasks, and no task of the event loop.
  await new Promise((resolve) => process.nextTick(resolve));
  expect(written()).toBeLessThan(replies);
  await arrived.promise;
  expect(written()).toBe(replies);
});

it('F5: the large replies of one session keep another waiting for one of them at a time', async () => {
  const replies = 30;
  let time = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => time);
  // To pack a large reply takes longer than a slice, and nothing else takes time.
  const encoder = vi.spyOn(TextEncoder.prototype, 'encode').mockImplementation(() => {
    time += 20;
    return new Uint8Array(1_000);
  });
  toRelease.push(() => {
    clock.mockRestore();
    encoder.mockRestore();
  });
  const gate = withResolvers<string>();
  const answered = withResolvers<number>();
  let written = 0;
  /** Node would give every message of one port before those of another, which browsers do not. */
  const openAtOnce = (echo: (value: unknown) => unknown, postMessage: () => void): ((id: string) => void) => {
    const port: Pick<MessagePort, 'postMessage' | 'onmessage' | 'onmessageerror' | 'close'> = {
      postMessage,
      onmessage: null,
      onmessageerror: null,
      close: () => undefined,
    };
    const host = openUncheckedHost(port as MessagePort, { api: { echo } });
    toRelease.push(() => host.close('end of test'));
    const receive = port.onmessage as unknown as (event: object) => void;
    return (id) => receive({ data: call(id), ports: [] });
  };
  const askFlooded = openAtOnce(
    () => gate.promise,
    () => written++,
  );
  const askOther = openAtOnce(
    (value) => value,
    () => answered.resolve(written),
  );
  for (let id = 0; id < replies; id++) askFlooded(`c${id}`);
  gate.resolve('x'.repeat(1_000_000));
  await new Promise((resolve) => process.nextTick(resolve));
  expect(written).toBe(1);
  askOther('small');
  // Another before the call is read, one in the same turn, and one before the reply is written.
  expect(await answered.promise).toBe(4);
});

it('B4: of closed endpoints, and of what they were sent, nothing is kept', async () => {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: WeakRef<object>[] = [];
  const use = async (): Promise<void> => {
    const { port1, port2 } = new MessageChannel();
    const received = withResolvers<void>();
    const host = openUncheckedHost(port1, {
      api: {
        echo: (message) => {
          kept.push(new WeakRef(message as object));
          received.resolve();
          return new Promise(() => {});
        },
      },
    });
    kept.push(new WeakRef(host));
    const unanswered = host.call('run', 1).catch(() => undefined);
    port2.postMessage(call('c', 'echo', { text: 'x'.repeat(1_000) }));
    await received.promise;
    host.close('over');
    port2.close();
    await unanswered;
  };
  for (let at = 0; at < 10; at++) await use();
  expect(kept).toHaveLength(20);
  await vi.waitUntil(
    () => {
      collect();
      return kept.every((one) => one.deref() === undefined);
    },
    { timeout: 20_000 },
  );
});
