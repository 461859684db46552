import { apply, getPrototypeOf, hasOwn } from '../../../src/context/pristine-built-ins.js';
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

/** An execution. */
export interface PromiseOwner {
  /** Why it was stopped; `undefined` if it was not. */
  readonly interruption?: Error | undefined;
}

/** A name that was bound to a promise which is not settled. */
export interface PendingName<Owner extends PromiseOwner = PromiseOwner> {
  readonly name: string;
  readonly owner: Owner;
  /** When it was found to be pending, in milliseconds since the epoch. */
  readonly since: number;
}

type Settlement = { readonly state: 'fulfilled' | 'rejected'; readonly value: unknown };
type State = Settlement | { readonly state: 'pending' };

interface Entry<Owner extends PromiseOwner> extends PendingName<Owner> {
  /** Weak: a promise that nobody can settle any more counts until it is collected. */
  readonly promise: WeakRef<Promise<unknown>>;
}

/** A wait for the names that were pending when it began. */
interface Wait {
  readonly open: Set<object>;
  readonly values: Record<string, unknown>;
  end(): void;
}

// The reader's code may patch `then`, and the platform's patched `then` would run reactions in an execution's context.
const nativeThen = Promise.prototype.then;
const NativePromise = Promise;
const promisePrototype = Promise.prototype;
const { now } = Date;
const ignore = (): void => undefined;

/**
 * The pending promises that names of the namespace are bound to (C3). A promise counts as pending from the end of the
 * execution that bound it until it settles.
 */
export class PendingPromises<Owner extends PromiseOwner = PromiseOwner> {
  readonly #options: PendingOptions;
  readonly #pending = new Set<Entry<Owner>>();
  readonly #states = new WeakMap<Promise<unknown>, State>();
  /** By promise, the names under which it was found pending: each counts once, also after it was given up. */
  readonly #found = new WeakMap<Promise<unknown>, Map<string, Entry<Owner>>>();
  readonly #waits = new Set<Wait>();

  constructor(options: PendingOptions) {
    this.#options = options;
  }

  /** The state of an observed promise; `undefined` for any other. */
  stateOf(promise: Promise<unknown>): State | undefined {
    return this.#states.get(promise);
  }

  /**
   * Whether a value is a promise on which the native `then` runs none of the reader's code. It would run some for a subclass
   * or an own `constructor`, so those promises count as ordinary values.
   */
  readonly isNative = (value: unknown): value is Promise<unknown> => {
    if (typeof value !== 'object' || value === null || this.#options.isProxy(value)) return false;
    if (getPrototypeOf(value) !== promisePrototype || hasOwn(value, 'constructor')) return false;
    if (this.#states.has(value as Promise<unknown>)) return true;
    try {
      apply(nativeThen, value, [ignore, ignore]);
      return true;
    } catch {
      return false; // It only inherits from the prototype.
    }
  };

  /** Calls back two microtasks later, when all promises that have already settled are known. */
  observe(promises: readonly Promise<unknown>[], done: () => void): void {
    for (const promise of promises) this.#watch(promise);
    const settled = NativePromise.resolve();
    apply(nativeThen, apply(nativeThen, settled, []) as Promise<unknown>, [done, done]);
  }

  /** Tracks the bindings that hold an unsettled promise. Call it from within `observe`. */
  track(owner: Owner, bindings: Iterable<readonly [name: string, value: unknown, ...rest: unknown[]]>): void {
    for (const [name, promise] of bindings) {
      if (!this.isNative(promise) || this.#states.get(promise)?.state !== 'pending') continue;
      const found = this.#found.get(promise) ?? new Map<string, Entry<Owner>>();
      if (found.has(name)) continue;
      const entry = { name, owner, since: now(), promise: new WeakRef(promise) };
      this.#found.set(promise, found.set(name, entry));
      this.#pending.add(entry);
    }
  }

  isPending(name: string): boolean {
    const value = this.#options.read(name);
    return this.#entries().some((entry) => entry.name === name && entry.promise.deref() === value);
  }

  /** What is pending, oldest first. */
  entries(): readonly PendingName<Owner>[] {
    return this.#entries();
  }

  /**
   * Waits for all pending promises. A name that still holds a fulfilled promise is bound to its value, also if it was fulfilled
   * before. A rejected promise is reported and left out.
   */
  settleAll(
    bindings: Iterable<readonly [name: string, value: unknown, ...rest: unknown[]]>,
    done: (values: Record<string, unknown>) => void,
  ): void {
    const values: Record<string, unknown> = {};
    for (const [name, value] of bindings) {
      const promise = value as Promise<unknown>;
      const state = this.#found.get(promise)?.has(name) === true ? this.#states.get(promise) : undefined;
      if (state?.state === 'fulfilled') this.#settleName(name, promise, state.value, values);
    }
    const wait: Wait = {
      open: new Set<object>(this.#entries()),
      values,
      end: () => this.#waits.delete(wait) && done(values),
    };
    this.#waits.add(wait);
    if (wait.open.size === 0) wait.end();
  }

  /** Ends the waits of `settleAll` with what they have. What is pending stays so. */
  endWaits(): void {
    for (const wait of this.#waits) wait.end();
  }

  /** Counts nothing of stopped owners as pending any more, since what would settle it was stopped too. */
  giveUpStopped(): void {
    this.#close([...this.#pending].filter(({ owner }) => owner.interruption !== undefined));
  }

  #entries(): Entry<Owner>[] {
    for (const entry of this.#pending) if (entry.promise.deref() === undefined) this.#pending.delete(entry);
    return [...this.#pending];
  }

  #watch(promise: Promise<unknown>): void {
    if (this.#states.has(promise)) return;
    this.#states.set(promise, { state: 'pending' });
    const settle =
      (state: Settlement['state']) =>
      (value: unknown): void => {
        intrinsics.enter(() => this.#settled(promise, { state, value }));
      };
    apply(nativeThen, promise, [settle('fulfilled'), settle('rejected')]);
  }

  #settled(promise: Promise<unknown>, { state, value }: Settlement): void {
    this.#states.set(promise, { state, value });
    const entries = [...(this.#found.get(promise)?.values() ?? [])].filter((entry) => this.#pending.has(entry));
    for (const { name, owner } of entries) if (state === 'rejected') this.#options.onRejected(name, value, owner);
    this.#close(entries, (name, values) => {
      if (state === 'fulfilled') this.#settleName(name, promise, value, values);
    });
  }

  /** These are no longer pending: waits for them go on without. */
  #close(entries: readonly Entry<Owner>[], take?: (name: string, values: Record<string, unknown>) => void): void {
    for (const entry of entries) this.#pending.delete(entry);
    for (const wait of this.#waits) {
      for (const entry of entries) if (wait.open.delete(entry)) take?.(entry.name, wait.values);
      if (wait.open.size === 0) wait.end();
    }
  }

  #settleName(name: string, promise: Promise<unknown>, value: unknown, values: Record<string, unknown>): void {
    values[name] = value;
    if (this.#options.read(name) === promise) this.#options.write(name, value);
  }
}
