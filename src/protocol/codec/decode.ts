import { CodecError } from './codec-errors.js';
import { makeError } from '../intrinsics/error-fields.js';
import type { Preview } from '../previews/preview.js';
import { ValuePreview } from '../previews/value-preview.js';
import { fromBase64, maxArrayLength, maxDigits, viewConstructors } from './format.js';
import type { Payload } from './options.js';
import { GroupAdmission, groupEnd, refusalOfLength } from './text-limits.js';

export interface DecodeOptions {
  /** Whether the text comes from where it can be trusted, and may be of any length. @default false */
  readonly trusted?: boolean;
  /** Keys of the symbols that were registered for the same sender, which this adds to. @default none are known */
  readonly symbols?: Set<string>;
  /** Checks what a text calls a preview, and throws where it is none. Needed for texts that are not trusted. */
  readonly checkPreview?: (preview: unknown) => Preview;
}

type Node = readonly unknown[];
type Fill = () => void;

/** Characters of the key of a registered symbol from elsewhere, and how many of one sender are registered; others become local symbols. */
const maxSymbolCharacters = 100;
const maxSymbols = 100;
/** Nodes that are read in one step. */
const nodesInStep = 2_000;

/**
 * Reads what `encode` wrote. A text from elsewhere gives a value made of plain data or a `CodecError`, in time and
 * memory linear in its length: no key `__proto__` is ever set, no setter runs, nothing recurses.
 */
export function decode(payload: Payload, options: DecodeOptions = {}): unknown {
  const steps = decodeInSteps(payload, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same in steps of a few milliseconds at most, for a thread that has other things to do. */
export function* decodeInSteps(payload: Payload, options: DecodeOptions = {}): Generator<undefined, unknown> {
  try {
    return yield* new Decoder(payload, options).decode();
  } catch (error) {
    if (error instanceof CodecError) throw error;
    throw new CodecError('a payload', (error as Error).message);
  }
}

class Decoder {
  readonly #options: DecodeOptions;
  readonly #symbols: Set<string>;
  readonly #payload: string;
  readonly #buffers: readonly ArrayBuffer[];
  readonly #nodes: Node[] = [];
  readonly #values: unknown[] = [];
  /** Containers exist before their contents do, so that contents may refer to any of them. */
  readonly #fills: Fill[] = [];

  constructor(payload: Payload, options: DecodeOptions) {
    this.#options = options;
    this.#symbols = options.symbols ?? new Set();
    this.#payload = payload.text;
    this.#buffers = payload.buffers;
  }

  *decode(): Generator<undefined, unknown> {
    const root = yield* this.#parse();
    const views: number[] = [];
    for (let index = 0; index < this.#nodes.length; index++) {
      const node = this.#nodes[index];
      if (!Array.isArray(node)) throw new CodecError('a node', kind(node));
      if (node[0] === 'view') views.push(index);
      else this.#values[index] = this.#make(node);
      if (index % nodesInStep === nodesInStep - 1) yield;
    }
    for (const index of views) this.#values[index] = this.#view(this.#nodes[index]!);
    for (let index = 0; index < this.#fills.length; index++) {
      this.#fills[index]!();
      if (index % nodesInStep === nodesInStep - 1) yield;
    }
    return this.#slot(root);
  }

  /** Fills the list of nodes, group by group. Gives the slot of the root, which stands before the first. */
  *#parse(): Generator<undefined, unknown> {
    const admission = this.#options.trusted === true ? undefined : new GroupAdmission();
    const tooLong = admission && refusalOfLength(this.#payload);
    if (tooLong !== undefined) throw new CodecError('a text within the limits', tooLong);
    let root: unknown;
    for (let start = 0, end = 0; start <= this.#payload.length; start = end + 1) {
      if (start > 0) yield;
      end = this.#payload.indexOf(groupEnd, start);
      if (end < 0) end = this.#payload.length;
      const group = this.#payload.slice(start, end);
      const refusal = admission?.refusalOf(group);
      if (refusal !== undefined) throw new CodecError('a text within the limits', refusal);
      const parsed = JSON.parse(group) as unknown;
      if (!Array.isArray(parsed) || parsed.length === 0) throw new CodecError('an array with a root', kind(parsed));
      if (start === 0) root = parsed[0];
      for (let at = start === 0 ? 1 : 0; at < parsed.length; at++) this.#nodes.push(parsed[at] as Node);
    }
    return root;
  }

  #slot(slot: unknown): unknown {
    if (!Array.isArray(slot)) {
      if (typeof slot !== 'object' || slot === null) return slot;
      throw new CodecError('a slot', 'an object');
    }
    const [first, text] = slot as readonly unknown[];
    if (typeof first === 'number') {
      if (!Number.isInteger(first) || first < 0 || first >= this.#nodes.length)
        throw new CodecError('the index of a node', `${first}`);
      return this.#values[first];
    }
    switch (first) {
      case 'undefined':
        return undefined;
      case 'NaN':
        return NaN;
      case 'Infinity':
        return Infinity;
      case '-Infinity':
        return -Infinity;
      case '-0':
        return -0;
      case 'bigint':
        return toBigInt(text);
      case 'symbol':
        return this.#symbol(string(text));
      default:
        throw new CodecError('a slot', kind(first));
    }
  }

  /** A realm never forgets a symbol that it registered: of those that the page is sent it registers few. */
  #symbol(key: string): symbol {
    if (this.#options.trusted === true) return Symbol.for(key);
    if (key.length > maxSymbolCharacters) return Symbol(key);
    if (this.#symbols.size < maxSymbols) this.#symbols.add(key);
    return this.#symbols.has(key) ? Symbol.for(key) : Symbol(key);
  }

  #make(node: Node): unknown {
    switch (node[0]) {
      case 'object':
        return this.#later({}, (object) => this.#properties(object, node, 1));
      case 'null':
        return this.#later(Object.create(null) as object, (object) => this.#properties(object, node, 1));
      case 'array':
        return this.#later<unknown[]>([], (array) => {
          for (let at = 1; at < node.length; at++) array[at - 1] = this.#slot(node[at]);
        });
      case 'sparse':
        return this.#sparse(node);
      case 'map':
        return this.#later(new Map<unknown, unknown>(), (map) => {
          for (let at = 1; at + 1 < node.length; at += 2) map.set(this.#slot(node[at]), this.#slot(node[at + 1]));
        });
      case 'set':
        return this.#later(new Set<unknown>(), (set) => {
          for (let at = 1; at < node.length; at++) set.add(this.#slot(node[at]));
        });
      case 'error':
        return this.#error(node);
      case 'date':
        return new Date(node[1] === null ? NaN : number(node[1]));
      case 'regexp':
        return new RegExp(string(node[1]), string(node[2]));
      case 'url':
        return new URL(string(node[1]));
      case 'box':
        return this.#box(node[1]);
      case 'buffer':
        return this.#buffer(node[1]);
      case 'preview':
        return new ValuePreview(this.#preview(node[1]));
      case 'previewData':
        return this.#preview(node[1]);
      default:
        throw new CodecError('the tag of a node', kind(node[0]));
    }
  }

  #later<T>(container: T, fill: (container: T) => void): T {
    this.#fills.push(() => fill(container));
    return container;
  }

  #properties(object: object, node: Node, from: number): void {
    for (let at = from; at + 1 < node.length; at += 2) {
      const key = string(node[at]);
      if (key === '__proto__') continue;
      // Assigning to what is inherited fails where the page has frozen its intrinsics.
      if (key in object) define(object, key, this.#slot(node[at + 1]));
      else (object as Record<string, unknown>)[key] = this.#slot(node[at + 1]);
    }
  }

  #sparse(node: Node): unknown[] {
    const length = number(node[1]);
    if (!Number.isInteger(length) || length < 0 || length > maxArrayLength)
      throw new CodecError('the length of an array', `${length}`);
    return this.#later<unknown[]>([], (array) => {
      array.length = length;
      for (let at = 2; at + 1 < node.length; at += 2) {
        const index = number(node[at]);
        if (!Number.isInteger(index) || index < 0 || index >= length)
          throw new CodecError('an index of the array', `${index}`);
        array[index] = this.#slot(node[at + 1]);
      }
    });
  }

  #error(node: Node): Error {
    const name = this.#text(node[2]);
    const message = this.#text(node[3]);
    const error = makeError({ constructor: string(node[1]), name, message });
    if (error === undefined) throw new CodecError('the constructor of an error', string(node[1]));
    return this.#later(error, () => {
      for (let at = 4; at + 1 < node.length; at += 2) {
        const key = string(node[at]);
        if (key === '__proto__' || key === 'stack') continue;
        const hidden = key === 'cause' || key === 'errors';
        define(error, key, this.#slot(node[at + 1]), !hidden);
      }
    });
  }

  /** A name or message of an error was itself replaced by a preview where it was too long. */
  #text(slot: unknown): string {
    if (typeof slot === 'string') return slot;
    const shown = Array.isArray(slot) ? this.#nodes[number(slot[0])]?.[1] : undefined;
    return string((shown as { text?: unknown } | undefined)?.text);
  }

  #box(slot: unknown): object {
    const value = this.#slot(slot);
    if (value === undefined || value === null || typeof value === 'object')
      throw new CodecError('a primitive to box', kind(value));
    return Object(value) as object;
  }

  #buffer(content: unknown): ArrayBuffer {
    if (typeof content === 'string') return fromBase64(content);
    const buffer = this.#buffers[number(content)];
    if (buffer === undefined) throw new CodecError('a buffer beside the text', `index ${number(content)}`);
    return buffer;
  }

  #preview(data: unknown): Preview {
    return this.#options.checkPreview === undefined ? (data as Preview) : this.#options.checkPreview(data);
  }

  #view(node: Node): ArrayBufferView {
    const View = viewConstructors.get(string(node[1]));
    const buffer = this.#values[number(node[2])];
    if (View === undefined || !isBuffer(buffer)) throw new CodecError('a view of a buffer', kind(buffer));
    return new View(buffer, number(node[3]), number(node[4]));
  }
}

/** One that was made here; `instanceof` would ask the constructor, where code may have put a method for it. */
function isBuffer(value: unknown): value is ArrayBuffer {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === ArrayBuffer.prototype;
}

function define(target: object, key: PropertyKey, value: unknown, enumerable = true): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
}

function string(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new CodecError('a string', kind(value));
}

function number(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new CodecError('a number', kind(value));
}

function toBigInt(digits: unknown): bigint {
  const text = string(digits);
  if (text.length > maxDigits + 1 || !/^-?\d+$/.test(text)) throw new CodecError('digits', `${text.length} characters`);
  return BigInt(text);
}

function kind(value: unknown): string {
  return value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : typeof value === 'string'
        ? `“${value.slice(0, 40)}”`
        : typeof value;
}
