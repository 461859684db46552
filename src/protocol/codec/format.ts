import { maxPacketBuffers } from '../bounds.js';

/**
 * The text of a payload is a JSON array: the slot of the root, then the nodes, each an array that begins with its tag. A
 * long one is several arrays with line breaks between them, which continue each other: each is parsed for itself.
 * A slot is a string, a finite number, a boolean or null as JSON has them, `[n]` for the node at index n, or one of
 * `["undefined"]`, `["NaN"]`, `["Infinity"]`, `["-Infinity"]`, `["-0"]`, `["bigint", digits]`, `["symbol", key]`.
 * Objects refer to each other by index, so cycles and repeated references need nothing special, and neither writing nor
 * reading recurses: a list of 100,000 links takes no more stack than one.
 *
 * Nodes: `object` and `null` key, slot, … · `array` slot, … · `sparse` length, index, slot, … · `map` key, value, … ·
 * `set` slot, … · `error` constructor, name, message, key, slot, … · `date` time · `regexp` source, flags · `url` href
 * · `box` slot · `buffer` base64 or index of a buffer beside the text · `view` type, node of its buffer, offset, length
 * · `preview` of a `ValuePreview`, and `previewData` of a preview that is a value itself: the preview as JSON.
 */
export type Tag =
  | 'object'
  | 'null'
  | 'array'
  | 'sparse'
  | 'map'
  | 'set'
  | 'error'
  | 'date'
  | 'regexp'
  | 'url'
  | 'box'
  | 'buffer'
  | 'view'
  | 'preview'
  | 'previewData';

/** From this many bytes on, binary data travels beside the text. */
export const minBufferBytes = 64 * 1024;
/** Buffers beside the text; the packet may need one more for the text itself. */
export const maxBuffers = maxPacketBuffers - 1;
export const maxArrayLength = 1024 * 1024;
/** Of a BigInt; longer ones are previews. */
export const maxDigits = 10_000;

export type ViewConstructor = new (buffer: ArrayBuffer, byteOffset: number, length: number) => ArrayBufferView;

export const viewConstructors: ReadonlyMap<string, ViewConstructor> = new Map<string, ViewConstructor>(
  [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  ].map((constructor) => [constructor.name, constructor as ViewConstructor]),
);

const chunk = 0x8000;

export function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunk) {
    binary += String.fromCharCode.apply(null, bytes.subarray(at, at + chunk) as unknown as number[]);
  }
  return btoa(binary);
}

export function fromBase64(text: string): ArrayBuffer {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes.buffer;
}
