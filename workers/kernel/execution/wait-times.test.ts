import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServedKernel } from '../testing/served-kernel.js';

const kernel = new ServedKernel({});

beforeAll(() => kernel.start());
afterAll(() => kernel.close());

const sleep = 'const sleep = () => new Promise((resolve) => setTimeout(resolve, 20));';

/** Lengths of the waits, in milliseconds. */
async function waits(code: string): Promise<number[]> {
  const { timings = [] } = await kernel.run(code, { traced: true });
  const [compiled, ended, ...times] = timings;
  expect(compiled).toBeLessThanOrEqual(ended!);
  const lengths: number[] = [];
  for (let index = 0; index < times.length; index += 2) {
    expect(times[index]).toBeGreaterThanOrEqual(compiled!);
    expect(times[index + 1]).toBeLessThanOrEqual(ended!);
    lengths.push(times[index + 1]! - times[index]!);
  }
  return lengths;
}

describe('the times of a traced execution', () => {
  it('G2: are reported only if the host asks', async () => {
    expect((await kernel.run('1')).timings).toBeUndefined();
    expect((await kernel.run('1', { traced: true })).timings).toHaveLength(2);
  });

  it('G2: have each wait of the top level, of whatever form', async () => {
    expect(
      await waits(`${sleep} await sleep(); const a = [await sleep()]; for (const x of [1, 2]) { await sleep() }`),
    ).toHaveLength(4);
    expect(await waits('const inner = async () => { await sleep(); await sleep() }; await inner()')).toHaveLength(1);
    expect(await waits('try { await sleep().then(() => { throw 1 }) } catch {} 1')).toHaveLength(1);
    expect(await waits('await sleep().then(() => { throw 1 })')).toHaveLength(1);
    for (const length of await waits('await sleep()')) expect(length).toBeGreaterThan(10);
  });

  it('G2: are few, whatever the code does', async () => {
    expect((await waits('for (let i = 0; i < 5_000; i++) await null')).length).toBeLessThanOrEqual(100);
    expect(
      await waits('for (let i = 0; i < 110; i++) await new Promise((resolve) => setTimeout(resolve, 2))'),
    ).toHaveLength(100);
  });

  it('F2: call nothing that the code has patched', async () => {
    // Nothing else of the process runs before it is put back.
    const { value, timings } = await kernel.run(
      `let called = 0;
      Object.defineProperty(Array.prototype, 0, { configurable: true, set() { called++ } });
      const { now } = performance;
      performance.now = () => { called++; return 0 };
      await Promise.resolve().then(() => { const start = Date.now(); while (Date.now() - start < 5); });
      delete Array.prototype[0];
      performance.now = now;
      called`,
      { traced: true },
    );
    expect([value, timings?.length]).toEqual([0, 4]);
  });
});
