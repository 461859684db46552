/**
 * Reads of internal slots, taken when this module is evaluated. Each throws a TypeError for an object without that slot
 * and runs no code but the platform's, whatever own properties the object has.
 */

/** A getter or method of a prototype, for use on whatever object. */
export function slot<T>(prototype: object, name: PropertyKey): (value: object) => T {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const read = descriptor?.get ?? (descriptor?.value as () => unknown);
  return (value) => Reflect.apply(read, value, []) as T;
}

export const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;

export const mapSize = slot<number>(Map.prototype, 'size');
export const setSize = slot<number>(Set.prototype, 'size');
export const dateTime = slot<number>(Date.prototype, 'getTime');
export const regExpSource = slot<string>(RegExp.prototype, 'source');
export const urlHref = slot<string>(URL.prototype, 'href');
export const bufferLength = slot<number>(ArrayBuffer.prototype, 'byteLength');
/** `Uint8Array` and the like; `undefined` for what is no typed array. */
export const typedArrayName = slot<string | undefined>(typedArrayPrototype, Symbol.toStringTag);
export const typedArrayLength = slot<number>(typedArrayPrototype, 'length');
export const viewByteLength = slot<number>(DataView.prototype, 'byteLength');
let stackGetter: { readonly get: (() => unknown) | undefined } | undefined;

/**
 * The platform's getter of `stack`, where it has one. Chromium and Node have it on the error, others on the prototype. It is found
 * at the first call, which has to come before code that may replace it. An error that is made while this module is evaluated
 * would cost a third of a worker's start: the engine parses the whole script again, to know the place of the error.
 */
export function errorStackGetter(): (() => unknown) | undefined {
  const descriptorOf = (error: object): PropertyDescriptor | undefined =>
    Object.getOwnPropertyDescriptor(error, 'stack');
  stackGetter ??= { get: (descriptorOf(Error.prototype) ?? descriptorOf(new Error()))?.get };
  return stackGetter.get;
}

const domException = typeof DOMException === 'undefined' ? undefined : DOMException.prototype;
export const domExceptionName = domException && slot<string>(domException, 'name');
/** Getters of error properties that run nothing of an author. */
export const platformGetters: ReadonlySet<unknown> = new Set(
  domException === undefined
    ? []
    : ['name', 'message'].map((name) => Object.getOwnPropertyDescriptor(domException, name)?.get),
);
export const domExceptionMessage = domException && slot<string>(domException, 'message');

/** Prototypes of boxed primitives, each with the read of its primitive. */
export const boxes = [Number, String, Boolean, BigInt, Symbol].map(
  ({ prototype }) => [prototype as object, slot<unknown>(prototype, 'valueOf')] as const,
);

/** The primitive in a `new String(…)` and the like. */
export function unbox(value: object): unknown {
  for (const [, valueOf] of boxes) {
    try {
      return valueOf(value);
    } catch {
      // Not this box: the next may be it.
    }
  }
  throw new TypeError('Expected a boxed primitive.');
}

const typedArraySlots = {
  buffer: slot<ArrayBufferLike>(typedArrayPrototype, 'buffer'),
  byteOffset: slot<number>(typedArrayPrototype, 'byteOffset'),
  byteLength: slot<number>(typedArrayPrototype, 'byteLength'),
  length: typedArrayLength,
};
const dataViewBuffer = slot<ArrayBufferLike>(DataView.prototype, 'buffer');
const dataViewOffset = slot<number>(DataView.prototype, 'byteOffset');

export interface ViewSlots {
  /** `DataView`, `Uint8Array` … */
  readonly type: string;
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Elements; bytes of a DataView. */
  readonly length: number;
}

/** Of a typed array or a DataView. */
export function viewOf(value: object): ViewSlots {
  const type = typedArrayName(value);
  if (type === undefined) {
    const byteLength = viewByteLength(value);
    return {
      type: 'DataView',
      buffer: dataViewBuffer(value),
      byteOffset: dataViewOffset(value),
      byteLength,
      length: byteLength,
    };
  }
  const { buffer, byteOffset, byteLength, length } = typedArraySlots;
  return {
    type,
    buffer: buffer(value),
    byteOffset: byteOffset(value),
    byteLength: byteLength(value),
    length: length(value),
  };
}

const flagGetters = (
  ['hasIndices', 'global', 'ignoreCase', 'multiline', 'dotAll', 'unicode', 'unicodeSets', 'sticky'] as const
).map((name, at) => [Object.getOwnPropertyDescriptor(RegExp.prototype, name)?.get, 'dgimsuvy'[at]!] as const);

/** The `flags` getter reads properties, which may be the author's own: each flag is read from its slot. */
export function regExpFlags(value: object): string {
  let flags = '';
  for (const [get, letter] of flagGetters)
    if (get !== undefined && Reflect.apply(get, value, []) === true) flags += letter;
  return flags;
}
