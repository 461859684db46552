import { current } from '../current.js';
import { inMapping } from './callbacks.js';
import { type Patches, prototypeOf, type AnyFunction } from './patches.js';

/** `locks.request(name, [options,] callback)`: the callback runs in the context of the call. */
export function patchLocks(patches: Patches, realm: typeof globalThis): void {
  patches.method(prototypeOf(realm, 'LockManager'), 'request', (original, thisArgument, args) => {
    const last = args.length - 1;
    const callback = args[last];
    if (current.mapping !== undefined && typeof callback === 'function') {
      args[last] = inMapping(current.mapping, callback as AnyFunction);
    }
    return Reflect.apply(original, thisArgument, args);
  });
}
