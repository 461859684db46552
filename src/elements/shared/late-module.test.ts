import { afterEach, describe, expect, it, vi } from 'vitest';
import { LateModule } from './late-module.js';

afterEach(() => vi.restoreAllMocks());

function late() {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(50_000);
  const load = vi.fn<() => Promise<unknown>>();
  const module = new LateModule(load);
  const retried = (): Promise<void> => new Promise((resolve) => module.retry(resolve));
  return { module, load, clock, retried };
}

describe('a module that elements need later', () => {
  it('is imported once, and tells each element that waits', async () => {
    const { module, load } = late();
    load.mockResolvedValue({});
    await Promise.all([1, 2].map(() => new Promise<void>((resolve) => module.need(resolve))));
    module.need();
    module.retry();
    expect(load).toHaveBeenCalledTimes(1);
    expect(module.hasFailed).toBe(false);
  });

  it('is asked for again after a failure: at once when the reader asks, and else after a pause', async () => {
    const { module, load, clock, retried } = late();
    load.mockRejectedValue(new TypeError('Failed to fetch'));
    await retried();
    expect([module.hasFailed, module.isBroken]).toEqual([true, false]);
    module.need();
    expect(load).toHaveBeenCalledTimes(1);
    await retried();
    expect(load).toHaveBeenCalledTimes(2);
    clock.mockReturnValue(70_000);
    load.mockResolvedValue({});
    await new Promise<void>((resolve) => module.need(resolve));
    expect(load).toHaveBeenCalledTimes(3);
    expect(module.hasFailed).toBe(false);
  });

  it('is not asked for again by itself if it did not arrive whole: the browser would give the same', async () => {
    const { module, load, clock, retried } = late();
    load.mockRejectedValue(new SyntaxError('Unexpected end of input'));
    await retried();
    clock.mockReturnValue(70_000);
    module.need();
    expect(load).toHaveBeenCalledTimes(1);
    expect(module.isBroken).toBe(true);
  });
});
