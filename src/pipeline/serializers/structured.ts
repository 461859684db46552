import { fromBase64, toBase64 } from '../../protocol/codec/format.js';
import { isPlainObject, type Serializer } from './serializer.js';

/**
 * A value as a list of nodes, the value itself first. A part is the index of its node; primitives that JSON has stand in a node of
 * their own. Nodes: `['v', json]`, `['s', text]` for what JSON has not, `['a', …]`, `['o', [key, index] …]`, and one for each kind of object.
 */
type Node = readonly [tag: string, ...parts: unknown[]];

const viewNames = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;

class NotStructured extends Error {}

/**
 * Plain data, and also `undefined`, big integers, all numbers, dates, maps, sets, regular expressions, bytes and typed arrays, and
 * objects that refer to each other or to themselves.
 */
export const structuredSerializer: Serializer = Object.freeze({
  name: 'structured',
  accepts(value: unknown): boolean {
    try {
      write(value);
      return true;
    } catch {
      return false;
    }
  },
  serialize(value: unknown): string {
    try {
      return JSON.stringify(write(value));
    } catch (error) {
      throw error instanceof NotStructured ? new TypeError(error.message) : error;
    }
  },
  deserialize: (text: string) => read(JSON.parse(text) as readonly Node[]),
});

function write(root: unknown): readonly Node[] {
  const nodes: Node[] = [];
  const seen = new Map<unknown, number>();
  const add = (value: unknown): number => {
    const known = seen.get(value);
    if (known !== undefined && !Object.is(value, -0) && value !== 0) return known;
    const index = nodes.length;
    nodes.push(['v', null]);
    if (value !== 0) seen.set(value, index);
    nodes[index] = nodeOf(value, add);
    return index;
  };
  add(root);
  return nodes;
}

function nodeOf(value: unknown, add: (part: unknown) => number): Node {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return ['v', value];
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? ['v', value]
        : ['n', Object.is(value, -0) ? '-0' : String(value)];
    case 'undefined':
      return ['u'];
    case 'bigint':
      return ['b', value.toString(16)];
    case 'object':
      return value === null ? ['v', null] : objectNode(value, add);
    default:
      throw new NotStructured(`A ${typeof value} can't be serialised.`);
  }
}

function objectNode(value: object, add: (part: unknown) => number): Node {
  if (Array.isArray(value)) {
    const entries = Object.entries(value);
    return entries.length === value.length
      ? ['a', ...value.map(add)]
      : ['h', value.length, ...entries.map(([key, each]) => [key, add(each)])];
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  switch (prototype) {
    case Date.prototype:
      return ['d', (value as Date).getTime()];
    case RegExp.prototype:
      return ['r', (value as RegExp).source, (value as RegExp).flags];
    case Map.prototype:
      return ['m', ...[...(value as Map<unknown, unknown>)].map(([key, each]) => [add(key), add(each)])];
    case Set.prototype:
      return ['e', ...[...(value as Set<unknown>)].map(add)];
    case ArrayBuffer.prototype:
      return ['B', toBase64(value as ArrayBuffer)];
    default:
  }
  const view = viewNames.find((name) => prototype === globalThis[name].prototype);
  if (view !== undefined) {
    const { buffer, byteOffset, byteLength } = value as Uint8Array;
    return ['t', view, toBase64((buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength))];
  }
  if (!isPlainObject(value)) {
    throw new NotStructured(
      `An object of the class ${(value.constructor as { name?: string } | undefined)?.name ?? 'without a name'} can't be serialised.`,
    );
  }
  const entries = Object.entries(value).map(([key, each]) => [key, add(each)]);
  return [prototype === null ? 'z' : 'o', ...entries];
}

type Entry = readonly [key: string, index: number];

function read(nodes: readonly Node[]): unknown {
  const values: unknown[] = [];
  const done: boolean[] = [];
  const get = (index: unknown): unknown => {
    const at = index as number;
    const node = nodes[at];
    if (node === undefined) throw new TypeError('The serialised text is cut off.');
    if (done[at] === true) return values[at];
    done[at] = true;
    const [tag, ...parts] = node;
    const fill = entryReader(tag, parts, get);
    values[at] = fill.value;
    fill.complete?.();
    return values[at];
  };
  return get(0);
}

interface Begun {
  readonly value: unknown;
  /** Adds the parts, which may refer to the value. */
  complete?(): void;
}

function entryReader(tag: string, parts: readonly unknown[], get: (index: unknown) => unknown): Begun {
  const [first, second] = parts;
  switch (tag) {
    case 'v':
      return { value: first };
    case 'u':
      return { value: undefined };
    case 'n':
      return { value: Number(first) };
    case 'b':
      return { value: bigintOf(first as string) };
    case 'd':
      return { value: new Date(first === null ? Number.NaN : (first as number)) };
    case 'r':
      return { value: new RegExp(first as string, second as string) };
    case 'B':
      return { value: fromBase64(first as string) };
    case 't': {
      const name = viewNames.find((each) => each === first);
      if (name === undefined) throw new TypeError(`There is no kind of array ${String(first)}.`);
      return { value: new globalThis[name](fromBase64(second as string)) };
    }
    case 'a': {
      const list: unknown[] = [];
      return { value: list, complete: () => parts.forEach((index) => list.push(get(index))) };
    }
    case 'h': {
      const list: Record<string, unknown> = Array.from({ length: 0 }) as never;
      (list as unknown as unknown[]).length = first as number;
      return {
        value: list,
        complete: () => (parts.slice(1) as Entry[]).forEach(([key, index]) => (list[key] = get(index))),
      };
    }
    case 'm': {
      const map = new Map<unknown, unknown>();
      return {
        value: map,
        complete: () => (parts as [number, number][]).forEach(([key, each]) => map.set(get(key), get(each))),
      };
    }
    case 'e': {
      const set = new Set<unknown>();
      return { value: set, complete: () => parts.forEach((index) => set.add(get(index))) };
    }
    case 'o':
    case 'z': {
      const object = (tag === 'z' ? Object.create(null) : {}) as Record<string, unknown>;
      return {
        value: object,
        complete: () => (parts as Entry[]).forEach(([key, index]) => (object[key] = get(index))),
      };
    }
    default:
      throw new TypeError(`The serialised text has a part of the unknown kind ${tag}.`);
  }
}

const bigintOf = (hex: string): bigint => (hex.startsWith('-') ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`));
