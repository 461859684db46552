import { type Brand, brandOf } from '../intrinsics/brand.js';
import { errorFields } from '../intrinsics/error-fields.js';
import type { Preview } from '../previews/preview.js';
import { getterPreview, makePreview } from '../previews/make-preview.js';
import { bufferLength, dateTime, regExpFlags, regExpSource, unbox, urlHref, viewOf } from '../intrinsics/slots.js';
import { isMadePreview, previewOf } from '../previews/value-preview.js';
import { admits, type Candidate, keysOf } from './admission.js';
import { Budget } from './budget.js';
import { maxBuffers, maxDigits, minBufferBytes, type Tag, toBase64 } from './format.js';
import { type CodecBounds, type CodecOptions, defaultCodecBounds, type Payload } from './options.js';
import { isOfPlatform, ValuePath, whatCannotBeSent } from './value-path.js';
import { groupEnd } from './text-limits.js';

/** After so many previews in one value the rest are one line each. */
const fullPreviews = 100;
/** A message with more fields than this is a value. */
const maxFields = 20_000;
/** Of nodes that are parsed in one go. */
const groupCharacters = 32 * 1024;
/** Stands for everything after the last character was spent. */
const nothing: Preview = { type: 'object', kind: 'object', className: '', text: '…' };
const briefPreview = { maxDepth: 0, maxProperties: 0, maxString: 100, maxCharacters: 200 };

interface Pending extends Candidate {
  /** Of its node. */
  readonly index: number;
}

/**
 * Writes any value as text, with large binary data beside it. A `ValuePreview` replaces each part that can't be sent or exceeds a
 * bound. Never runs code of the value's author (no getter, no trap of a known proxy, no `toJSON`), never
 * throws and never detaches a buffer. Enumerable own data properties with string keys are what is sent of an object,
 * except `__proto__`.
 */
export function encode(value: unknown, options: CodecOptions = {}): Payload {
  return new Encoder(options).encode(value);
}

/**
 * Writes a message: as `encode`, but each field of the message (or element, when it is an array) has the bounds to
 * itself, so that a huge value in one does not cost another its structure. All fields together have a quarter more
 * characters.
 *
 * @param wholeField the field that has to be sent whole: an instance of a class counts as its own enumerable fields, and
 * what can't be sent is an error instead of a preview. @default none
 * @throws NotSendableError for what the whole field holds and can't be sent
 */
export function encodeMessage(message: unknown, options: CodecOptions = {}, wholeField?: string): Payload {
  return new Encoder(options).encodeMessage(message, wholeField);
}

class Encoder {
  readonly #options: CodecOptions;
  readonly #bounds: CodecBounds;
  readonly #budget: Budget;
  readonly #isProxy: (value: object) => boolean;
  readonly #nodes: string[] = [];
  readonly #indexes = new Map<object, number>();
  /** First in, first out: so every object is reached along its shortest way, and `maxDepth` measures that. */
  readonly #queue: Pending[] = [];
  readonly #buffers: ArrayBuffer[] = [];
  /** Where the value at hand stands; kept for the path of what can't be sent. */
  #path: ValuePath | undefined;
  #nothingSlot: string | undefined;
  #previews = 0;

  constructor(options: CodecOptions) {
    this.#options = options;
    this.#bounds = options.bounds === undefined ? defaultCodecBounds : { ...defaultCodecBounds, ...options.bounds };
    this.#isProxy = options.isProxy ?? (() => false);
    this.#budget = new Budget(this.#bounds);
  }

  encode(root: unknown): Payload {
    return this.#payload(this.#whole(root));
  }

  encodeMessage(message: unknown, wholeField?: string): Payload {
    if (!this.#hasFields(message)) return this.encode(message);
    const isArray = Array.isArray(message);
    const index = this.#reserve(message);
    const parts: string[] = [];
    let left = this.#bounds.maxCharacters * 1.25;
    for (const key of Object.keys(message)) {
      const descriptor = Object.getOwnPropertyDescriptor(message, key)!;
      const room = Math.min(this.#bounds.maxCharacters, left);
      this.#budget.refill(room);
      this.#previews = 0;
      this.#path = key === wholeField ? new ValuePath() : undefined;
      if (!isArray) parts.push(JSON.stringify(key));
      parts.push('value' in descriptor ? this.#whole(descriptor.value) : this.#shownSlot(getterPreview(descriptor)));
      left -= room - this.#budget.characters;
    }
    this.#nodes[index] = node(isArray ? 'array' : 'object', parts);
    return this.#payload(`[${index}]`);
  }

  #hasFields(message: unknown): message is object {
    if (typeof message !== 'object' || message === null || this.#isProxy(message) || isMadePreview(message))
      return false;
    const prototype = Object.getPrototypeOf(message) as object | null;
    if (Array.isArray(message) ? keysOf(message, 'array') !== undefined : prototype !== Object.prototype) return false;
    const keys = Object.keys(message);
    return keys.length <= maxFields && !keys.includes('__proto__');
  }

  /** The slot of a value, with all that it leads to written. */
  #whole(value: unknown): string {
    const slot = this.#slot(value, 0);
    for (const pending of this.#queue) this.#nodes[pending.index] = this.#node(pending);
    this.#queue.length = 0;
    return slot;
  }

  #payload(slot: string): Payload {
    const groups: string[] = [];
    let group = [slot];
    let characters = 0;
    for (const text of this.#nodes) {
      if (characters > groupCharacters) {
        groups.push(`[${group.join(',')}]`);
        group = [];
        characters = 0;
      }
      group.push(text);
      characters += text.length;
    }
    groups.push(`[${group.join(',')}]`);
    return { text: groups.join(groupEnd), buffers: this.#buffers };
  }

  #slot(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string': {
        const text = value.length > this.#budget.characters ? undefined : JSON.stringify(value);
        return text !== undefined && this.#budget.takeCharacters(text.length) ? text : this.#previewSlot(value);
      }
      case 'number':
        return this.#number(value);
      case 'boolean':
        return value ? 'true' : 'false';
      case 'undefined':
        return '["undefined"]';
      case 'bigint':
        return this.#bigint(value);
      case 'symbol': {
        const key = Symbol.keyFor(value);
        return key === undefined || !this.#budget.takeCharacters(key.length)
          ? this.#previewSlot(value)
          : `["symbol",${JSON.stringify(key)}]`;
      }
      default:
        return value === null ? 'null' : this.#objectSlot(value as object, depth);
    }
  }

  #number(value: number): string {
    if (!Number.isFinite(value) || Object.is(value, -0)) return `["${Object.is(value, -0) ? '-0' : value}"]`;
    const text = String(value);
    this.#budget.spendNumber(text.length);
    return text;
  }

  #bigint(value: bigint): string {
    // Digits are counted in bits, for a huge BigInt takes long to print.
    const text = BigInt.asIntN(maxDigits * 3, value) === value ? String(value) : undefined;
    return text !== undefined && this.#budget.takeCharacters(text.length)
      ? `["bigint","${text}"]`
      : this.#previewSlot(value);
  }

  #objectSlot(source: object, depth: number): string {
    const known = this.#indexes.get(source);
    if (known !== undefined) return `[${known}]`;
    const shown = previewOf(source);
    if (shown !== undefined) return this.#shownSlot(shown, source);
    if (isMadePreview(source)) return this.#shownSlot(source, source, 'previewData');
    const brand = this.#brandOf(source);
    const candidate = { source, brand, depth, keys: keysOf(source, brand) };
    if (depth > this.#bounds.maxDepth) {
      this.#path?.refuse(`a value deeper than ${this.#bounds.maxDepth} levels`, 'Send a flatter one.');
      return this.#previewSlot(source);
    }
    if (!admits(candidate, this.#budget)) return this.#previewSlot(source);
    const index = this.#reserve(source);
    this.#queue.push({ ...candidate, index });
    this.#path?.keep(source);
    return `[${index}]`;
  }

  #brandOf(source: object): Brand {
    const brand = brandOf(source, this.#isProxy);
    return brand === 'instance' && this.#path !== undefined && !isOfPlatform(source, this.#isProxy) ? 'plain' : brand;
  }

  #reserve(source: object | undefined): number {
    const index = this.#nodes.push('') - 1;
    if (source !== undefined) this.#indexes.set(source, index);
    return index;
  }

  #node({ source, depth, brand, keys }: Pending): string {
    this.#path?.enter(source);
    switch (brand) {
      case 'plain':
        return node(Object.getPrototypeOf(source) === null ? 'null' : 'object', this.#properties(source, keys!, depth));
      case 'array':
        return this.#array(source as unknown[], keys, depth);
      case 'map': {
        const parts: string[] = [];
        Map.prototype.forEach.call(source as Map<unknown, unknown>, (value, key) => {
          this.#path?.at(parts.length / 2);
          parts.push(this.#slot(key, depth + 1), this.#slot(value, depth + 1));
        });
        return node('map', parts);
      }
      case 'set': {
        const parts: string[] = [];
        Set.prototype.forEach.call(source as Set<unknown>, (value) => {
          this.#path?.at(parts.length);
          parts.push(this.#slot(value, depth + 1));
        });
        return node('set', parts);
      }
      case 'error':
        return this.#error(source, keys!, depth);
      case 'date': {
        const time = dateTime(source);
        return node('date', [Number.isNaN(time) ? 'null' : String(time)]);
      }
      case 'regexp':
        return node('regexp', [JSON.stringify(regExpSource(source)), JSON.stringify(regExpFlags(source))]);
      case 'url':
        return node('url', [JSON.stringify(urlHref(source))]);
      case 'boxed':
        return node('box', [this.#slot(unbox(source), depth)]);
      case 'arraybuffer':
        return this.#buffer(copyOf(source as ArrayBuffer, 0, bufferLength(source)));
      default:
        return this.#view(source);
    }
  }

  #properties(source: object, keys: readonly string[], depth: number): string[] {
    const parts: string[] = [];
    for (const key of keys) {
      if (key === '__proto__') continue;
      const descriptor = Object.getOwnPropertyDescriptor(source, key);
      if (descriptor === undefined) continue;
      const name = JSON.stringify(key);
      this.#budget.spend(name.length);
      this.#path?.at(key);
      parts.push(name, this.#descriptorSlot(descriptor, depth));
    }
    return parts;
  }

  #descriptorSlot(descriptor: PropertyDescriptor, depth: number): string {
    return 'value' in descriptor ? this.#slot(descriptor.value, depth + 1) : this.#shownSlot(getterPreview(descriptor));
  }

  #array(source: unknown[], indices: readonly string[] | undefined, depth: number): string {
    const parts: string[] = [];
    const element = (at: number | string): string => {
      this.#path?.at(Number(at));
      return this.#descriptorSlot(Object.getOwnPropertyDescriptor(source, at)!, depth);
    };
    if (indices === undefined) {
      for (let at = 0; at < source.length; at++) parts.push(element(at));
      return node('array', parts);
    }
    parts.push(String(source.length));
    for (const index of indices) parts.push(index, element(index));
    return node('sparse', parts);
  }

  #error(source: object, keys: readonly string[], depth: number): string {
    const own = new Set([
      ...keys.filter((key) => key !== 'name' && key !== 'message' && key !== 'stack'),
      'cause',
      'errors',
    ]);
    const { constructor, name, message } = errorFields(source, this.#isProxy);
    return node('error', [
      JSON.stringify(constructor),
      this.#slot(name, depth),
      this.#slot(message, depth),
      ...this.#properties(source, [...own], depth),
    ]);
  }

  #view(source: object): string {
    const { type, buffer, byteOffset, byteLength, length } = viewOf(source);
    const whole = brandOf(buffer, this.#isProxy) === 'arraybuffer' && byteLength === bufferLength(buffer);
    let index = whole ? this.#indexes.get(buffer) : undefined;
    if (index === undefined) {
      // A view of a part takes only its own bytes along: the rest may be large, and may be private.
      index = this.#reserve(whole ? buffer : undefined);
      this.#nodes[index] = this.#buffer(copyOf(buffer, byteOffset, byteLength));
    }
    return node('view', [`"${type}"`, String(index), '0', String(length)]);
  }

  #buffer(copy: ArrayBuffer): string {
    if (copy.byteLength < minBufferBytes || this.#buffers.length >= maxBuffers)
      return node('buffer', [`"${toBase64(copy)}"`]);
    return node('buffer', [String(this.#buffers.push(copy) - 1)]);
  }

  #previewSlot(value: unknown): string {
    this.#path?.refuse(whatCannotBeSent(value, this.#isProxy));
    if (this.#budget.characters <= 0) return (this.#nothingSlot ??= this.#shownSlot(nothing));
    const brief = this.#previews >= fullPreviews ? { preview: briefPreview } : {};
    const preview = makePreview(value, { ...this.#options, ...brief });
    return this.#shownSlot(
      preview,
      typeof value === 'object' || typeof value === 'function' ? (value as object) : undefined,
    );
  }

  #shownSlot(preview: Preview, source?: object, tag: Tag = 'preview'): string {
    this.#path?.refuse(preview.type === 'object' && preview.kind === 'getter' ? 'a getter' : 'a preview');
    this.#previews += 1;
    const index = this.#reserve(source);
    const json = JSON.stringify(preview);
    this.#budget.spend(json.length);
    this.#nodes[index] = node(tag, [json]);
    return `[${index}]`;
  }
}

function node(tag: Tag, parts: readonly string[]): string {
  return parts.length === 0 ? `["${tag}"]` : `["${tag}",${parts.join(',')}]`;
}

function copyOf(buffer: ArrayBufferLike, byteOffset: number, byteLength: number): ArrayBuffer {
  const copy = new Uint8Array(byteLength);
  copy.set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy.buffer;
}
