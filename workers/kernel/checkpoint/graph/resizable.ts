import { apply, descriptorOf } from '../../../../src/context/pristine-built-ins.js';

import {
  bufferLength,
  typedArrayName,
  typedArrayPrototype,
  viewByteLength,
  viewOf,
} from '../../../../src/protocol/intrinsics/slots.js';

interface Resizable extends ArrayBuffer {
  readonly resizable: boolean;
  readonly maxByteLength: number;
  resize(length: number): void;
}

const prototype = ArrayBuffer.prototype as unknown as Resizable;
// Older engines have no such getter.
const maxGetter = descriptorOf(prototype, 'maxByteLength')?.get;
const resizableGetter = descriptorOf(prototype, 'resizable')?.get;
const { resize } = prototype;
const values = (typedArrayPrototype as Uint8Array).values;

/** The maximum length of a buffer; `undefined` for one of fixed size. */
export function maxLengthOf(buffer: object): number | undefined {
  return resizableGetter !== undefined && apply(resizableGetter, buffer, []) === true
    ? (apply(maxGetter!, buffer, []) as number)
    : undefined;
}

export function setLength(buffer: object, length: number): void {
  apply(resize, buffer, [length]);
}

/** Whether a view is within its buffer, which may have shrunk. */
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
 * Whether a view tracks the length of its resizable buffer. This shows only when the length changes, so the buffer is resized
 * for the check.
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

/** A resizable buffer with these bytes and this maximum length. */
export function makeResizable(bytes: ArrayBuffer, maxByteLength: number): ArrayBuffer {
  const Constructor = ArrayBuffer as unknown as new (length: number, options: object) => ArrayBuffer;
  const buffer = new Constructor(bufferLength(bytes), { maxByteLength });
  new Uint8Array(buffer).set(new Uint8Array(bytes));
  return buffer;
}
