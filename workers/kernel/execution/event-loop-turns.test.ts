import { afterEach, describe, expect, it } from 'vitest';
import { paced } from '../../../src/context/pacing.js';
import { giveTurns } from './event-loop-turns.js';

let stop: (() => void) | undefined;

afterEach(() => {
  stop?.();
  stop = undefined;
});

/** Whether a timer of the event loop fires while this goes on without end. */
async function isHeardDuring(loop: (isOver: () => boolean) => Promise<void>): Promise<boolean> {
  let heard = false;
  setTimeout(() => {
    heard = true;
  });
  let rounds = 0;
  await loop(() => heard || ++rounds > 3_000_000);
  return heard;
}

describe('C9: turns of the event loop', () => {
  it('come while code only awaits', async () => {
    const loop = async (isOver: () => boolean): Promise<void> => {
      while (!isOver()) await paced(null);
    };
    expect(await isHeardDuring(loop)).toBe(false);
    stop = giveTurns();
    expect(await isHeardDuring(loop)).toBe(true);
  });

  it('come while each of many functions only awaits', async () => {
    stop = giveTurns();
    const loop = async (isOver: () => boolean): Promise<void> => {
      while (!isOver()) await paced(null);
    };
    const loops = async (isOver: () => boolean): Promise<void> => {
      await Promise.all(Array.from({ length: 100 }, () => loop(isOver)));
    };
    expect(await isHeardDuring(loops)).toBe(true);
  });

  it('come while microtasks queue microtasks', async () => {
    stop = giveTurns();
    const loop = (isOver: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const again = (): void => (isOver() ? resolve() : queueMicrotask(again));
        again();
      });
    expect(await isHeardDuring(loop)).toBe(true);
  });

  it('give values and rejections as they are, and report none as unhandled', async () => {
    const unhandled: unknown[] = [];
    const remember = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', remember);
    stop = giveTurns();
    const seen = new Set<unknown>();
    expect(
      await isHeardDuring(async (isOver) => {
        while (!isOver()) {
          seen.add(await paced(Promise.resolve(7)));
          try {
            await paced(Promise.reject(new Error('thrown')));
          } catch (error) {
            seen.add((error as Error).message);
          }
        }
      }),
    ).toBe(true);
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', remember);
    expect(seen).toEqual(new Set([7, 'thrown']));
    expect(unhandled).toEqual([]);
  });

  it('end with what gives them, which lets go of those that wait', async () => {
    const before = globalThis.queueMicrotask;
    const end = giveTurns();
    end();
    expect(globalThis.queueMicrotask).toBe(before);
    expect(paced('value')).toBe('value');
  });
});
