import { describe, expect, it } from 'vitest';
import { contextualThenable, wrapThenable } from './contextual-thenable.js';
import { current } from './current.js';
import { Variable } from './variable.js';

const variable = new Variable<string>();
const mapping = variable.run('here', () => current.mapping);

/** The names of steps in the order in which their microtasks ran. */
async function order(resolveWith: (value: unknown) => unknown, value: unknown): Promise<string[]> {
  const log: string[] = [];
  let ticks = Promise.resolve();
  for (const tick of ['1', '2', '3', '4']) ticks = ticks.then(() => void log.push(tick));
  const settled = (async () => {
    try {
      await resolveWith(value);
      log.push('resolved');
    } catch {
      log.push('rejected');
    }
  })();
  await Promise.all([ticks, settled]);
  return log;
}

describe('contextualThenable', () => {
  it('asks a thenable in the context, with its own this', async () => {
    const seen: unknown[] = [];
    const thenable = {
      then(resolve: (value: string) => void) {
        seen.push(this === thenable, variable.get());
        resolve('done');
      },
    };
    expect(await contextualThenable(mapping, thenable)).toBe('done');
    expect(seen).toEqual([true, 'here']);
    expect(current.mapping).toBeUndefined();
  });

  it.each([[undefined], [null], [5], ['then'], [Symbol.iterator], [{}], [{ then: 5 }], [Promise.resolve()], [() => 1]])('gives %o back', (value) => {
    expect(contextualThenable(mapping, value)).toBe(value);
  });

  it('reads then once, and where that throws, rejects or throws', async () => {
    let reads = 0;
    const thenable = { get then() { reads += 1; return (resolve: () => void) => resolve(); } };
    await contextualThenable(mapping, thenable);
    expect(reads).toBe(1);
    const throwing = { get then(): never { throw new RangeError('x'); } };
    await expect(contextualThenable(mapping, throwing)).rejects.toThrow(RangeError);
    expect(() => wrapThenable(mapping, throwing)).toThrow(RangeError);
  });

  class Own extends Promise<number> {}
  const posing = Object.assign(Object.setPrototypeOf(Promise.resolve(1), Own.prototype) as object, { constructor: Promise });
  it.each<[string, () => unknown]>([
    ['a thenable', () => ({ then: (resolve: () => void) => resolve() })],
    ['a promise of a subclass', () => Own.resolve(1)],
    ['a promise of a subclass that poses as plain', () => posing],
    ['a throwing getter', () => ({ get then(): never { throw new Error('x'); } })],
    ['a rejected promise', () => Promise.reject(new Error('x'))],
  ])('takes as many ticks as await of %s itself', async (_name, make) => {
    expect(await order((value) => contextualThenable(mapping, value), make())).toEqual(await order((value) => value, make()));
  });
});
