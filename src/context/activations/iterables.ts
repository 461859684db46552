import { paced } from '../pacing.js';
import { leave, reenter, type Activation } from './activation.js';
import { contextualThenable } from './thenables.js';
import { isObject } from '../is-object.js';
import { apply, PristineTypeError } from '../pristine-built-ins.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
const asyncIterator: typeof Symbol.asyncIterator = Symbol.asyncIterator;
const iterator: typeof Symbol.iterator = Symbol.iterator;

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
    readonly openMethod: unknown,
  ) {}

  protected open(): unknown {
    const opened: unknown = apply(this.openMethod as Method, this.iterable, []);
    // The engine throws.
    if (!isObject(opened)) return opened;
    this.#iterator = opened;
    this.#next = (opened as Iterator<unknown>).next;
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
    const { activation } = this;
    const { running } = activation;
    reenter(activation);
    const method: unknown = (this.#iterator as Record<string, unknown>)[name];
    if (method === undefined || method === null) {
      // The engine may wait now, and ends the function or a block of it next, where the activation is re-entered.
      if (!running) leave(activation);
      return undefined;
    }
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

  /** What the engine gets in place of a method's result. */
  protected result(result: unknown): unknown {
    return result;
  }
}

class AsyncIteration extends Iteration {
  [asyncIterator](): unknown {
    return this.open();
  }

  protected override result(result: unknown): unknown {
    return paced(contextualThenable(this.activation.own, result));
  }
}

class SyncIteration extends Iteration {
  [iterator](): unknown {
    return this.open();
  }
}

/** A sync iterable in an async loop: the engine awaits each value, which may be a thenable. */
class FromSyncIteration extends SyncIteration {
  protected override optionalMethod(name: 'return' | 'throw'): Method | undefined {
    // %AsyncFromSyncIteratorPrototype%.return and .throw give a promise, which is awaited, whatever happens here.
    try {
      return super.optionalMethod(name);
    } finally {
      leave(this.activation);
    }
  }

  protected override result(result: unknown): unknown {
    if (!isObject(result)) return result;
    const { done, value } = result as IteratorResult<unknown>;
    return { done, value: paced(contextualThenable(this.activation.own, value)) };
  }
}

/** The iteration with the method of that symbol, which is read once; `undefined` without one. */
function iteration(
  activation: Activation,
  iterable: unknown,
  symbol: symbol,
  Kind: new (activation: Activation, iterable: unknown, openMethod: unknown) => Iteration,
): Iteration | undefined {
  const open = (iterable as Record<symbol, unknown> | undefined)?.[symbol];
  return open === undefined || open === null ? undefined : new Kind(activation, iterable, open);
}

/** The operand of `for await` and of `yield*` in an async generator: its iterator's methods run in the activation's context. */
export function asyncIterable(activation: Activation, iterable: unknown): unknown {
  return (
    iteration(activation, iterable, asyncIterator, AsyncIteration) ??
    iteration(activation, iterable, iterator, FromSyncIteration) ??
    notIterable(iterable)
  );
}

/** The operand of `yield*` in a sync generator. */
export function syncIterable(activation: Activation, iterable: unknown): unknown {
  return iteration(activation, iterable, iterator, SyncIteration) ?? notIterable(iterable);
}

/** The engine would quote compiled code, and read the code's property again. @throws TypeError */
function notIterable(value: unknown): never {
  throw new PristineTypeError(`${typeof value} is not iterable`);
}
