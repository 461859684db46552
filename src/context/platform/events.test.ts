import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { current, type AmbientExecution } from '../current.js';
import { runInMapping } from '../async-context/snapshot.js';
import { Variable } from '../async-context/variable.js';
import { patchEvents } from './events.js';
import { installPlatform, type InstalledPlatform } from './install.js';
import { Patches } from './patches.js';

const variable = new Variable<string>();
const execution: AmbientExecution = { id: 'e', interruption: undefined };
const other: AmbientExecution = { id: 'o', interruption: undefined };
let platform: InstalledPlatform;
beforeEach(() => {
  platform = installPlatform();
});
afterEach(() => platform.dispose());

const within = <T>(owner: AmbientExecution, fn: () => T): T =>
  runInMapping({ execution: owner, values: new Map() }, fn, undefined, []);
const seen = (): readonly unknown[] => [current.mapping?.execution?.id, variable.get()];

describe('event listeners', () => {
  it('get what is no event as it is, from a port of Node', async () => {
    const { port1, port2 } = new MessageChannel();
    const got = new Promise((resolve) => (port1 as unknown as NodeJS.EventEmitter).on('message', resolve));
    port2.postMessage({ a: 1 });
    expect(await got).toEqual({ a: 1 });
    port1.close();
  });

  it('see the context of a synchronous dispatch', () => {
    const target = new EventTarget();
    const log: unknown[] = [];
    within(execution, () => variable.run('registered', () => target.addEventListener('x', () => log.push(seen()))));
    within(other, () => variable.run('dispatched', () => target.dispatchEvent(new Event('x'))));
    expect(log).toEqual([['o', 'dispatched']]);
  });

  it('of an event from nowhere see no variables, and the execution that registered them', () => {
    const target = new EventTarget();
    const log: unknown[] = [];
    within(execution, () => variable.run('registered', () => target.addEventListener('x', () => log.push(seen()))));
    target.addEventListener('x', () => log.push(seen()));
    target.dispatchEvent(new Event('x'));
    expect(log).toEqual([
      ['e', undefined],
      [undefined, undefined],
    ]);
    expect(current.mapping).toBeUndefined();
  });

  it('of message ports see no variables, and their execution', async () => {
    const { port1, port2 } = new MessageChannel();
    const attribute = new Promise((resolve) =>
      within(execution, () =>
        variable.run('x', () => {
          port2.onmessage = () => resolve(seen());
        }),
      ),
    );
    port1.postMessage(1);
    expect(await attribute).toEqual(['e', undefined]);
    port1.close();
  });

  it('F4 of a task of the platform see nothing that was left behind', () => {
    const target = new EventTarget();
    const log: unknown[] = [];
    within(execution, () => target.addEventListener('message', () => log.push(current.mapping?.execution?.id)));
    current.mapping = { execution: other, values: new Map() };
    target.dispatchEvent(new Event('message'));
    target.dispatchEvent(Object.defineProperty(new Event('message'), 'isTrusted', { value: true }));
    expect(log).toEqual(['o', 'e']);
    expect(current.mapping).toBeUndefined();
  });

  it('are found again: removed, added twice, once, by signal, as objects, with their this', () => {
    const target = new EventTarget();
    const log: string[] = [];
    const twice = (): void => void log.push('twice');
    const removed = (): void => void log.push('removed');
    const object = {
      name: 'object',
      handleEvent(event: Event) {
        log.push(`${this.name} ${event.type}`);
      },
    };
    const controller = new AbortController();
    within(execution, () => {
      target.addEventListener('x', twice);
      target.addEventListener('x', removed);
      target.addEventListener('x', object);
      target.addEventListener('x', () => log.push('once'), { once: true });
      target.addEventListener('x', () => log.push('aborted'), { signal: controller.signal });
      target.addEventListener('x', function (this: EventTarget) {
        log.push(String(this === target));
      });
      target.addEventListener('x', null);
    });
    within(other, () => target.addEventListener('x', twice));
    target.removeEventListener('x', removed);
    controller.abort();
    target.dispatchEvent(new Event('x'));
    target.dispatchEvent(new Event('x'));
    expect(log).toEqual(['twice', 'object x', 'once', 'true', 'twice', 'object x', 'true']);
    target.removeEventListener('x', object);
    target.removeEventListener('x', twice);
    log.length = 0;
    target.dispatchEvent(new Event('x'));
    expect(log).toEqual(['true']);
  });

  it('tell the executions of one listener on two targets apart', () => {
    const targets = [new EventTarget(), new EventTarget()] as const;
    const log: unknown[] = [];
    const listener = (): void => void log.push(current.mapping?.execution?.id);
    within(execution, () => targets[0].addEventListener('x', listener));
    within(other, () => targets[1].addEventListener('x', listener));
    for (const target of targets) target.dispatchEvent(new Event('x'));
    expect(log).toEqual(['e', 'o']);
  });

  it('of an AbortSignal see who aborts, and are called for an interrupted execution too', () => {
    const controller = new AbortController();
    const log: unknown[] = [];
    const stopped: AmbientExecution = { id: 's', interruption: undefined };
    within(stopped, () => {
      controller.signal.addEventListener('abort', () => log.push(seen()));
      controller.signal.onabort = () => log.push('onabort');
    });
    stopped.interruption = new Error('stopped');
    controller.abort();
    expect(log).toEqual([['s', undefined], 'onabort']);
  });

  it('kept as handlers read back as they were set', () => {
    const { signal } = new AbortController();
    const handler = (): void => undefined;
    within(execution, () => {
      signal.onabort = handler;
    });
    expect(signal.onabort).toBe(handler);
    signal.onabort = null;
    expect(signal.onabort).toBeNull();
  });

  it('kept as handlers see no variables, and the execution that set them', () => {
    class FakeSocket extends EventTarget {
      #handler: ((event: Event) => void) | undefined;

      get onmessage() {
        return this.#handler;
      }

      set onmessage(handler) {
        this.#handler = handler;
      }

      receive(): void {
        this.#handler?.(new Event('message'));
      }
    }
    const patches = new Patches();
    patchEvents(patches, { EventTarget, FakeSocket } as unknown as typeof globalThis);
    const log: unknown[] = [];
    const socket = new FakeSocket();
    within(execution, () =>
      variable.run('set', () => {
        socket.onmessage = () => log.push(seen());
      }),
    );
    socket.receive();
    patches.dispose();
    expect(log).toEqual([['e', undefined]]);
  });
});

describe('events that answer something', () => {
  /** A realm with the classes of a browser, as far as their events go. */
  function browser() {
    class FakeXMLHttpRequest extends EventTarget {
      readonly upload = new EventTarget();
      send(): void {}
    }
    class FakeFileReader extends EventTarget {
      readAsText(): void {}
    }
    class FakeRequest extends EventTarget {}
    class FakeObjectStore {
      get(): FakeRequest {
        return new FakeRequest();
      }
    }
    const realm = {
      EventTarget,
      XMLHttpRequest: FakeXMLHttpRequest,
      FileReader: FakeFileReader,
      IDBRequest: FakeRequest,
      IDBObjectStore: FakeObjectStore,
    };
    const patches = new Patches();
    platform.dispose();
    patchEvents(patches, realm as unknown as typeof globalThis);
    platform = { ...platform, dispose: () => patches.dispose() };
    return realm;
  }

  it('come in the context of send(), of the request, of the reading', () => {
    const realm = browser();
    const log: unknown[] = [];
    const note = (): void => void log.push(seen());
    const request = new realm.XMLHttpRequest();
    const reader = new realm.FileReader();
    const targets = within(execution, () =>
      variable.run('registered', () => {
        const answer = variable.run('asked', () => new realm.IDBObjectStore().get());
        for (const target of [request, request.upload, reader, answer]) target.addEventListener('load', note);
        return [request, request.upload, reader, answer];
      }),
    );
    within(other, () =>
      variable.run('sent', () => {
        request.send();
        reader.readAsText();
      }),
    );
    for (const target of targets) target.dispatchEvent(new Event('load'));
    expect(log).toEqual([
      ['o', 'sent'],
      ['o', 'sent'],
      ['o', 'sent'],
      ['e', 'asked'],
    ]);
  });

  it('an error or a rejection comes in the context in which it was thrown', async () => {
    const thrown = new Error('x');
    await within(other, () =>
      variable.run('threw', () =>
        Promise.resolve().then(() => {
          throw thrown;
        }),
      ),
    ).catch(() => undefined);
    const target = new EventTarget();
    const log: unknown[] = [];
    within(execution, () =>
      ['error', 'unhandledrejection'].forEach((type) => target.addEventListener(type, () => log.push(seen()))),
    );
    target.dispatchEvent(Object.assign(new Event('error'), { error: thrown }));
    target.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: thrown }));
    target.dispatchEvent(Object.assign(new Event('error'), { error: new Error('of nobody') }));
    expect(log).toEqual([
      ['o', 'threw'],
      ['o', 'threw'],
      ['e', undefined],
    ]);
  });
});
