import { apply } from '../../../src/context/pristine-built-ins.js';
import { asking } from '../../../src/context/activations/thenables.js';
import { paced } from '../../../src/context/pacing.js';
import { callInMapping } from '../../../src/context/platform/callbacks.js';
import { rememberThrown } from '../../../src/context/platform/errors.js';

const { then: nativeThen } = Promise.prototype;

/**
 * Calls the `then` of thenables so that they can be stopped: one may resolve with itself, for ever. Records whose the promise is that
 * one rejects. Call it when the platform is installed, before the reader's code runs.
 */
export function askThenables(): void {
  const { then } = Promise.prototype;
  asking.ask = (mapping, method, thenable, settlers) => {
    // No pattern of an array: code may have patched its iteration.
    const resolve = settlers[0];
    const reject = settlers[1];
    const rejected = (reason: unknown): void => {
      rememberThrown(reason, mapping);
      reject(reason);
    };
    // The promise of an interrupted execution settles too: what waits for it cleans up.
    if (method === then) return callInMapping(mapping, nativeThen as never, thenable, [resolve, rejected]);
    const ask = (): unknown => {
      const interruption = mapping.execution?.interruption;
      if (interruption !== undefined) return reject(interruption);
      return callInMapping(mapping, method, thenable, [resolve, rejected]);
    };
    const turn = paced();
    return turn === undefined ? ask() : apply(nativeThen, turn as Promise<void>, [ask] as never);
  };
}
