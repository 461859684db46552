import {
  bufferLength,
  typedArrayName,
  typedArrayPrototype,
  viewByteLength,
  viewOf,
} from '../../../src/protocol/intrinsics/slots.js';

interface Resizable extends ArrayBuffer {
  readonly resizable: boolean;
  readonly maxByteLength: number;
  resize(length: number): void;
}

const { apply, getOwnPropertyDescriptor } = Reflect;
const prototype = ArrayBuffer.prototype as unknown as Resizable;
// Older engines have none.
const maxGetter = getOwnPropertyDescriptor(prototype, 'maxByteLength')?.get;
const resizableGetter = getOwnPropertyDescriptor(prototype, 'resizable')?.get;
const { resize } = prototype;
const values = (typedArrayPrototype as Uint8Array).values;

/** How large a buffer may become; `undefined` for one of fixed size. */
export function maxLengthOf(buffer: object): number | undefined {
  return resizableGetter !== undefined && apply(resizableGetter, buffer, []) === true
    ? (apply(maxGetter!, buffer, []) as number)
    : undefined;
}

export function setLength(buffer: object, length: number): void {
  apply(resize, buffer, [length]);
}

/** Whether all of a view is in its buffer, which may have become too short for it. */
export function isInBounds(view: object): boolean {
  try {
    if (typedArrayName(view) === undefined) viewByteLength(view);
    else apply(values, view, []);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a view goes on to the end of its resizable buffer, however long that is. Nothing tells but what becomes of it when
 * the buffer has another length, so it has for a moment.
 */
export function followsLength(view: object, buffer: ArrayBuffer, maxLength: number): boolean {
  const { byteOffset, byteLength } = viewOf(view);
  const bytes = new Uint8Array(new Uint8Array(buffer));
  try {
    setLength(buffer, byteLength === 0 ? maxLength : byteOffset + byteLength - 1);
    return byteLength === 0 ? viewOf(view).byteLength > 0 : isInBounds(view);
  } finally {
    setLength(buffer, bytes.length);
    new Uint8Array(buffer).set(bytes);
  }
}

/** A buffer with these bytes that may become as large. */
export function makeResizable(bytes: ArrayBuffer, maxByteLength: number): ArrayBuffer {
  const Constructor = ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer;
  const buffer = new Constructor(bufferLength(bytes), { maxByteLength });
  new Uint8Array(buffer).set(new Uint8Array(bytes));
  return buffer;
}
