import { apply } from '../../../src/context/pristine-built-ins.js';
import { current, type AmbientExecution } from '../../../src/context/current.js';
import { isObject } from '../../../src/context/is-object.js';
import { eventTargetPrototypes } from '../../../src/context/platform/events.js';
import { getterOf, type AnyFunction, type Patches } from '../../../src/context/platform/patches.js';
import { PristineMap, PristineSet, PristineWeakMap } from '../../../src/context/pristine-collections.js';

/** A listener that an execution has added, and that may still be called. */
export interface OpenListener {
  readonly execution: AmbientExecution;
  /** The type of its event. */
  readonly name: string;
  /** When it was added, in milliseconds since the epoch. */
  readonly since: number;
}

interface Listener extends OpenListener {
  /** What the target was given. */
  readonly given: unknown;
  readonly signal: unknown;
  isRemoved: boolean;
  /** Removes it from its target. */
  remove(): void;
}

interface ListenerOptions {
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: unknown;
  readonly signal: unknown;
}

const { now } = Date;
const { getOwnPropertyNames } = Object;
const PristineWeakRef = WeakRef;
const { deref } = WeakRef.prototype;
const isAborted = getterOf(AbortSignal.prototype, 'aborted')!;

/**
 * The listeners of executions, for as long as their targets are there: nothing here keeps a target alive. Those of an
 * `AbortSignal` don't count, since they only wait for the end of something else.
 */
export class OpenListeners {
  /** By target, by listener, and then by what else distinguishes it for the target: its type and phase. */
  readonly #byTarget = new PristineWeakMap<object, Map<unknown, Map<string, Listener>>>();
  readonly #all = new PristineSet<WeakRef<Listener>>();
  #sweepAt = 64;

  /** Records listeners that are added after this call. */
  watch(realm: typeof globalThis, patches: Patches): void {
    const { prototype } = realm.EventTarget;
    const remove = prototype.removeEventListener as AnyFunction;
    patches.method(prototype, 'addEventListener', (original, self, args) => {
      const execution = current.mapping?.execution;
      const listener = args[1];
      if (execution === undefined || !isObject(listener)) return apply(original, self, args);
      const name = `${args[0]}`;
      const { capture, once, passive, signal } = readOptions(args[2]);
      const target = (self ?? realm) as object;
      const key = `${name},${capture}`;
      const present = this.#find(target, listener, key);
      const given = present?.given ?? (once ? onlyOnce(listener, () => this.#forget(target, listener, key)) : listener);
      const options = { __proto__: null, capture, once, passive, ...(signal !== undefined && { signal }) };
      apply(original, self, [name, given, options]);
      if (present !== undefined || isSignal(target)) return;
      const removeIt = (): void => void apply(remove, target, [name, given, capture]);
      const since = now();
      this.#add(target, listener, key, { execution, name, since, given, signal, isRemoved: false, remove: removeIt });
    });
    patches.method(prototype, 'removeEventListener', (original, self, args) => {
      const listener = args[1];
      if (!isObject(listener)) return apply(original, self, args);
      const name = `${args[0]}`;
      const capture = readCapture(args[2]);
      const target = (self ?? realm) as object;
      const given = this.#forget(target, listener, `${name},${capture}`)?.given ?? listener;
      return apply(original, self, [name, given, capture]);
    });
    for (const prototypeOfTargets of eventTargetPrototypes(realm))
      for (const name of getOwnPropertyNames(prototypeOfTargets))
        if (name.startsWith('on')) this.#watchHandler(prototypeOfTargets, name, realm, patches);
  }

  /** Those that may still be called, oldest first. Call it in the bracket of intrinsics. */
  entries(): readonly OpenListener[] {
    return this.#open();
  }

  /** Removes those of stopped executions. Call it in the bracket of intrinsics. */
  clearStopped(): void {
    for (const listener of this.#open()) {
      if (listener.execution.interruption === undefined) continue;
      listener.isRemoved = true;
      listener.remove();
    }
  }

  /** A handler attribute holds one listener. */
  #watchHandler(prototype: object, attribute: string, realm: object, patches: Patches): void {
    patches.accessor(prototype, attribute, {
      get: (original, self, args) => apply(original, self, args),
      set: (original, self, args) => {
        const execution = current.mapping?.execution;
        const target = (self ?? realm) as object;
        apply(original, self, args);
        this.#forget(target, undefined, attribute);
        if (execution === undefined || typeof args[0] !== 'function' || isSignal(target)) return;
        const name = attribute.slice(2);
        const remove = (): void => void apply(original, target, [null]);
        const since = now();
        const listener = { execution, name, since, given: args[0], signal: undefined, isRemoved: false, remove };
        this.#add(target, undefined, attribute, listener);
      },
    });
  }

  #find(target: object, listener: unknown, key: string): Listener | undefined {
    const found = this.#byTarget.get(target)?.get(listener)?.get(key);
    return found === undefined || isOver(found) ? undefined : found;
  }

  #add(target: object, listener: unknown, key: string, added: Listener): void {
    let listeners = this.#byTarget.get(target);
    if (listeners === undefined) this.#byTarget.set(target, (listeners = new PristineMap()));
    let keys = listeners.get(listener);
    if (keys === undefined) listeners.set(listener, (keys = new PristineMap()));
    keys.set(key, added);
    this.#all.add(new PristineWeakRef(added));
    if (this.#all.size > this.#sweepAt) this.#sweep(() => undefined);
  }

  #forget(target: object, listener: unknown, key: string): Listener | undefined {
    const listeners = this.#byTarget.get(target);
    const keys = listeners?.get(listener);
    const found = keys?.get(key);
    if (found === undefined) return undefined;
    found.isRemoved = true;
    keys!.delete(key);
    if (keys!.size === 0) listeners!.delete(listener);
    return found;
  }

  #open(): Listener[] {
    const open: Listener[] = [];
    this.#sweep((listener) => open.push(listener));
    return open;
  }

  /** Forgets those that are over, and gives the others to the callback. */
  #sweep(visit: (listener: Listener) => void): void {
    this.#all.forEach((ref) => {
      const listener = apply(deref, ref, []) as Listener | undefined;
      if (listener === undefined || isOver(listener)) this.#all.delete(ref);
      else visit(listener);
    });
    this.#sweepAt = 64 + 2 * this.#all.size;
  }
}

function isOver({ isRemoved, signal }: Listener): boolean {
  return isRemoved || (signal !== undefined && apply(isAborted, signal, []) === true);
}

function isSignal(target: object): boolean {
  try {
    apply(isAborted, target, []);
    return true;
  } catch {
    return false;
  }
}

/** Reads each once, and in the order of the platform: reading may run code. */
function readOptions(given: unknown): ListenerOptions {
  const capture = readCapture(given);
  if (!isObject(given)) return { capture, once: false, passive: undefined, signal: undefined };
  const { once, passive, signal } = given as Partial<ListenerOptions>;
  return { capture, once: Boolean(once), passive, signal };
}

function readCapture(given: unknown): boolean {
  return Boolean(isObject(given) ? (given as Partial<ListenerOptions>).capture : given);
}

/** The listener, with a call before its own. */
function onlyOnce(listener: object, called: () => void): unknown {
  if (typeof listener !== 'function')
    return {
      handleEvent: (event: unknown) => {
        called();
        return (listener as { handleEvent: AnyFunction }).handleEvent(event);
      },
    };
  return function (this: unknown, ...args: unknown[]): unknown {
    called();
    return apply(listener as AnyFunction, this, args);
  };
}
