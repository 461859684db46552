import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settlesInGrace } from './grace.js';

const never = new Promise<never>(() => undefined);

describe('F8: the grace', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is over once the worker was silent for it', async () => {
    const client = { heard: 3, probe: async () => undefined };
    const outcome = settlesInGrace(client, never, 500);
    await vi.advanceTimersByTimeAsync(500);
    expect(await outcome).toBe(false);
  });

  it('begins anew with each sign of life', async () => {
    const client = { heard: 0, probe: async () => undefined };
    let settle = (): void => undefined;
    const outcome = settlesInGrace(client, new Promise<void>((resolve) => (settle = resolve)), 500);
    for (let at = 0; at < 10; at++) {
      await vi.advanceTimersByTimeAsync(400);
      client.heard++;
    }
    settle();
    expect(await outcome).toBe(true);
  });

  it('lasts until the frame was heard', async () => {
    let answer = (): void => undefined;
    const probe = (): Promise<void> => new Promise((resolve) => (answer = resolve));
    let settle = (): void => undefined;
    const outcome = settlesInGrace({ heard: 0, probe }, new Promise<void>((resolve) => (settle = resolve)), 500);
    await vi.advanceTimersByTimeAsync(60_000);
    settle();
    answer();
    expect(await outcome).toBe(true);
  });
});
