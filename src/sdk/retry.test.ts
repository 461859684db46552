import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodemodeError } from './errors/codemode-error.js';
import { RunnerUnavailableError } from './errors/session-errors.js';
import { backoffDelay, retry } from './retry.js';

const transient = (): Error => new RunnerUnavailableError('/runner.html', 'It did not answer.', { transient: true });

describe('A8 backoffDelay', () => {
  it('A8 doubles from 100 ms, with a jitter of 0.8 to 1.2, to 5,000 ms at most', () => {
    expect([1, 2, 3, 4].map((failed) => backoffDelay(failed, 0.5))).toEqual([100, 200, 400, 800]);
    expect(backoffDelay(1, 0)).toBe(80);
    expect(backoffDelay(1, 1)).toBeCloseTo(120);
    expect(backoffDelay(20, 0)).toBe(5_000);
  });

  it('A8 stays within its bounds for any attempt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (failed, random) => {
        const delay = backoffDelay(failed, random);
        expect(delay).toBeGreaterThanOrEqual(Math.min(5_000, 80 * 2 ** (failed - 1)));
        expect(delay).toBeLessThanOrEqual(Math.min(5_000, 120.000001 * 2 ** (failed - 1)));
      }),
    );
  });
});

describe('A8 retry', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('A8 makes three attempts of what fails transiently, and rejects with the last failure', async () => {
    const failures: Error[] = [];
    const operation = vi.fn(() => {
      const error = transient();
      failures.push(error);
      throw error;
    });
    const outcome = retry(operation, { random: () => 0.5 }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(99);
    expect(operation).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(operation).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(199);
    expect(operation).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toBe(failures[2]);
    expect(operation.mock.calls).toEqual([[1], [2], [3]]);
  });

  it('A8 gives the first success, and lets a ticker tick meanwhile', async () => {
    let ticks = 0;
    const ticker = setInterval(() => (ticks += 1), 10);
    const outcome = retry(
      (attempt) => {
        if (attempt < 3) throw transient();
        return 'done';
      },
      { random: () => 0.5 },
    );
    await vi.advanceTimersByTimeAsync(300);
    expect(await outcome).toBe('done');
    clearInterval(ticker);
    expect(ticks).toBe(30);
  });

  it.each([
    ['one of ours', new CodemodeError('no')],
    ['a plain error', new Error('no')],
    ['a mistake in code', new TypeError('x is not a function')],
  ])('A8 makes one attempt of what fails for good: %s', async (_name, error) => {
    const operation = vi.fn(() => Promise.reject(error));
    await expect(retry(operation)).rejects.toBe(error);
    expect(operation).toHaveBeenCalledTimes(1);
  });

  it('A8 tries again after a failure of the network', async () => {
    const operation = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
    const outcome = retry(operation).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await outcome).toBeInstanceOf(TypeError);
    expect(operation).toHaveBeenCalledTimes(3);
  });

  it('A8 waits no more when its signal was aborted while it tried', async () => {
    const controller = new AbortController();
    const error = transient();
    const operation = vi.fn(() => {
      controller.abort(new Error('closed'));
      return Promise.reject(error);
    });
    await expect(retry(operation, { signal: controller.signal })).rejects.toBe(error);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('A8 ends when its signal aborts during the wait, with the reason, and leaves no timer', async () => {
    const controller = new AbortController();
    const operation = vi.fn(() => Promise.reject(transient()));
    const outcome = retry(operation, { signal: controller.signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(10);
    const reason = new CodemodeError('closed');
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(operation).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
