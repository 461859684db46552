import { after } from '../../protocol/resources/timers.js';

/** The storage of the browser has not answered, and may never do so. */
export class StorageTimeoutError extends Error {
  override readonly name = 'StorageTimeoutError';
}

/**
 * What the storage answers, unless that takes longer than so many milliseconds.
 * @param late told what it answers after that
 * @throws StorageTimeoutError with what it did not do in time
 */
export async function withTimeout<T>(
  milliseconds: number,
  what: string,
  answer: Promise<T>,
  late: (value: T) => void = () => undefined,
): Promise<T> {
  let cancel = (): void => undefined;
  const timeout = new Promise<never>((_, reject) => {
    cancel = after(milliseconds, () => {
      answer.then(late, () => undefined);
      const limit = milliseconds.toLocaleString('en');
      reject(new StorageTimeoutError(`the storage of this browser did not ${what} within ${limit} ms`));
    });
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    cancel();
  }
}
