/**
 * Requests a Web Lock. Gives the function that releases it; `undefined` if another page still holds the lock after so many
 * milliseconds.
 */
export async function requestLock(name: string, timeout: number): Promise<(() => void) | undefined> {
  // Only secure contexts have locks.
  if (navigator.locks === undefined) return () => undefined;
  return await new Promise((resolve, reject) => {
    const granted = (lock: Lock | null): Promise<void> | undefined => {
      if (lock === null) {
        resolve(undefined);
        return undefined;
      }
      return new Promise((release) => resolve(release));
    };
    if (timeout === 0) navigator.locks.request(name, { ifAvailable: true }, granted).catch(reject);
    else
      navigator.locks.request(name, { signal: AbortSignal.timeout(timeout) }, granted).catch(() => resolve(undefined));
  });
}
