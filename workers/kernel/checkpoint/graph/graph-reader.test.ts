import { expect, it } from 'vitest';
import { reasonOf } from './graph-reader.js';
import { CheckpointedNamespace } from '../testing/checkpointed-namespace.js';

const proxies = new WeakSet<object>();
const reason = (thrown: unknown): string => reasonOf(thrown, (value) => proxies.has(value));

it.each([
  [new TypeError('no'), 'TypeError: no'],
  [new DOMException('gone', 'AbortError'), 'AbortError: gone'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [Symbol('s'), 'Symbol(s)'],
  [{ message: 'plain' }, 'an object was thrown'],
  [new Error('x'.repeat(1_000)), `Error: ${'x'.repeat(493)}`],
])('gives %s as a reason', (thrown, expected) => {
  expect(reason(thrown)).toBe(expected);
});

it('F2: runs no code of what was thrown', () => {
  const ran: string[] = [];
  const note = (what: string) => () => {
    ran.push(what);
    return what;
  };
  const trapped = new Proxy({}, new Proxy({}, { get: (_, trap) => void ran.push(String(trap)) }));
  proxies.add(trapped);
  const error = new Error('own');
  for (const key of ['name', 'message']) Object.defineProperty(error, key, { get: note(key) });
  const hostile = { toString: note('toString'), [Symbol.toPrimitive]: note('toPrimitive') };
  for (const thrown of [trapped, error, hostile, Object.assign(() => 0, hostile)]) reason(thrown);
  expect(ran).toEqual([]);
});

it('F2: asks no constructor whether what it made is one of its own', async () => {
  const kept = new CheckpointedNamespace();
  await kept.run('const set = new Set([1, 2]); const map = new Map([[1, 2]])');
  kept.update();
  const ran: unknown[] = [];
  for (const constructor of [Set, Map])
    Object.defineProperty(constructor, Symbol.hasInstance, { configurable: true, value: () => ran.push(1) > 0 });
  try {
    expect(kept.readData()).toEqual({ set: new Set([1, 2]), map: new Map([[1, 2]]) });
  } finally {
    for (const constructor of [Set, Map]) Reflect.deleteProperty(constructor, Symbol.hasInstance);
  }
  expect(ran).toEqual([]);
});
