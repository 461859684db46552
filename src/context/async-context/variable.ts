import { current, enterMapping } from '../current.js';
import { isObject } from '../is-object.js';
import { PristineMap } from '../pristine-collections.js';
import { apply, defineOwn, getPrototypeOf, setPrototypeOf } from '../pristine-built-ins.js';

/** Options of an `AsyncContext.Variable`. */
export interface VariableOptions<T> {
  /** Converted to a string. @default '' */
  readonly name?: string;
  /** The value of `get` outside of any `run`. @default undefined */
  readonly defaultValue?: T;
}

// User code may patch built-ins, so this module takes its copies before user code runs.
const objectPrototype = Object.prototype;
const { get: mapGet, has: mapHas, forEach: mapForEach } = Map.prototype;

/**
 * A value that follows the flow of control, also across `await` in instrumented code.
 * @example
 * const user = new AsyncContext.Variable<string>({ name: 'user' });
 * user.run('ada', () => user.get());  // 'ada'
 */
export class Variable<T> {
  readonly #name: string = '';
  readonly #defaultValue: T | undefined;

  constructor(options?: VariableOptions<T>) {
    adoptDefaultPrototype(this, new.target, Variable);
    if (isObject(options)) {
      if ('name' in options) this.#name = `${options.name as string}`;
      this.#defaultValue = options.defaultValue;
    }
  }

  /** The name from the options. @default '' */
  get name(): string {
    return this.#name;
  }

  /** The value of the innermost `run` around, or the default value. */
  get(): T | undefined {
    const defaultValue = this.#defaultValue;
    const values = current.mapping?.values;
    if (values === undefined || !apply(mapHas, values, [this])) return defaultValue;
    return apply(mapGet, values, [this]) as T;
  }

  /** Calls `fn` with this value of the variable, and returns its result. `this` is undefined in `fn`. */
  run<Args extends unknown[], Result>(value: T, fn: (...args: Args) => Result, ...args: Args): Result {
    void this.#name; // throws a TypeError for a receiver that is not a Variable
    const outer = current.mapping;
    const values = new PristineMap<object, unknown>();
    if (outer !== undefined) {
      apply(mapForEach, outer.values, [(outerValue: unknown, key: object) => values.set(key, outerValue)]);
    }
    values.set(this, value);
    enterMapping({ execution: outer?.execution, values });
    try {
      return apply(fn, undefined, args) as Result;
    } finally {
      enterMapping(outer);
    }
  }
}

defineOwn(Variable.prototype, Symbol.toStringTag, { value: 'AsyncContext.Variable', configurable: true });

/**
 * Where `new.target.prototype` is not an object, a class falls back to Object.prototype;
 * a built-in falls back to its own prototype (OrdinaryCreateFromConstructor).
 */
export function adoptDefaultPrototype(
  instance: object,
  newTarget: { readonly prototype: object },
  constructor: { readonly prototype: object },
): void {
  if (getPrototypeOf(instance) === objectPrototype && newTarget.prototype !== objectPrototype) {
    setPrototypeOf(instance, constructor.prototype);
  }
}
