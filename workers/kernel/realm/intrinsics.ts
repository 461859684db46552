import { compilePristineCheck, type DataProperty } from './pristine-check.js';

/**
 * Code of the reader may patch any built-in, and polyfills do. The kernel (with the compiler and the codec in it) uses
 * built-ins like any program, so it runs inside a bracket that puts the pristine ones back for its synchronous duration
 * and the reader's patches back afterwards. Nothing is frozen, nothing the reader did is lost.
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
  /** What the reader put there; `undefined` where the reader deleted it. */
  readonly descriptor: PropertyDescriptor | undefined;
}

const { apply, ownKeys, defineProperty, deleteProperty, getPrototypeOf, setPrototypeOf, getOwnPropertyDescriptor } =
  Reflect;

/** Without a prototype, so that a `get` added to `Object.prototype` does not become part of it. */
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
/** They make no descriptor, and that would be most of what a check costs. An inherited accessor is another one than was there. */
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

/** Of these the whole set of keys is kept too, since a property added to them changes how every object behaves. */
const watchedForAdditions = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Promise.prototype,
  Error,
];

class IntrinsicsBracket {
  #data: DataRecord[] = [];
  #accessors: AccessorRecord[] = [];
  #keyCounts: readonly number[] = [];
  #keys: readonly ReadonlySet<PropertyKey>[] = [];
  #dataIsPristine: () => boolean = () => false;
  readonly #realm: typeof globalThis;
  /** Inside a bracket: the reader's patches that were taken out. */
  #patches: Patch[] | undefined;

  constructor(realm: typeof globalThis) {
    this.#realm = realm;
    this.takeStock();
  }

  /** Counts what is there now as pristine: the kernel calls it once more when its own patches are in place, and before any others are. */
  takeStock(): void {
    const realm = this.#realm;
    // The bracket around the call has taken those patches out.
    if (this.#patches !== undefined) putBack(this.#patches.splice(0));
    this.#data = [];
    this.#accessors = [];
    this.#keyCounts = watchedForAdditions.map((target) => ownKeys(target).length);
    this.#keys = watchedForAdditions.map((target) => new Set<PropertyKey>(ownKeys(target)));
    const seen = new Set<object>();
    const record = (target: object, keys: readonly PropertyKey[] = ownKeys(target)): void => {
      for (const key of keys) {
        const descriptor = descriptorOf(target, key);
        // What cannot be redefined cannot have been patched by definition either; writable data still can.
        if (descriptor === undefined || (!descriptor.configurable && !descriptor.writable)) continue;
        if ('value' in descriptor) this.#data.push({ target, key, value: descriptor.value, descriptor });
        // Of the accessors of constructors, built-ins use the species; RegExp has twenty others that nobody uses.
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

  /** Names of the built-ins that code of the reader has changed; to be asked inside. */
  get patched(): readonly string[] {
    return (this.#patches ?? []).map(({ key }) => String(key));
  }

  /** Runs synchronous kernel code with the pristine intrinsics in force. Nests. */
  enter<T>(kernelCode: () => T): T {
    if (this.#patches !== undefined) return kernelCode();
    const patches = this.#takeOut();
    this.#patches = patches;
    try {
      return kernelCode();
    } finally {
      this.#patches = undefined;
      if (patches.length > 0) putBack(patches);
    }
  }

  /** Calls code of the reader from within a bracket: it sees its own patches. */
  runOutside<T>(readerCode: () => T): T {
    const patches = this.#patches;
    if (patches === undefined) return readerCode();
    putBack(patches);
    this.#patches = undefined;
    try {
      return readerCode();
    } finally {
      this.#patches = this.#takeOut();
      // The outer `enter` puts back the array it holds; keep that one current.
      patches.splice(0, patches.length, ...this.#patches);
      this.#patches = patches;
    }
  }

  #takeOut(): Patch[] {
    const patches: Patch[] = [];
    if (!this.#dataIsPristine()) this.#takeOutData(patches);
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

  #takeOutData(patches: Patch[]): void {
    for (let index = 0; index < this.#data.length; index++) {
      const record = this.#data[index]!;
      if ((record.target as Record<PropertyKey, unknown>)[record.key] !== record.value) this.#restore(record, patches);
    }
  }

  #restore(record: AccessorRecord, patches: Patch[], now = descriptorOf(record.target, record.key)): void {
    // A push would go through a patched `Array.prototype.push`.
    patches[patches.length] = { target: record.target, key: record.key, descriptor: now };
    defineProperty(record.target, record.key, record.descriptor);
  }
}

function putBack(patches: readonly Patch[]): void {
  for (let index = 0; index < patches.length; index++) {
    const { target, key, descriptor } = patches[index]!;
    if (descriptor === undefined) deleteProperty(target, key);
    else defineProperty(target, key, descriptor);
  }
}

/** The realm's one bracket; it takes stock before any code of the reader runs. */
export const intrinsics = new IntrinsicsBracket(globalThis);
