import { current, type AmbientExecution, type AmbientMapping } from './current.js';
import { rememberThrown } from './platform/errors.js';

/*
 * What instrumented code calls around each suspension, so that the ambient context follows a native async function or
 * generator: https://tc39.es/proposal-async-context/, with frames that swap instead of restoring only. While a function is
 * suspended its context is nowhere in force; code that nobody instrumented sees the empty one.
 */

// User code may patch built-ins; what is used here is taken before it runs.
const { apply } = Reflect;
const { slice } = Array.prototype;
const PristinePromise = Promise;
const pristineReject = Promise.reject;

type Method = (...args: unknown[]) => unknown;

/** One invocation of a function that can suspend. */
export interface Frame {
  /** In force while the function runs. */
  readonly own: AmbientMapping | undefined;
  /** What to put back when it suspends or ends. */
  previous: AmbientMapping | undefined;
  /** `false` while it is suspended, and after its end. */
  running: boolean;
  /** Of `own`; one that nobody interrupts where it has none. */
  readonly execution: AmbientExecution;
}

const uninterrupted: AmbientExecution = { id: '', interruption: undefined };

/*
 * Most functions go on in the context that they stopped for. What is in its place already is not written again: telling that
 * is cheaper than the write barrier of the garbage collector.
 */

/** Puts the frame's own context in force. */
function goOn(frame: Frame): void {
  const { own } = frame;
  const { mapping } = current;
  if (frame.previous !== mapping) frame.previous = mapping;
  if (mapping !== own) current.mapping = own;
  frame.running = true;
}

/** Where code runs that a suspension may or may not have preceded: catch, finally, after a disposal. */
export function reenter(frame: Frame): void {
  if (!frame.running) goOn(frame);
}

/** Puts back what was in force before the function ran; it must be running. */
function leave(frame: Frame): void {
  const { previous } = frame;
  if (current.mapping !== previous) current.mapping = previous;
  frame.running = false;
}

type Then = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => unknown;

/** Runs the `then` of a thenable in a context, in the job in which the engine would have called it. */
class ContextualThenable {
  constructor(
    readonly mapping: AmbientMapping,
    readonly thenable: unknown,
    readonly method: Then,
  ) {}

  then(resolve: (value: unknown) => void, reject: (reason: unknown) => void): unknown {
    const outer = current.mapping;
    current.mapping = this.mapping;
    try {
      // What it resolves with may be a thenable in turn.
      return apply(this.method, this.thenable, [(value: unknown): void => resolve(returned(value)), reject]);
    } finally {
      current.mapping = outer;
    }
  }
}

/**
 * What to await, or to resolve a promise with, instead of `value`, so that a `then` of its own runs in `mapping`. Plain
 * promises and what is no thenable come back as they are; no tick is added. `then` is read here, once.
 */
export function contextualThenable(mapping: AmbientMapping | undefined, value: unknown): unknown {
  if (mapping === undefined) return value;
  if (typeof value === 'object' ? value === null : typeof value !== 'function') return value;
  try {
    // An engine awaits a promise of this very constructor without looking at its `then`. Asking for the prototype is slower.
    if (value instanceof PristinePromise && value.constructor === PristinePromise) return value;
    const method: unknown = (value as { readonly then?: unknown }).then;
    return typeof method === 'function' ? new ContextualThenable(mapping, value, method as Then) : value;
  } catch (error) {
    return apply(pristineReject, PristinePromise, [error]);
  }
}

/** At the call of an async function. */
export function enter(): Frame {
  const { mapping } = current;
  return { own: mapping, previous: mapping, running: true, execution: mapping?.execution ?? uninterrupted };
}

/** At the call of a generator: its body starts later, with `reenter`. */
export function capture(): Frame {
  const { mapping } = current;
  return { own: mapping, previous: undefined, running: false, execution: mapping?.execution ?? uninterrupted };
}

/** At the end of a function, however it ends. */
export function exit(frame: Frame): void {
  if (frame.running) leave(frame);
}

/**
 * After a suspension that ended normally; gives what came, where it is given that. An interrupted execution goes no further:
 * this throws its interruption.
 */
export function resume<T>(frame: Frame, value?: T): T | undefined {
  goOn(frame);
  if (frame.execution.interruption !== undefined) throw frame.execution.interruption;
  return value;
}

/**
 * Before an await; gives what is to be awaited. An interrupted execution waits for nothing any more, also not in a
 * `catch` or `finally` that the interruption entered: those run up to their first suspension, which throws again.
 */
export function suspend(frame: Frame, value: unknown): unknown {
  if (frame.execution.interruption !== undefined) throw frame.execution.interruption;
  const awaited = contextualThenable(frame.own, value);
  leave(frame);
  return awaited;
}

/** Before a yield of a sync generator, or one without a value: nothing is awaited, and the resumption tells an interruption. */
export function suspendYield<T>(frame: Frame, value: T): T {
  leave(frame);
  return value;
}

/** What an async function resolves its promise with. */
export function returned(value: unknown): unknown {
  const { mapping } = current;
  return mapping === undefined ? value : contextualThenable(mapping, value);
}

/**
 * What an async function ends with when it throws: its promise is rejected in its context, which `unhandledrejection` asks
 * for. Without a frame it has run in the context of its call.
 */
export function rejected(frame: Frame | undefined, reason: unknown): unknown {
  rememberThrown(reason, frame === undefined ? current.mapping : frame.own);
  return reason;
}

/** Stands for a rest parameter, whose place the capture of a generator takes. */
export function restArguments(args: IArguments, from: number): unknown[] {
  return apply(slice, args, [from]) as unknown[];
}

/**
 * Stands for an iterable in a function with a frame. The engine calls an iterator's methods between suspensions, where
 * the frame is left: each call re-enters it, and leaves it again.
 */
abstract class Iteration {
  #iterator: object | undefined;
  #next: unknown;

  constructor(
    protected readonly frame: Frame,
    readonly iterable: unknown,
    readonly openMethod: object,
  ) {}

  protected open(): this {
    const iterator: unknown = apply(this.openMethod as Method, this.iterable, []);
    if (!isObject(iterator))
      throw new TypeError(`Expected an iterator, but got ${String(iterator)}, which is not an object.`);
    this.#iterator = iterator;
    this.#next = (iterator as Iterator<unknown>).next;
    return this;
  }

  next(...args: unknown[]): unknown {
    return this.call(this.#next as Method, args);
  }

  get return(): Method | undefined {
    return this.optionalMethod('return');
  }

  get throw(): Method | undefined {
    return this.optionalMethod('throw');
  }

  protected optionalMethod(name: 'return' | 'throw'): Method | undefined {
    // Without such a method the function goes on at once, so it is not left again.
    reenter(this.frame);
    const method: unknown = (this.#iterator as Record<string, unknown>)[name];
    if (method === undefined || method === null) return undefined;
    return (...args) => this.call(method as Method, args);
  }

  protected call(method: Method, args: unknown[]): unknown {
    const { frame } = this;
    reenter(frame);
    try {
      return this.result(apply(method, this.#iterator, args));
    } finally {
      leave(frame);
    }
  }

  protected abstract result(result: unknown): unknown;
}

class AsyncIteration extends Iteration {
  [Symbol.asyncIterator](): this {
    return this.open();
  }

  protected override result(result: unknown): unknown {
    return contextualThenable(this.frame.own, result);
  }
}

class SyncIteration extends Iteration {
  [Symbol.iterator](): this {
    return this.open();
  }

  protected override result(result: unknown): unknown {
    return result;
  }
}

/** A sync iterable in an async loop: the engine awaits each value, which may be a thenable. */
class FromSyncIteration extends SyncIteration {
  protected override optionalMethod(name: 'return' | 'throw'): Method | undefined {
    const method = super.optionalMethod(name);
    // %AsyncFromSyncIteratorPrototype%.return and .throw give a promise, which is awaited, also where the iterator has no such method.
    if (method === undefined) leave(this.frame);
    return method;
  }

  protected override result(result: unknown): unknown {
    if (!isObject(result)) return result;
    const { done, value } = result as IteratorResult<unknown>;
    return { done, value: contextualThenable(this.frame.own, value) };
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' ? value !== null : typeof value === 'function';
}

/** The operand of `for await` and of `yield*` in an async generator: its iterator's methods run in the frame's context. */
export function asyncIterable(frame: Frame, iterable: unknown): unknown {
  if (iterable === undefined || iterable === null) return iterable;
  const open = (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator] as unknown;
  if (open !== undefined && open !== null) {
    return typeof open === 'function' ? new AsyncIteration(frame, iterable, open) : iterable;
  }
  const openSync = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
  return typeof openSync === 'function' ? new FromSyncIteration(frame, iterable, openSync) : iterable;
}

/** The operand of `yield*` in a sync generator. */
export function syncIterable(frame: Frame, iterable: unknown): unknown {
  if (iterable === undefined || iterable === null) return iterable;
  const open = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
  return typeof open === 'function' ? new SyncIteration(frame, iterable, open) : iterable;
}

/** Declared with `using` before the first `await using` of a block, or after a `using`. */
interface Resumption extends Disposable {
  /** How many of the resources that were declared last are null or undefined. */
  empties: number;
}

/** Disposed of after what was declared later, when the function goes on. */
export function afterDisposal(frame: Frame, earlier?: Resumption): Resumption {
  if (earlier !== undefined) earlier.empties = 0;
  return { empties: 0, [Symbol.dispose]: () => reenter(frame) };
}

/**
 * Declared with `await using` in place of the resource: disposes of it in the frame's context, then the function waits. An
 * engine waits once for all resources in a row that are null: the second one of them is where the frame is left.
 */
export function disposal(frame: Frame, resumption: Resumption, resource: unknown): unknown {
  if (resource === undefined || resource === null) {
    resumption.empties += 1;
    return resumption.empties === 2 ? { [Symbol.asyncDispose]: () => exit(frame) } : null;
  }
  resumption.empties = 0;
  if (typeof resource !== 'object' && typeof resource !== 'function') {
    throw new TypeError(`Expected an object, null or undefined to dispose of, but got ${typeof resource}.`);
  }
  const asyncMethod = (resource as AsyncDisposable)[Symbol.asyncDispose] as unknown;
  const isSync = asyncMethod === undefined || asyncMethod === null;
  const method = isSync ? ((resource as Disposable)[Symbol.dispose] as unknown) : asyncMethod;
  if (typeof method !== 'function') {
    throw new TypeError(
      'Expected a resource with a method [Symbol.asyncDispose] or [Symbol.dispose], but it has neither.',
    );
  }
  return {
    [Symbol.asyncDispose](): unknown {
      reenter(frame);
      try {
        const result: unknown = apply(method, resource, []);
        return isSync ? undefined : contextualThenable(frame.own, result);
      } finally {
        leave(frame);
      }
    },
  };
}

/** Declared with `using` after an `await using`: where there is no resource, its disposal waits all the same. */
export function emptyDisposal(frame: Frame, { empties }: Resumption, resource: unknown): Disposable | null {
  if ((resource !== undefined && resource !== null) || empties > 1) return null;
  return { [Symbol.dispose]: () => exit(frame) };
}

type Executor = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => unknown;

/**
 * The argument of `new Promise`: the promise is rejected when the execution that made it is interrupted, so that what
 * waits for it ends, and a thenable that it is resolved with runs in the context of that moment.
 */
export function executor(promise: unknown, fn: unknown): unknown {
  if (promise !== PristinePromise || typeof fn !== 'function') return fn;
  return (resolve: (value: unknown) => void, reject: (reason: unknown) => void): void => {
    const release = current.mapping?.execution?.onInterrupt?.(reject);
    const fail = (reason: unknown): void => {
      release?.();
      rememberThrown(reason, current.mapping);
      reject(reason);
    };
    try {
      (fn as Executor)((value) => {
        release?.();
        resolve(returned(value));
      }, fail);
    } catch (error) {
      fail(error);
    }
  };
}

/** Every function that instrumented code calls. */
export const frames = {
  enter,
  capture,
  reenter,
  exit,
  resume,
  suspend,
  suspendYield,
  returned,
  rejected,
  restArguments,
  asyncIterable,
  syncIterable,
  afterDisposal,
  disposal,
  emptyDisposal,
  executor,
};
