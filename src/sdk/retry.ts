import { after } from '../protocol/resources/timers.js';
import { listen } from '../protocol/resources/listen.js';

/** Options of `retry`. */
export interface RetryOptions {
  /** How often it is tried in all. @default 3 */
  readonly attempts?: number;
  /** Ends the waiting; what it rejects with is the signal's reason. */
  readonly signal?: AbortSignal;
  /** Whether trying again may help. @default what has `transient: true`, and failures of the network */
  readonly isTransient?: (error: unknown) => boolean;
  /** From 0 to 1, as `Math.random` gives it. */
  readonly random?: () => number;
}

const baseDelay = 100;
const factor = 2;
const longestDelay = 5_000;

/** Milliseconds to wait after that many failed attempts: 100, 200, 400 …, times 0.8 to 1.2, at most 5,000. */
export function backoffDelay(failedAttempts: number, random: number): number {
  return Math.min(longestDelay, baseDelay * factor ** (failedAttempts - 1) * (0.8 + 0.4 * random));
}

/**
 * Calls `operation` until it succeeds, fails for good, or has had its attempts; rejects with the last failure.
 * For operations that may be repeated only: opening a worker is one, running code is not.
 */
export async function retry<T>(
  operation: (attempt: number) => T | PromiseLike<T>,
  options: RetryOptions = {},
): Promise<T> {
  const { attempts = 3, signal, isTransient = isTransientFailure, random = Math.random } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await operation(attempt);
    } catch (error) {
      if (attempt >= attempts || signal?.aborted === true || !isTransient(error)) throw error;
    }
    await wait(backoffDelay(attempt, random()), signal);
  }
}

/** Where `fetch` fails, it throws a TypeError, which each engine words in its own way. */
function isTransientFailure(error: unknown): boolean {
  if ((error as { transient?: unknown } | null)?.transient === true) return true;
  return error instanceof TypeError && /fetch|network|load failed|offline/i.test(error.message);
}

function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancelTimer = after(milliseconds, () => {
      unlisten?.();
      resolve();
    });
    const unlisten =
      signal &&
      listen(signal, 'abort', () => {
        cancelTimer();
        unlisten?.();
        reject(signal.reason as Error);
      });
  });
}
