import { current, type AmbientMapping } from '../current.js';
import { contextualSettlers, type Settlers } from '../activations/executor.js';
import { contextualThenable, PristinePromise } from '../activations/thenables.js';
import { inMapping } from './callbacks.js';
import { contextualIterable } from './iteration.js';
import type { AnyFunction, Patches } from './patches.js';
import { apply } from '../pristine-built-ins.js';

const asyncGeneratorPrototype = Reflect.getPrototypeOf(async function* () {}.prototype as object) ?? undefined;

/** Other built-ins of the language that resolve promises, or await their arguments, do so in the context of the call. */
export function patchAwaitingBuiltIns(patches: Patches, realm: typeof globalThis): void {
  patches.method(realm.Promise, 'withResolvers', (original, thisArgument, args) => {
    const made = apply(original, thisArgument, args) as Settlers & { readonly promise: unknown };
    const settlers = contextualSettlers(made, thisArgument === PristinePromise);
    return { promise: made.promise, resolve: settlers[0], reject: settlers[1] };
  });
  patches.method(realm.Promise, 'try', (original, thisArgument, args) => {
    const { mapping } = current;
    if (mapping !== undefined && typeof args[0] === 'function') args[0] = resolvingIn(mapping, args[0] as AnyFunction);
    return apply(original, thisArgument, args);
  });
  patches.method(realm.Array, 'fromAsync', (original, thisArgument, args) => {
    const { mapping } = current;
    if (mapping === undefined) return apply(original, thisArgument, args);
    args[0] = contextualIterable(mapping, args[0]);
    if (typeof args[1] === 'function') args[1] = resolvingIn(mapping, args[1] as AnyFunction);
    return apply(original, thisArgument, args);
  });
  // %AsyncGeneratorPrototype%.return awaits its argument.
  patches.method(asyncGeneratorPrototype, 'return', (original, thisArgument, args) => {
    if (args.length > 0) args[0] = contextualThenable(current.mapping, args[0]);
    return apply(original, thisArgument, args);
  });
}

/** A callback of a built-in that awaits the callback's result. */
export function resolvingIn(mapping: AmbientMapping | undefined, fn: AnyFunction): AnyFunction {
  return inMapping(mapping, function (this: unknown, ...args: unknown[]): unknown {
    return contextualThenable(mapping, apply(fn, this, args));
  });
}
