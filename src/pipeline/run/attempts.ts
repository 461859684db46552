import { listen } from '../../protocol/resources/listen.js';
import { after } from '../../protocol/resources/timers.js';
import { SecretNotFoundError } from '../errors/run-errors.js';
import type { RunStop } from './run-stop.js';
import type { Backoff } from '../definition/step.js';

/** Whether a failed task may do better when it is tried again. */
export const isWorthAnotherTry = (error: unknown): boolean => !(error instanceof SecretNotFoundError);

/** Resolves when the next attempt is due. @param failures from 1 @throws the reason, when the run is stopped first */
export async function backoffWait(failures: number, backoff: Backoff | undefined, stop: RunStop): Promise<void> {
  const { base = 100, factor = 2, max = 5_000, jitter = 0.2 } = backoff ?? {};
  const wait = base * factor ** (failures - 1) * (1 + jitter * (2 * Math.random() - 1));
  stop.throwIfStopped();
  await new Promise<void>((resolve, reject) => {
    let cancelTimer = (): void => undefined;
    const forget = stop.onStop(() => {
      cancelTimer();
      reject(stop.signal.reason as Error);
    });
    cancelTimer = after(Math.max(0, Math.min(max, wait)), () => {
      forget();
      resolve();
    });
  });
}

/**
 * Settles like `work`, which is asked to stop when the signal aborts. From then on it rejects with the reason, when the work has ended
 * or the grace is over.
 */
export async function stoppable<T>(work: Promise<T>, signal: AbortSignal, grace: number): Promise<T> {
  const ended = work.then(
    () => undefined,
    () => undefined,
  );
  let unlisten = (): void => undefined;
  let cancelGrace = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    const begin = (): void => {
      cancelGrace = after(grace, resolve);
    };
    unlisten = listen(signal, 'abort', begin);
    if (signal.aborted) begin();
  });
  try {
    await Promise.race([ended, stopped]);
    signal.throwIfAborted();
    return await work;
  } finally {
    unlisten();
    cancelGrace();
  }
}
