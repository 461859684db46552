import { apply, getPrototypeOf } from '../../../src/context/pristine-built-ins.js';
import { current } from '../../../src/context/current.js';
import { isObject } from '../../../src/context/is-object.js';
import { rememberThrown } from '../../../src/context/platform/errors.js';
import { ownerOf, prototypeOf, type Patches } from '../../../src/context/platform/patches.js';

/** Methods of prototypes, by class. */
const methods = {
  ReadableStream: ['cancel', 'pipeTo'],
  ReadableStreamDefaultReader: ['cancel', 'read'],
  ReadableStreamBYOBReader: ['cancel', 'read'],
  WritableStream: ['abort', 'close'],
  WritableStreamDefaultWriter: ['abort', 'close', 'write'],
  AsyncDisposableStack: ['disposeAsync'],
  Scheduler: ['postTask'],
};

/**
 * Records whose the promises are that built-ins give: the platform rejects them without a call that could be recorded. What is
 * reported at once is recorded as what it is.
 */
export function rememberRejections(patches: Patches, realm: typeof globalThis): void {
  const remember = (target: object | undefined, names: readonly string[]): void => {
    for (const name of names) {
      patches.method(target, name, (original, thisArgument, args) => {
        const promise = apply(original, thisArgument, args);
        if (isObject(promise)) rememberThrown(promise, current.mapping);
        return promise;
      });
    }
  };
  remember(realm.Promise, ['all', 'allSettled', 'any', 'race', 'try']);
  remember(realm.Array, ['fromAsync']);
  remember(getPrototypeOf(async function* () {}.prototype as object)!, ['return', 'throw']);
  for (const [name, names] of Object.entries(methods)) remember(prototypeOf(realm, name), names);
  patches.method(ownerOf(realm, 'reportError'), 'reportError', (original, thisArgument, args) => {
    rememberThrown(args[0], current.mapping);
    return apply(original, thisArgument, args);
  });
}
