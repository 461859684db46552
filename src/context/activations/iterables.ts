import { paced } from '../pacing.js';
import { leave, reenter, type Activation } from './activation.js';
import { contextualThenable } from './thenables.js';
import { isObject } from '../is-object.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
const { apply } = Reflect;

type Method = (...args: unknown[]) => unknown;

/**
 * Wraps an iterable in a function with an activation. The engine calls an iterator's methods between suspensions, outside of
 * the activation: each call re-enters and leaves it.
 */
abstract class Iteration {
  #iterator: object | undefined;
  #next: unknown;

  constructor(
    protected readonly activation: Activation,
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
    // Without such a method the function resumes at once, so the activation is not left again.
    reenter(this.activation);
    const method: unknown = (this.#iterator as Record<string, unknown>)[name];
    if (method === undefined || method === null) return undefined;
    return (...args) => this.call(method as Method, args);
  }

  protected call(method: Method, args: unknown[]): unknown {
    const { activation } = this;
    reenter(activation);
    try {
      return this.result(apply(method, this.#iterator, args));
    } finally {
      leave(activation);
    }
  }

  protected abstract result(result: unknown): unknown;
}

class AsyncIteration extends Iteration {
  [Symbol.asyncIterator](): this {
    return this.open();
  }

  protected override result(result: unknown): unknown {
    return paced(contextualThenable(this.activation.own, result));
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
    if (method === undefined) leave(this.activation);
    return method;
  }

  protected override result(result: unknown): unknown {
    if (!isObject(result)) return result;
    const { done, value } = result as IteratorResult<unknown>;
    return { done, value: paced(contextualThenable(this.activation.own, value)) };
  }
}

/** The operand of `for await` and of `yield*` in an async generator: its iterator's methods run in the activation's context. */
export function asyncIterable(activation: Activation, iterable: unknown): unknown {
  if (iterable === undefined || iterable === null) return iterable;
  const open = (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator] as unknown;
  if (open !== undefined && open !== null) {
    return typeof open === 'function' ? new AsyncIteration(activation, iterable, open) : iterable;
  }
  const openSync = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
  return typeof openSync === 'function' ? new FromSyncIteration(activation, iterable, openSync) : iterable;
}

/** The operand of `yield*` in a sync generator. */
export function syncIterable(activation: Activation, iterable: unknown): unknown {
  if (iterable === undefined || iterable === null) return iterable;
  const open = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
  return typeof open === 'function' ? new SyncIteration(activation, iterable, open) : iterable;
}
