import { apply, defineOwn, getPrototypeOf, ownKeys, setPrototypeOf } from '../../../src/context/pristine-built-ins.js';
import { PristineMap, PristineSet } from '../../../src/context/pristine-collections.js';
import { compilePristineCheck, type DataProperty } from './pristine-check.js';

/**
 * The reader's code may patch any built-in, and polyfills do. The kernel, with its compiler and codec, uses built-ins like
 * any program. So it runs inside a bracket, which restores the pristine built-ins while synchronous kernel code runs, and
 * reapplies the reader's patches afterwards. Nothing is frozen, and no patch is lost.
 */

/** A property of a built-in as it was recorded. */
interface BuiltInProperty {
  readonly target: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

/** A built-in object with properties that are put back. */
export interface BuiltIn {
  readonly target: object;
  readonly prototype: object | null;
  readonly properties: InstanceType<typeof PristineMap<PropertyKey, PropertyDescriptor>>;
  /** Its keys, if properties that are added to it are removed. */
  readonly keys: InstanceType<typeof PristineSet<PropertyKey>> | undefined;
}

/** A list, whose head is the latest: code may put a setter for an index on a prototype of arrays. */
interface Patch {
  readonly target: object;
  readonly next: Patch | undefined;
  /** `undefined` for the prototype of the target. */
  readonly key: PropertyKey | undefined;
  /** The reader's property; `undefined` where the reader deleted it. */
  readonly descriptor: PropertyDescriptor | undefined;
  readonly prototype: object | null;
}

const { deleteProperty, getOwnPropertyDescriptor } = Reflect;

/** A descriptor without a prototype: it must not inherit a `get` added to `Object.prototype`. */
export function descriptorOf(target: object, key: PropertyKey): PropertyDescriptor | undefined {
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
  getPrototypeOf(getPrototypeOf((async function* () {})()) as object),
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
  'AbortController',
  'DOMException',
] as const;
const namespaces = ['Math', 'JSON', 'Reflect'] as const;
const functions = [
  'Proxy',
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
const watchedForAdditions: ReadonlySet<object> = new Set<object>([
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Promise.prototype,
  Error,
  // The compiler and its parser ask with `instanceof` what they have thrown.
  SyntaxError,
  RangeError,
  // It inherits its species.
  Uint8Array,
]);

class IntrinsicsBracket {
  readonly #realm: typeof globalThis;
  #builtIns = new PristineMap<object, BuiltIn>();
  #dataKeys = new PristineSet<PropertyKey>();
  #accessors: BuiltInProperty[] = [];
  #whole: BuiltIn[] = [];
  #isPristine: () => boolean = () => false;
  /** Whether a recorded data property may be an accessor, which a comparison would run. */
  #mayHaveGetters = false;
  #isInside = false;
  /** The removed patches of the reader. */
  #patches: Patch | undefined;

  constructor(realm: typeof globalThis) {
    this.#realm = realm;
    this.recordPristine();
  }

  /**
   * Records the current built-ins as pristine. The kernel calls it again after its own patches, before the reader's code runs.
   * @param more objects that the kernel shares with code
   */
  recordPristine(more: readonly object[] = []): void {
    const realm = this.#realm;
    // The surrounding bracket has removed the kernel's patches.
    reapply(this.#patches);
    this.#patches = undefined;
    this.#builtIns = new PristineMap();
    this.#dataKeys = new PristineSet();
    this.#accessors = [];
    this.#whole = [];
    this.#mayHaveGetters = false;
    const data: DataProperty[] = [];
    const record = (target: object | null, recorded?: readonly PropertyKey[]): void => {
      if (target === null || this.#builtIns.has(target)) return;
      const keys = watchedForAdditions.has(target) ? new PristineSet(ownKeys(target)) : undefined;
      const properties = new PristineMap<PropertyKey, PropertyDescriptor>();
      const builtIn = { target, prototype: getPrototypeOf(target), properties, keys };
      this.#builtIns.set(target, builtIn);
      if (keys !== undefined) this.#whole.push(builtIn);
      for (const key of recorded ?? ownKeys(target)) {
        const descriptor = descriptorOf(target, key);
        if (descriptor?.configurable !== true) continue;
        if ('value' in descriptor) {
          data.push({ target, key, value: descriptor.value });
          this.#dataKeys.add(key);
          // Built-ins use only the species accessor of constructors; RegExp has twenty others.
        } else if (typeof target !== 'function' || key === Symbol.species)
          this.#accessors.push({ target, key, descriptor });
        else continue;
        properties.set(key, descriptor);
      }
    };
    record(realm, [...constructors, ...namespaces, ...functions]);
    for (let target = getPrototypeOf(realm); target !== null; target = getPrototypeOf(target))
      if (target !== Object.prototype) record(target, []);
    for (const name of constructors) {
      const constructor = realm[name] as { prototype: object } | undefined;
      record(constructor ?? null);
      record(constructor?.prototype ?? null);
    }
    for (const name of namespaces) record(realm[name]);
    for (const prototype of iteratorPrototypes) {
      record(prototype);
      if (prototype !== null) record(getPrototypeOf(prototype));
    }
    for (const target of more) record(target);
    record(getPrototypeOf(Uint8Array));
    record(getPrototypeOf(Uint8Array.prototype));
    const prototypes: (readonly [object, object | null])[] = [];
    this.#builtIns.forEach(({ target, prototype }) => prototypes.push([target, prototype]));
    this.#isPristine = compilePristineCheck(data, prototypes);
  }

  /** Names of the built-ins that the reader's code has patched. Read it inside the bracket. */
  get patched(): readonly string[] {
    const names: string[] = [];
    for (let patch = this.#patches; patch !== undefined; patch = patch.next)
      names.push(String(patch.key ?? '__proto__'));
    return names.reverse();
  }

  /** The record of a built-in object; `undefined` for any other value. Callable outside the bracket. */
  builtIn(target: unknown): BuiltIn | undefined {
    return this.#builtIns.get(target as object);
  }

  /** Call it outside the bracket for each accessor that code defines on a built-in. */
  definesAccessor(key: PropertyKey): void {
    if (this.#dataKeys.has(key)) this.#mayHaveGetters = true;
  }

  /** Whether the kernel runs, and no code of the reader within it. */
  get isEntered(): boolean {
    return this.#isInside;
  }

  /** Runs synchronous kernel code with the pristine built-ins. Calls may nest. */
  enter<T>(kernelCode: () => T): T {
    if (this.#isInside) return kernelCode();
    this.#patches = this.#removePatches();
    this.#isInside = true;
    try {
      return kernelCode();
    } finally {
      this.#isInside = false;
      reapply(this.#patches);
      this.#patches = undefined;
    }
  }

  /** Calls the reader's code from within the bracket, with the reader's patches applied. */
  runOutside<T>(readerCode: () => T): T {
    if (!this.#isInside) return readerCode();
    reapply(this.#patches);
    this.#patches = undefined;
    this.#isInside = false;
    try {
      return readerCode();
    } finally {
      this.#patches = this.#removePatches();
      this.#isInside = true;
    }
  }

  /** Uses no built-in of the realm, since each may be patched. */
  #removePatches(): Patch | undefined {
    let patches: Patch | undefined;
    const remove = (target: object, key: PropertyKey, pristine: PropertyDescriptor | undefined): void => {
      const descriptor = descriptorOf(target, key);
      patches = { target, key, descriptor, prototype: null, next: patches };
      if (pristine === undefined) deleteProperty(target, key);
      else defineOwn(target, key, pristine);
    };
    if (this.#mayHaveGetters || !this.#isPristine()) {
      let hasGetters = false;
      this.#builtIns.forEach(({ target, prototype: pristine }) => {
        const prototype = getPrototypeOf(target);
        if (prototype === pristine) return;
        patches = { target, key: undefined, descriptor: undefined, prototype, next: patches };
        setPrototypeOf(target, pristine);
      });
      this.#builtIns.forEach(({ target, properties }) => {
        properties.forEach((pristine, key) => {
          if (pristine.get !== undefined) return;
          const now = descriptorOf(target, key);
          if (now !== undefined && 'value' in now && now.value === pristine.value) return;
          hasGetters ||= now?.get !== undefined;
          remove(target, key, pristine);
        });
      });
      this.#mayHaveGetters = hasGetters;
    }
    for (let index = 0; index < this.#accessors.length; index++) {
      const { target, key, descriptor } = this.#accessors[index]!;
      if (
        getterOf(target, key) !== descriptor.get ||
        (descriptor.set !== undefined && setterOf(target, key) !== descriptor.set)
      )
        remove(target, key, descriptor);
    }
    for (let index = 0; index < this.#whole.length; index++) {
      const { target, keys } = this.#whole[index]!;
      const present = ownKeys(target);
      if (present.length === keys!.size) continue;
      for (let at = 0; at < present.length; at++) if (!keys!.has(present[at]!)) remove(target, present[at]!, undefined);
    }
    return patches;
  }
}

/** Latest first, so that each property meets the state in which it was removed. */
function reapply(patches: Patch | undefined): void {
  for (let patch = patches; patch !== undefined; patch = patch.next) {
    const { target, key, descriptor, prototype } = patch;
    if (key === undefined) setPrototypeOf(target, prototype);
    else if (descriptor === undefined) deleteProperty(target, key);
    else defineOwn(target, key, descriptor);
  }
}

/** The realm's only bracket. It records the built-ins before the reader's code runs. */
export const intrinsics = new IntrinsicsBracket(globalThis);
