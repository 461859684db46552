import { current, enterMapping, type AmbientMapping } from '../current.js';
import { adoptDefaultPrototype } from './variable.js';
import { apply, defineOwn, hasOwn, PristineTypeError } from '../pristine-built-ins.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
const { max, trunc } = Math;

/** Calls `fn` with `mapping` as the ambient context, and restores the outer one. */
export function runInMapping<This, Args extends unknown[], Result>(
  mapping: AmbientMapping | undefined,
  fn: (this: This, ...args: Args) => Result,
  thisArgument: This,
  args: Args,
): Result {
  const outer = current.mapping;
  enterMapping(mapping);
  try {
    return apply(fn, thisArgument, args) as Result;
  } finally {
    enterMapping(outer);
  }
}

/**
 * The current values of all variables, for a later `run`.
 * @example
 * const snapshot = new AsyncContext.Snapshot();
 * button.onclick = () => snapshot.run(save);
 */
export class Snapshot {
  readonly #mapping = current.mapping;

  constructor() {
    adoptDefaultPrototype(this, new.target, Snapshot);
  }

  /** Calls `fn` with the captured values, and returns its result. `this` is undefined in `fn`. */
  run<Args extends unknown[], Result>(fn: (...args: Args) => Result, ...args: Args): Result {
    return runInMapping(this.#mapping, fn, undefined, args);
  }

  /**
   * A function that calls `fn` with its own `this` and arguments, and the values of the moment of wrapping. Not a constructor.
   * @throws TypeError for a value that is not a function
   */
  static wrap<This, Args extends unknown[], Result>(
    fn: (this: This, ...args: Args) => Result,
  ): (this: This, ...args: Args) => Result {
    if (typeof fn !== 'function') throw new PristineTypeError(`Expected a function to wrap, but got ${typeof fn}.`);
    const mapping = current.mapping;
    // A method, so that it has neither [[Construct]] nor a prototype.
    const { wrapped } = {
      wrapped(this: This, ...args: Args): Result {
        return runInMapping(mapping, fn, this, args);
      },
    };
    copyNameAndLength(wrapped, fn);
    return wrapped;
  }
}

defineOwn(Snapshot.prototype, Symbol.toStringTag, { value: 'AsyncContext.Snapshot', configurable: true });

/** CopyNameAndLength of the specification, with the prefix "wrapped". */
function copyNameAndLength(target: object, source: { readonly name: unknown; readonly length: unknown }): void {
  const length = hasOwn(source, 'length') ? toFunctionLength(source.length) : 0;
  define(target, 'length', length);
  const name = source.name;
  define(target, 'name', `wrapped ${typeof name === 'string' ? name : ''}`);
}

function define(target: object, key: string, value: unknown): void {
  defineOwn(target, key, { __proto__: null, value, configurable: true } as PropertyDescriptor);
}

function toFunctionLength(length: unknown): number {
  return typeof length === 'number' ? max(0, trunc(length) || 0) : 0;
}
