import { current, enterMapping, type AmbientMapping } from '../current.js';
import { AnyPromise, contextualThenable, isPromiseOf, PristinePromise } from '../activations/thenables.js';
import { paced } from '../pacing.js';
import { patchAwaitingBuiltIns, resolvingIn } from './awaiting-built-ins.js';
import { rememberThrown } from './errors.js';
import { isObject } from '../is-object.js';
import type { AnyFunction, Patches } from './patches.js';
import { apply, getPrototypeOf } from '../pristine-built-ins.js';

const { prototype: promisePrototype } = Promise;
const { then: pristineThen, finally: pristineFinally } = promisePrototype;
const { resolve: pristineResolve, reject: pristineReject } = Promise;

type Reaction = (value: unknown) => unknown;

/** Set while `finally` registers its reactions, which run even in an interrupted execution. */
let registeringFinally = false;

// Method shorthand: like the originals they have neither [[Construct]] nor a prototype. No proxies: these are hot.
const {
  then,
  resolve,
  reject,
  finally: patchedFinally,
} = {
  then(this: Promise<unknown>, onFulfilled: unknown, onRejected: unknown): unknown {
    const { mapping } = current;
    if (rethrowingIn !== mapping) rethrowing = reaction((rethrowingIn = mapping), rethrow);
    const adopts = isObject(this) && getPrototypeOf(this) === promisePrototype;
    if (typeof onFulfilled === 'function')
      onFulfilled =
        adopts && !registeringFinally
          ? plainReaction(mapping, onFulfilled as Reaction)
          : reaction(mapping, onFulfilled as Reaction, adopts, !registeringFinally);
    onRejected = typeof onRejected === 'function' ? reaction(mapping, onRejected as Reaction, adopts) : rethrowing;
    return apply(pristineThen, this, [onFulfilled, onRejected] as never);
  },
  resolve(this: unknown, value: unknown): unknown {
    const { mapping } = current;
    const argument = mapping !== undefined && asksThenable(this, value) ? contextualThenable(mapping, value) : value;
    return apply(pristineResolve, this as PromiseConstructor, [argument] as never);
  },
  reject(this: unknown, reason: unknown): unknown {
    rememberThrown(reason, current.mapping);
    const promise = apply(pristineReject, this as PromiseConstructor, [reason]) as unknown;
    rememberThrown(promise, current.mapping);
    return promise;
  },
  finally(this: Promise<unknown>, onFinally: unknown): unknown {
    registeringFinally = true;
    try {
      // The built-in awaits what the callback gives, outside of the reaction.
      const callback =
        typeof onFinally === 'function' ? resolvingIn(current.mapping, onFinally as AnyFunction) : onFinally;
      return apply(pristineFinally, this, [callback] as never);
    } finally {
      registeringFinally = false;
    }
  },
};
Object.defineProperty(resolve, 'length', { value: 1, configurable: true });

/** Whether promises of this constructor would call `then` of the value; not if the value is already one of them. */
function asksThenable(constructor: unknown, value: unknown): boolean {
  if (constructor === PristinePromise) return true;
  if (typeof constructor !== 'function' || !(constructor.prototype instanceof AnyPromise)) return false;
  return !isPromiseOf(constructor, value);
}

/**
 * Reactions run in the context in which they were registered, and the promise that they resolve is resolved in it. An
 * interrupted execution reacts to rejections and runs its `finally`, and nothing else.
 */
export function patchPromise(patches: Patches, realm: typeof globalThis): void {
  patches.replace(realm.Promise.prototype, 'then', then);
  patches.replace(realm.Promise.prototype, 'finally', patchedFinally);
  patches.replace(realm.Promise, 'resolve', resolve);
  patches.replace(realm.Promise, 'reject', reject);
  patchAwaitingBuiltIns(patches, realm);
}

/** What a promise does without a reaction, as one: the promise that it rejects is of who made it. */
const rethrow: Reaction = (reason) => {
  throw reason;
};

/** One for all promises of a context in a row. */
let rethrowing = reaction(undefined, rethrow);
let rethrowingIn: AmbientMapping | undefined;

/*
 * The garbage collector copies what a long chain of promises holds, so what a reaction keeps costs more than what it does. It keeps
 * no promise, and the most frequent one keeps only its function and its context.
 */

/** @param adopts whether the derived promise is of no subclass */
function reaction(mapping: AmbientMapping | undefined, fn: Reaction, adopts?: boolean, stoppable?: boolean): Reaction {
  return (value) => react(mapping, fn, value, adopts, stoppable);
}

function plainReaction(mapping: AmbientMapping | undefined, fn: Reaction): Reaction {
  return (value) => react(mapping, fn, value, true, true);
}

function react(
  mapping: AmbientMapping | undefined,
  fn: Reaction,
  value: unknown,
  adopts?: boolean,
  stoppable?: boolean,
): unknown {
  const interruption = stoppable ? mapping?.execution?.interruption : undefined;
  if (interruption !== undefined) throw interruption;
  enterMapping(mapping);
  try {
    const turn = paced();
    if (turn === undefined) return contextualThenable(mapping, fn(value), adopts);
    return apply(
      pristineThen,
      turn as Promise<void>,
      [reaction(mapping, later(fn, value), adopts, stoppable)] as never,
    );
  } catch (error) {
    rememberThrown(error, mapping);
    throw error;
  } finally {
    // A job has no caller.
    current.mapping = undefined;
  }
}

/** Apart, so that a reaction that does not wait makes no closure. */
function later(fn: Reaction, value: unknown): Reaction {
  return () => fn(value);
}
