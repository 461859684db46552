import { afterEach, expect, it } from 'vitest';
import { current, type AmbientExecution } from '../current.js';
import { Patches } from './patches.js';
import { patchRequests } from './requests.js';

class Interrupted extends Error {}

interface Realm {
  readonly fetch: (input: unknown, init?: { signal?: AbortSignal | null }) => Promise<unknown>;
  readonly XMLHttpRequest: new () => EventTarget & { send(): void; isAborted: boolean };
}

/** A realm whose requests are never answered. */
function createRealm(): { realm: Realm; seen: (AbortSignal | null | undefined)[]; patches: Patches } {
  const seen: (AbortSignal | null | undefined)[] = [];
  const realm: Realm = {
    fetch: (_input, init) =>
      new Promise((_, reject) => {
        seen.push(init?.signal);
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      }),
    XMLHttpRequest: class extends EventTarget {
      isAborted = false;
      send(): void {}
      abort(): void {
        this.isAborted = true;
      }
    },
  };
  const patches = new Patches();
  patchRequests(patches, realm as unknown as typeof globalThis);
  return { realm, seen, patches };
}

function execution(): AmbientExecution & { interrupt(): void; readonly waiting: number } {
  const callbacks = new Set<(reason: Error) => void>();
  return {
    id: 'x',
    interruption: undefined,
    onInterrupt(callback) {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    get waiting() {
      return callbacks.size;
    },
    interrupt() {
      for (const callback of callbacks) callback(new Interrupted());
    },
  };
}

afterEach(() => {
  current.mapping = undefined;
});

it('C9: a fetch ends with the execution that asked for it, and with its own signal', async () => {
  const { realm } = createRealm();
  const first = execution();
  const second = execution();
  const controller = new AbortController();
  current.mapping = { execution: first, values: new Map() };
  const plain = realm.fetch('a');
  const signalled = realm.fetch('b', { signal: controller.signal });
  current.mapping = { execution: second, values: new Map() };
  const other = realm.fetch('c');
  const own = realm.fetch(new Request('http://example.org/d', { signal: controller.signal }));
  first.interrupt();
  await expect(plain).rejects.toBeInstanceOf(Interrupted);
  await expect(signalled).rejects.toBeInstanceOf(Interrupted);
  controller.abort(new Error('own'));
  await expect(own).rejects.toThrow('own');
  second.interrupt();
  await expect(other).rejects.toBeInstanceOf(Interrupted);
});

it('leaves a fetch of nobody as it is, and is put back', () => {
  const { realm, seen, patches } = createRealm();
  void realm.fetch('a');
  expect(seen).toEqual([undefined]);
  patches.dispose();
  current.mapping = { execution: execution(), values: new Map() };
  void realm.fetch('b');
  expect(seen).toEqual([undefined, undefined]);
});

it('C9: a request of the older kind is aborted too, and not waited for once it has ended', () => {
  const { realm } = createRealm();
  const first = execution();
  current.mapping = { execution: first, values: new Map() };
  const request = new realm.XMLHttpRequest();
  const answered = new realm.XMLHttpRequest();
  request.send();
  answered.send();
  answered.dispatchEvent(new Event('loadend'));
  expect(first.waiting).toBe(1);
  first.interrupt();
  expect([request.isAborted, answered.isAborted]).toEqual([true, false]);
});
