import { current } from '../current.js';
import { inMapping } from './callbacks.js';
import { prototypeOf, type AnyFunction, type Patches } from './patches.js';

/** Callbacks of locks and finalization run in the context of their registration. */
export function patchRegistrations(patches: Patches, realm: typeof globalThis): void {
  // `locks.request(name, [options,] callback)`
  patches.method(prototypeOf(realm, 'LockManager'), 'request', (original, thisArgument, args) => {
    const last = args.length - 1;
    const callback = args[last];
    if (typeof callback === 'function') args[last] = inMapping(current.mapping, callback as AnyFunction);
    return Reflect.apply(original, thisArgument, args);
  });
  // A clean-up callback has the context in which its registry was made.
  patches.construct(realm, 'FinalizationRegistry', (args) => {
    const cleanUp = args[0];
    if (typeof cleanUp === 'function') args[0] = inMapping(current.mapping, cleanUp as AnyFunction);
    return args;
  });
}
