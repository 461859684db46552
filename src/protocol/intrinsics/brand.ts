import {
  boxes,
  bufferLength,
  dateTime,
  mapSize,
  regExpSource,
  setSize,
  slot,
  typedArrayLength,
  typedArrayPrototype,
  urlHref,
  viewByteLength,
} from './slots.js';

/**
 * The kind of an object, found without running code of its author: no getter, no trap of a known proxy, no
 * `Symbol.toStringTag`. A known prototype in its chain suggests a kind, and a read of the internal slot proves it.
 */
export type Brand =
  | 'plain'
  | 'instance'
  | 'array'
  | 'function'
  | 'error'
  | 'date'
  | 'regexp'
  | 'url'
  | 'map'
  | 'set'
  | 'weak'
  | 'promise'
  | 'typedarray'
  | 'dataview'
  | 'arraybuffer'
  | 'boxed'
  | 'generator'
  | 'proxy';

/**
 * Tells whether an object is a proxy. Only code that wraps the constructor can know; without it, a proxy passes for its
 * target.
 */
export type IsProxy = (value: object) => boolean;

type Probe = (value: object) => unknown;

const generatorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})())) as object;
const asyncGeneratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())) as object;
const always: Probe = () => true;

const probes = new Map<object, readonly [Brand, Probe]>([
  [Map.prototype, ['map', mapSize]],
  [Set.prototype, ['set', setSize]],
  [Date.prototype, ['date', dateTime]],
  [RegExp.prototype, ['regexp', regExpSource]],
  [URL.prototype, ['url', urlHref]],
  [ArrayBuffer.prototype, ['arraybuffer', bufferLength]],
  [typedArrayPrototype, ['typedarray', typedArrayLength]],
  [DataView.prototype, ['dataview', viewByteLength]],
  ...boxes.map(([prototype, valueOf]): [object, [Brand, Probe]] => [prototype, ['boxed', valueOf]]),
  [WeakMap.prototype, ['weak', slot(WeakMap.prototype, 'has')]],
  [WeakSet.prototype, ['weak', slot(WeakSet.prototype, 'has')]],
  [WeakRef.prototype, ['weak', slot(WeakRef.prototype, 'deref')]],
  [FinalizationRegistry.prototype, ['weak', always]],
  [Promise.prototype, ['promise', always]],
  [Error.prototype, ['error', always]],
  [generatorPrototype, ['generator', always]],
  [asyncGeneratorPrototype, ['generator', always]],
]);

/** The first known prototype of chains, by the prototype that they begin with; `null` where none is known. */
export type Ends = WeakMap<object, object | null>;

/** @param ends for many objects, while no prototype changes: each link of a long chain is walked once */
export function brandOf(value: object, isProxy: IsProxy, ends?: Ends): Brand {
  if (isProxy(value)) return 'proxy';
  if (typeof value === 'function') return 'function';
  if (isArray(value)) return 'array';
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return 'plain';
  if (!isProxy(prototype) && isForeignObjectPrototype(prototype)) return 'plain';
  const known = probes.get(endOf(prototype, isProxy, ends)!);
  return known !== undefined && passes(known[1], value) ? known[0] : 'instance';
}

function endOf(first: object, isProxy: IsProxy, ends: Ends | undefined): object | null {
  const links: object[] = [];
  let end: object | null = first;
  while (end !== null && !probes.has(end)) {
    const known: object | null | undefined = isProxy(end) ? null : ends?.get(end);
    if (known === undefined) links.push(end);
    end = known === undefined ? (Object.getPrototypeOf(end) as object | null) : known;
  }
  for (const link of links) ends?.set(link, end);
  return end;
}

const clone = globalThis.structuredClone;
const { isError = () => false } = Error as { isError?: (value: unknown) => boolean };

/**
 * Whether an object without own properties is one of the platform's, whatever its prototypes say. A clone tells by internal slots
 * alone: asking for each slot would make twenty errors. Of an error, it would read the name; older engines do not tell errors.
 */
export function isDisguised(value: object): boolean {
  try {
    return isError(value) || Object.getPrototypeOf(clone(value)) !== Object.prototype;
  } catch {
    return true;
  }
}

/** `Object.prototype` of another realm, such as of a frame that the host page uses. */
function isForeignObjectPrototype(prototype: object): boolean {
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, '__lookupGetter__');
}

function isArray(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false; // A revoked proxy.
  }
}

function passes(probe: Probe, value: object): boolean {
  try {
    probe(value);
    return true;
  } catch {
    return false;
  }
}

/** The property as the object or the nearest of its prototypes has it. */
export function findProperty(value: object, name: PropertyKey, isProxy: IsProxy): PropertyDescriptor | undefined {
  for (
    let owner: object | null = value;
    owner !== null && !isProxy(owner);
    owner = Object.getPrototypeOf(owner) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

/** The value of a data property of the object or of its prototypes; `undefined` where it is an accessor or absent. */
export function dataProperty(value: object, name: PropertyKey, isProxy: IsProxy): unknown {
  return findProperty(value, name, isProxy)?.value;
}

/** The name of the class of an object: of the constructor that its prototype names; `''` where it has none. */
export function classNameOf(value: object, isProxy: IsProxy): string {
  if (isProxy(value)) return 'Proxy';
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return '';
  const constructor = dataProperty(prototype, 'constructor', isProxy);
  if (typeof constructor !== 'function' || isProxy(constructor)) return 'Object';
  const name = Object.getOwnPropertyDescriptor(constructor, 'name')?.value as unknown;
  return typeof name === 'string' && name !== '' ? name.slice(0, 200) : 'Object';
}
