import { current } from '../current.js';
import { inMapping } from './callbacks.js';
import { type Patches, type AnyFunction } from './patches.js';

/** The clean-up callback runs in the context in which its registry was made. */
export function patchFinalization(patches: Patches, realm: typeof globalThis): void {
  patches.construct(realm, 'FinalizationRegistry', (args) => {
    const cleanUp = args[0];
    if (current.mapping !== undefined && typeof cleanUp === 'function') {
      args[0] = inMapping(current.mapping, cleanUp as AnyFunction);
    }
    return args;
  });
}
