import { compilePristineCheck, type DataProperty } from './pristine-check.js';

/**
 * The reader's code may patch any built-in, and polyfills do. The kernel, with its compiler and codec, uses built-ins like
 * any program. So it runs inside a bracket, which restores the pristine built-ins while synchronous kernel code runs, and
 * reapplies the reader's patches afterwards. Nothing is frozen, and no patch is lost.
 */

interface DataRecord extends DataProperty {
  readonly descriptor: PropertyDescriptor;
}

interface AccessorRecord {
  readonly target: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

interface Patch {
  readonly target: object;
  readonly key: PropertyKey;
  /** The reader's property; `undefined` where the reader deleted it. */
  readonly descriptor: PropertyDescriptor | undefined;
}

const { apply, ownKeys, defineProperty, deleteProperty, getPrototypeOf, setPrototypeOf, getOwnPropertyDescriptor } =
  Reflect;

/** A descriptor without a prototype: it must not inherit a `get` added to `Object.prototype`. */
function descriptorOf(target: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(target, key);
  if (descriptor !== undefined) setPrototypeOf(descriptor, null);
  return descriptor;
}

interface AccessorLookups {
  __lookupGetter__(key: PropertyKey): unknown;
  __lookupSetter__(key: PropertyKey): unknown;
}
const { __lookupGetter__, __lookupSetter__ } = Object.prototype as unknown as AccessorLookups;
/** These lookups create no descriptor, which would be most of the cost of a check. Inherited accessors differ from the record. */
const getterOf = (target: object, key: PropertyKey): unknown => apply(__lookupGetter__, target, [key]);
const setterOf = (target: object, key: PropertyKey): unknown => apply(__lookupSetter__, target, [key]);

const iteratorPrototypes = [
  getPrototypeOf([][Symbol.iterator]()),
  getPrototypeOf(new Map()[Symbol.iterator]()),
  getPrototypeOf(new Set()[Symbol.iterator]()),
  getPrototypeOf(''[Symbol.iterator]()),
  getPrototypeOf('x'.matchAll(/x/g)),
  getPrototypeOf(getPrototypeOf((function* () {})()) as object),
];

const constructors = [
  'Object',
  'Function',
  'Array',
  'String',
  'Number',
  'Boolean',
  'Symbol',
  'BigInt',
  'Promise',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'RegExp',
  'Date',
  'Error',
  'TypeError',
  'SyntaxError',
  'RangeError',
  'ReferenceError',
  'URIError',
  'EvalError',
  'AggregateError',
  'ArrayBuffer',
  'DataView',
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Uint8ClampedArray',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'TextEncoder',
  'TextDecoder',
  'URL',
] as const;
const namespaces = ['Math', 'JSON', 'Reflect'] as const;
const functions = [
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'btoa',
  'atob',
  'encodeURIComponent',
  'decodeURIComponent',
] as const;

/** For these objects, the set of keys is recorded too: a property added to one changes how many objects behave. */
const watchedForAdditions = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Promise.prototype,
  Error,
  // The compiler and its parser ask with `instanceof` what they have thrown.
  SyntaxError,
  RangeError,
];

class IntrinsicsBracket {
  #data: DataRecord[] = [];
  #accessors: AccessorRecord[] = [];
  #keyCounts: readonly number[] = [];
  #keys: readonly ReadonlySet<PropertyKey>[] = [];
  #dataIsPristine: () => boolean = () => false;
  readonly #realm: typeof globalThis;
  /** The removed patches of the reader; `undefined` outside the bracket. */
  #patches: Patch[] | undefined;

  constructor(realm: typeof globalThis) {
    this.#realm = realm;
    this.recordPristine();
  }

  /** Records the current built-ins as pristine. The kernel calls it again after its own patches, before the reader's code runs. */
  recordPristine(): void {
    const realm = this.#realm;
    // The surrounding bracket has removed the kernel's patches.
    if (this.#patches !== undefined) reapply(this.#patches.splice(0));
    this.#data = [];
    this.#accessors = [];
    this.#keyCounts = watchedForAdditions.map((target) => ownKeys(target).length);
    this.#keys = watchedForAdditions.map((target) => new Set<PropertyKey>(ownKeys(target)));
    const seen = new Set<object>();
    const record = (target: object, keys: readonly PropertyKey[] = ownKeys(target)): void => {
      for (const key of keys) {
        const descriptor = descriptorOf(target, key);
        // A property that is neither configurable nor writable cannot be patched.
        if (descriptor === undefined || (!descriptor.configurable && !descriptor.writable)) continue;
        if ('value' in descriptor) this.#data.push({ target, key, value: descriptor.value, descriptor });
        // Built-ins use only the species accessor of constructors; RegExp has twenty others.
        else if (typeof target !== 'function' || key === Symbol.species)
          this.#accessors.push({ target, key, descriptor });
      }
    };
    const recordOnce = (target: object | null): void => {
      if (target === null || seen.has(target)) return;
      seen.add(target);
      record(target);
    };
    record(realm, [...constructors, ...namespaces, ...functions]);
    for (const name of constructors) {
      const constructor = realm[name] as { prototype: object };
      recordOnce(constructor);
      recordOnce(constructor.prototype);
    }
    for (const name of namespaces) recordOnce(realm[name]);
    for (const prototype of iteratorPrototypes) {
      recordOnce(prototype);
      if (prototype !== null) recordOnce(getPrototypeOf(prototype));
    }
    recordOnce(getPrototypeOf(Uint8Array));
    recordOnce(getPrototypeOf(Uint8Array.prototype));
    this.#dataIsPristine = compilePristineCheck(this.#data);
  }

  /** Names of the built-ins that the reader's code has patched. Read it inside the bracket. */
  get patched(): readonly string[] {
    return (this.#patches ?? []).map(({ key }) => String(key));
  }

  /** Runs synchronous kernel code with the pristine built-ins. Calls may nest. */
  enter<T>(kernelCode: () => T): T {
    if (this.#patches !== undefined) return kernelCode();
    const patches = this.#removePatches();
    this.#patches = patches;
    try {
      return kernelCode();
    } finally {
      this.#patches = undefined;
      if (patches.length > 0) reapply(patches);
    }
  }

  /** Calls the reader's code from within the bracket, with the reader's patches applied. */
  runOutside<T>(readerCode: () => T): T {
    const patches = this.#patches;
    if (patches === undefined) return readerCode();
    reapply(patches);
    this.#patches = undefined;
    try {
      return readerCode();
    } finally {
      this.#patches = this.#removePatches();
      // The outer `enter` reapplies its own array, so that array must stay current.
      patches.splice(0, patches.length, ...this.#patches);
      this.#patches = patches;
    }
  }

  #removePatches(): Patch[] {
    const patches: Patch[] = [];
    if (!this.#dataIsPristine()) this.#removeDataPatches(patches);
    for (let index = 0; index < this.#accessors.length; index++) {
      const record = this.#accessors[index]!;
      const { target, key, descriptor } = record;
      const isPristine =
        getterOf(target, key) === descriptor.get &&
        (descriptor.set === undefined || setterOf(target, key) === descriptor.set);
      if (!isPristine) this.#restore(record, patches);
    }
    for (let index = 0; index < watchedForAdditions.length; index++) {
      const target = watchedForAdditions[index]!;
      const keys = ownKeys(target);
      if (keys.length === this.#keyCounts[index]) continue;
      for (const key of keys) {
        if (this.#keys[index]!.has(key)) continue;
        patches.push({ target, key, descriptor: descriptorOf(target, key) });
        deleteProperty(target, key);
      }
    }
    return patches;
  }

  #removeDataPatches(patches: Patch[]): void {
    for (let index = 0; index < this.#data.length; index++) {
      const record = this.#data[index]!;
      if ((record.target as Record<PropertyKey, unknown>)[record.key] !== record.value) this.#restore(record, patches);
    }
  }

  #restore(record: AccessorRecord, patches: Patch[], now = descriptorOf(record.target, record.key)): void {
    // Not `push`, which may be patched.
    patches[patches.length] = { target: record.target, key: record.key, descriptor: now };
    defineProperty(record.target, record.key, record.descriptor);
  }
}

function reapply(patches: readonly Patch[]): void {
  for (let index = 0; index < patches.length; index++) {
    const { target, key, descriptor } = patches[index]!;
    if (descriptor === undefined) deleteProperty(target, key);
    else defineProperty(target, key, descriptor);
  }
}

/** The realm's only bracket. It records the built-ins before the reader's code runs. */
export const intrinsics = new IntrinsicsBracket(globalThis);
