import type { RunStop } from './run-stop.js';

/** Lets so many in at a time; others wait in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves with a function that gives the slot back. @throws the reason, when the run is stopped first */
  async enter(stop: RunStop): Promise<() => void> {
    stop.throwIfStopped();
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(stop);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    };
  }

  async #wait(stop: RunStop): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        forget();
        resolve();
      };
      const forget = stop.onStop(() => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(stop.signal.reason as Error);
      });
      this.#waiting.push(enter);
    });
  }
}

/** Calls `work` for each item, so many at a time, and resolves when all have ended. Never rejects. */
export async function settleEach<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      [results[index]] = (await Promise.allSettled([work(items[index]!, index)])) as [PromiseSettledResult<R>];
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
