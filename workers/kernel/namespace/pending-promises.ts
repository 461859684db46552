import { intrinsics } from '../realm/intrinsics.js';

export interface PendingOptions {
  /** The current value of a name. */
  read(name: string): unknown;
  /** Binds a name to the value of its fulfilled promise. */
  write(name: string, value: unknown): void;
  /** Called when a tracked promise is rejected, perhaps without a handler. */
  onRejected(name: string, reason: unknown, owner: object): void;
  isProxy(value: object): boolean;
}

interface Pending {
  readonly name: string;
  readonly promise: Promise<unknown>;
  readonly owner: object;
}

type Settlement = { readonly state: 'fulfilled' | 'rejected'; readonly value: unknown };

// The reader's code may patch `then`, and the platform's patched `then` would run reactions in an execution's context.
const nativeThen = Promise.prototype.then;
const apply = Reflect.apply;
const NativePromise = Promise;
const promisePrototype = Promise.prototype;
const { getPrototypeOf } = Reflect;
const hasOwn = Object.hasOwn;
const ignore = (): void => undefined;

/**
 * The pending promises that names of the namespace are bound to (C3). A promise counts as pending from the end of the
 * execution that bound it until it settles.
 */
export class PendingPromises {
  readonly #options: PendingOptions;
  readonly #pending = new Set<Pending>();
  readonly #settlements = new WeakMap<Promise<unknown>, Settlement>();
  readonly #observed = new WeakSet<Promise<unknown>>();
  /** Ends the waits of `settleAll`. */
  readonly #waits = new Set<() => void>();

  constructor(options: PendingOptions) {
    this.#options = options;
  }

  /** The state of an observed promise; `undefined` for any other. */
  stateOf(promise: Promise<unknown>): Settlement | { readonly state: 'pending' } | undefined {
    return this.#settlements.get(promise) ?? (this.#observed.has(promise) ? { state: 'pending' } : undefined);
  }

  /**
   * Whether a value is a promise on which the native `then` runs none of the reader's code. It would run some for a subclass
   * or an own `constructor`, so those promises count as ordinary values.
   */
  readonly isNative = (value: unknown): value is Promise<unknown> => {
    if (typeof value !== 'object' || value === null || this.#options.isProxy(value)) return false;
    if (getPrototypeOf(value) !== promisePrototype || hasOwn(value, 'constructor')) return false;
    try {
      apply(nativeThen, value, [ignore, ignore]);
      return true;
    } catch {
      return false; // It only inherits from the prototype.
    }
  };

  /** Calls back two microtasks later, when all promises that have already settled are known. */
  observe(promises: readonly Promise<unknown>[], done: () => void): void {
    for (const promise of promises) this.#watch(promise, () => undefined);
    const settled = NativePromise.resolve();
    apply(nativeThen, apply(nativeThen, settled, []) as Promise<unknown>, [done, done]);
  }

  /** Tracks the bindings that hold an unsettled promise, and returns their number. Call it from within `observe`. */
  track(owner: object, bindings: Iterable<readonly [name: string, value: unknown]>): number {
    let count = 0;
    for (const [name, value] of bindings) {
      if (!this.isNative(value) || this.#settlements.has(value)) continue;
      count++;
      const entry: Pending = { name, promise: value, owner };
      this.#pending.add(entry);
      this.#watch(value, ({ state, value: reason }) => {
        if (!this.#pending.delete(entry) || state === 'fulfilled') return;
        this.#options.onRejected(name, reason, owner);
      });
    }
    return count;
  }

  isPending(name: string): boolean {
    for (const entry of this.#pending)
      if (entry.name === name && this.#options.read(name) === entry.promise) return true;
    return false;
  }

  /** Names with pending promises, of one owner or of all. */
  names(owner?: object): string[] {
    return [...this.#pending]
      .filter((entry) => owner === undefined || entry.owner === owner)
      .map((entry) => entry.name);
  }

  /**
   * Waits for all pending promises. A name that still holds a fulfilled promise is bound to its value. A rejected promise is
   * reported and left out.
   */
  settleAll(done: (values: Record<string, unknown>) => void): void {
    const values: Record<string, unknown> = {};
    let open = this.#pending.size;
    if (open === 0) return done(values);
    const end = (): void => {
      if (this.#waits.delete(end)) done(values);
    };
    this.#waits.add(end);
    for (const entry of this.#pending) {
      this.#watch(entry.promise, ({ state, value }) => {
        if (state === 'fulfilled') {
          values[entry.name] = value;
          if (this.#options.read(entry.name) === entry.promise) this.#options.write(entry.name, value);
        }
        if (--open === 0) end();
      });
    }
  }

  /** Counts nothing as pending any more, since what would settle it was stopped. `settleAll` gives what it has. */
  giveUp(): void {
    this.#pending.clear();
    for (const end of this.#waits) end();
  }

  #watch(promise: Promise<unknown>, settled: (settlement: Settlement) => void): void {
    const settle =
      (state: Settlement['state']) =>
      (value: unknown): void => {
        intrinsics.enter(() => {
          const settlement: Settlement = { state, value };
          this.#settlements.set(promise, settlement);
          settled(settlement);
        });
      };
    this.#observed.add(promise);
    apply(nativeThen, promise, [settle('fulfilled'), settle('rejected')]);
  }
}
