import { apply } from '../../../src/context/pristine-built-ins.js';
import { current } from '../../../src/context/current.js';
import { startOwnTimer } from '../realm/own-timers.js';

const NativePromise = Promise;
const nativeThen = Promise.prototype.then;

/** The execution whose imports have arrived in this turn of the event loop. */
let latest: { readonly execution: unknown } | undefined;

/**
 * What an execution has to wait for, such as its imports, for which others may wait as well: each goes on in a turn of the event loop of
 * its own. A library that they share may do work of all in a microtask that the first one has queued.
 */
export function separately(awaited: Promise<void>): Promise<void> {
  const execution = current.mapping?.execution;
  const goOn = (): Promise<void> | undefined => {
    if (latest !== undefined && latest.execution !== execution)
      return apply(nativeThen, new NativePromise<void>((resolve) => startOwnTimer(resolve)), [goOn]) as Promise<void>;
    if (latest === undefined) {
      latest = { execution };
      startOwnTimer(() => {
        latest = undefined;
      });
    }
    return undefined;
  };
  return apply(nativeThen, awaited, [goOn]) as Promise<void>;
}
