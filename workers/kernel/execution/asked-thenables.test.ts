import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pacing } from '../../../src/context/pacing.js';
import { ServedKernel } from '../testing/served-kernel.js';

/** Each waits for thenables without an end: `t`, `pair` and `fresh()` resolve with such a thenable again, as long as `more()`. */
const programs: Readonly<Record<string, string>> = {
  await: 'await t',
  'await of two that resolve with each other': 'await pair',
  'await of a getter that gives another each time': 'await fresh()',
  'await of a function': 'await fn',
  'await of a class': 'await Static',
  'await of a proxy': 'await proxy',
  return: 'await (async () => t)()',
  'Promise.resolve': 'await Promise.resolve(t)',
  'new Promise': 'await new Promise((resolve) => resolve(t))',
  'a reaction': 'await Promise.resolve().then(() => t)',
  finally: 'await Promise.resolve().finally(() => t)',
  'Promise.all': 'await Promise.all([t])',
  'an async iterator': 'for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => t }) });',
  'values of a sync iterator': 'for await (const x of [t]);',
  'yield*':
    'async function* all() { yield* { [Symbol.asyncIterator]: () => ({ next: () => t }) } } for await (const x of all());',
  yield: 'async function* one() { yield t } for await (const x of one());',
  'return of a generator': 'async function* one() { yield 1 } await one().return(t)',
  'the source of a stream': 'await new ReadableStream({ pull: () => t }).getReader().read()',
  'the start of a stream': 'await new ReadableStream({ start: () => t }).getReader().read()',
  'code of eval': 'await eval("(async () => { await t })()")',
  'microtasks of a thenable': 'await { then(resolve) { queueMicrotask(() => resolve(t)) } }',
};

/** Without the mend a program ends by itself, after long. */
const given = `
  let left = 0;
  const more = () => left-- > 0;
  const t = { then(resolve) { resolve(more() ? t : { done: true }) } };
  const other = { then(resolve) { resolve(more() ? pair : 1) } }, pair = { then(resolve) { resolve(other) } };
  const fresh = () => ({ get then() { return (resolve) => resolve(more() ? fresh() : 1) } });
  const fn = Object.assign(() => {}, { then: (resolve) => resolve(more() ? fn : 1) });
  class Static { static then(resolve) { resolve(more() ? Static : 1) } }
  const proxy = new Proxy({}, { get: (_, key) => key === 'then' ? (resolve) => resolve(more() ? proxy : 1) : undefined });
`;

describe('C9: thenables that resolve with thenables', () => {
  let kernel: ServedKernel;
  const unpaced = { ...pacing };

  beforeAll(async () => {
    // Every hundredth await or reaction lets the event loop turn.
    pacing.left = 0;
    pacing.delay = (value) => {
      pacing.left = 100;
      return new Promise((resolve) => {
        setImmediate(() => resolve(value));
      });
    };
    kernel = new ServedKernel();
    await kernel.start();
    expect(await kernel.run(given)).toMatchObject({ ok: true });
  });

  afterAll(() => {
    kernel.close();
    Object.assign(pacing, unpaced);
  });

  it.each(Object.entries(programs))('%s: a Stop is heard', async (_, code) => {
    const context = kernel.context();
    const running = kernel.run(`left = 300_000; try { ${code} } finally { left = -1 }`, { context, announces: true });
    await expect.poll(() => kernel.running).toContain(context.runId);
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    const error = { name: 'CancelledError', message: 'stopped', stack: '', frames: [] };
    await kernel.host.call('cancel', { context: kernel.context(), runId: context.runId, error });
    expect(await running).toMatchObject({ ok: false, error: { name: 'CancelledError' } });
    expect(await kernel.read('left')).toBe(-1);
  });

  it('of a subclass are made in the context of the code that awaits', async () => {
    await kernel.run(
      `let owned = []; class Owned extends Promise { constructor(run) { super(run); owned.push(typeof context.runId) } }`,
    );
    const { value, error } = await kernel.run(`await new Owned((resolve) => resolve()); owned`);
    // The second is what `then` gives to the await.
    expect([value, error]).toEqual([['string', 'string'], undefined]);
  });
});
