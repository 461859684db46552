import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { enforcedTraffic } from '../src/protocol/endpoint/traffic.js';
import { startWorker } from './worker-session.js';

class FakeErrorEvent extends Event {
  constructor(readonly message: string) {
    super('error', { cancelable: true });
  }
}

/** A worker as the frame sees it. The test takes the part of the browser. */
class FakeWorker {
  static made: FakeWorker[] = [];
  static refuses: (address: string) => boolean = () => false;
  onmessage: (() => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  port!: MessagePort;
  source: unknown;
  terminated = false;

  constructor(readonly address: string) {
    FakeWorker.made.push(this);
    if (FakeWorker.refuses(address)) queueMicrotask(() => this.onerror?.(new Event('error')));
    else queueMicrotask(() => this.onmessage?.());
  }

  postMessage(source: unknown, [port]: readonly MessagePort[] = []): void {
    if (port === undefined) this.source = source;
    else this.port = port;
  }
  terminate(): void {
    this.terminated = true;
  }
}

const next = (port: MessagePort): Promise<unknown> =>
  new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
const closed = (port: MessagePort): Promise<unknown> =>
  new Promise((resolve) => {
    port.addEventListener('close', resolve);
  });

let control: MessageChannel;
let session: MessageChannel;
/** Starts a worker and gives it its session. */
async function start(source: Promise<string> = Promise.resolve('work();')): Promise<void> {
  startWorker(source).serve({ control: control.port2, session: session.port2 });
  await new Promise(setImmediate);
}
const worker = (): FakeWorker => FakeWorker.made.at(-1)!;

beforeEach(() => {
  control = new MessageChannel();
  session = new MessageChannel();
  FakeWorker.made = [];
  FakeWorker.refuses = () => false;
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('ErrorEvent', FakeErrorEvent);
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const { port1, port2 } of [control, session]) {
    port1.close();
    port2.close();
  }
  for (const { port } of FakeWorker.made) port?.close();
});

describe('startWorker', () => {
  it('carries packets both ways, buffers too', async () => {
    await start();
    session.port1.postMessage(['to worker', new ArrayBuffer(8)]);
    expect(await next(worker().port)).toMatchObject(['to worker', { byteLength: 8 }]);
    worker().port.postMessage(['to page', new ArrayBuffer(16)]);
    expect(await next(session.port1)).toMatchObject(['to page', { byteLength: 16 }]);
    expect(worker().address).toMatch(/^data:text\/javascript,/);
    expect(worker().source).toBe('work();');
  });

  it('starts the worker before the page has handed over a session, and before its source has arrived', async () => {
    let arrive!: (source: string) => void;
    const starting = startWorker(
      new Promise((resolve) => {
        arrive = resolve;
      }),
    );
    expect(FakeWorker.made).toHaveLength(1);
    session.port1.postMessage('start');
    starting.serve({ control: control.port2, session: session.port2 });
    arrive('work();');
    await vi.waitUntil(() => worker().port !== undefined);
    expect(await next(worker().port)).toBe('start');
  });

  it('reports a worker that could not start when the page hands over a session after that', async () => {
    FakeWorker.refuses = () => true;
    const starting = startWorker(Promise.resolve('work();'));
    await vi.waitUntil(() => FakeWorker.made.at(-1)?.terminated === true && FakeWorker.made.length === 2);
    starting.serve({ control: control.port2, session: session.port2 });
    expect(await next(control.port1)).toMatchObject({ type: 'killed', reason: 'worker' });
  });

  it('reports a source that did not arrive', async () => {
    const killed = next(control.port1);
    await start(Promise.reject(new Error('runner.html did not arrive whole')));
    expect(await killed).toMatchObject({
      type: 'killed',
      reason: 'worker',
      detail: 'runner.html did not arrive whole',
    });
    expect(worker().terminated).toBe(true);
  });

  it('becomes its source, and hears nothing more where it heard it', async () => {
    const scope: { onmessage: ((event: { data: string }) => void) | null; said: unknown[] } = {
      onmessage: null,
      said: [],
    };
    await start();
    const bootstrap = decodeURIComponent(worker().address.slice('data:text/javascript,'.length));
    // oxlint-disable-next-line no-new-func
    new Function('scope', 'postMessage', `with (scope) { ${bootstrap} }`)(scope, (said: unknown) =>
      scope.said.push(said),
    );
    expect(scope.said).toEqual([0]);
    scope.onmessage?.({ data: 'globalThis.isBooted = true' });
    expect((globalThis as { isBooted?: boolean }).isBooted).toBe(true);
    expect(scope.onmessage).toBeNull();
  });

  it('hears nothing on the global channel once its worker has started (regression 14)', async () => {
    await start();
    session.port1.postMessage('x');
    await next(worker().port);
    expect(worker().onmessage).toBeNull();
  });

  it('answers pings', async () => {
    await start();
    control.port1.postMessage({ type: 'ping', count: 4 });
    expect(await next(control.port1)).toEqual({ type: 'pong', count: 4 });
  });

  it('uses a blob: address where data: is refused, and loses nothing that the page has sent', async () => {
    FakeWorker.refuses = (address) => address.startsWith('data:');
    await start();
    session.port1.postMessage('start');
    await vi.waitUntil(() => FakeWorker.made.length === 2);
    expect(await next(worker().port)).toBe('start');
    expect(worker().address).toMatch(/^blob:/);
    expect(FakeWorker.made[0]!.terminated).toBe(true);
  });

  it('reports a worker that no address starts', async () => {
    FakeWorker.refuses = () => true;
    await start();
    expect(await next(control.port1)).toEqual({
      type: 'killed',
      reason: 'worker',
      detail: 'the browser refused to load it',
    });
    expect(FakeWorker.made.map(({ terminated }) => terminated)).toEqual([true, true]);
  });

  it('reports a worker whose script throws before it has spoken', async () => {
    await start();
    worker().onerror?.(new FakeErrorEvent('boot failed'));
    expect(await next(control.port1)).toEqual({ type: 'killed', reason: 'worker', detail: 'boot failed' });
  });

  it('takes an error of a worker that has spoken for its own business', async () => {
    await start();
    worker().port.postMessage('hello');
    await next(session.port1);
    worker().onerror?.(new FakeErrorEvent('late'));
    worker().port.postMessage('still there');
    expect(await next(session.port1)).toBe('still there');
  });

  it.each<[string, (port: MessagePort) => void]>([
    ['a message that is invalid or too large', (port) => port.postMessage({ graph: [] })],
    [
      'too many messages',
      (port) => {
        for (let at = 0; at <= enforcedTraffic.messages.burst * 3; at++) port.postMessage('');
      },
    ],
  ])('ends a worker that sends %s, closes the session and reports', async (detail, send) => {
    await start();
    const sessionClosed = closed(session.port1);
    send(worker().port);
    expect(await next(control.port1)).toMatchObject({
      type: 'killed',
      reason: 'traffic',
      detail: expect.stringContaining(detail) as string,
    });
    expect(worker().terminated).toBe(true);
    session.port1.start();
    await sessionClosed;
  });

  it('ends everything when it is told to', async () => {
    await start();
    const ends = [closed(session.port1), closed(control.port1), closed(worker().port)];
    for (const port of [session.port1, control.port1, worker().port]) port.start();
    control.port1.postMessage({ type: 'terminate' });
    await Promise.all(ends);
    expect(worker().terminated).toBe(true);
  });
});
