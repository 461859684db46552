import { fromBase64, maxArrayLength, viewConstructors } from '../../../src/protocol/codec/format.js';
import { errorFields, makeError } from '../../../src/protocol/intrinsics/error-fields.js';
import { configurable, enumerable, writable, type GroupText, type NodeText } from './format.js';
import { readKey, readPrimitive } from './primitive-text.js';

export interface ReaderHooks {
  /** @throws TypeError where the realm has nothing at that path */
  global(path: string): unknown;
  /** The binding of a tool or of a namespace; of `tools` itself without a path. */
  tool(path?: string): unknown;
}

/** A value that can only be made by evaluating source, and is not there yet. */
const missing = Symbol('missing');

type Slots = readonly unknown[];

/**
 * Makes the objects of one group anew, in three steps, since what they hold may refer to any of them and classes come last:
 * `make`, then functions and classes one by one (`nextFunctions`, `setFunction`), then `finish`. No constructor is called.
 */
export class GraphReader {
  readonly group: GroupText;
  readonly #hooks: ReaderHooks;
  readonly #nodes = new Map<number, NodeText>();
  readonly #values = new Map<number, unknown>();
  /** Why a function could not be made. */
  readonly #failures = new Map<number, string>();
  /** Nodes that hold functions. */
  readonly #unfinished = new Set<NodeText>();

  constructor(group: GroupText, hooks: ReaderHooks) {
    this.group = group;
    this.#hooks = hooks;
    for (const node of group.nodes) this.#nodes.set(node.i, node);
  }

  /** @throws TypeError, RangeError, SyntaxError for what is no checkpoint; nothing has happened then */
  make(): void {
    const views: NodeText[] = [];
    for (const node of this.group.nodes) {
      if (node.t === 'view') views.push(node);
      else if (node.t !== 'fn') this.#values.set(node.i, this.#container(node));
    }
    for (const node of views) this.#values.set(node.i, this.#view(node));
    for (const node of this.group.nodes) if (node.t !== 'fn') this.#fill(node);
  }

  /** Functions and classes in an order in which each comes after the class that it extends. */
  functions(): readonly NodeText[] {
    const ordered = new Set<NodeText>();
    const visiting = new Set<NodeText>();
    const visit = (node: NodeText): void => {
      if (ordered.has(node) || visiting.has(node)) return;
      visiting.add(node);
      const base = Array.isArray(node.c) ? this.#nodes.get(node.c[0] as number) : undefined;
      if (base?.t === 'fn') visit(base);
      ordered.add(node);
    };
    for (const node of this.group.nodes) if (node.t === 'fn') visit(node);
    return [...ordered];
  }

  setFunction(node: NodeText, fn: object): void {
    this.#values.set(node.i, fn);
    const name = Object.getOwnPropertyDescriptor(fn, 'name');
    if (node.n !== undefined && name?.configurable === true && name.value !== node.n)
      Object.defineProperty(fn, 'name', { ...name, value: node.n });
  }

  fail(node: NodeText, reason: string): void {
    this.#failures.set(node.i, reason);
  }

  /** The rest: what refers to functions, prototypes, and what was frozen. */
  finish(): void {
    for (const node of this.#unfinished) this.#fill(node);
    for (const node of this.group.nodes) if (node.t === 'fn' && this.#values.has(node.i)) this.#finishFunction(node);
    for (const node of this.group.nodes) {
      const value = this.#values.get(node.i);
      if (value !== undefined) this.#finishObject(node, value);
    }
  }

  /** Why what a slot leads to can't be had whole; `undefined` when it can. */
  failureOf(slot: unknown): string | undefined {
    if (this.#failures.size === 0) return undefined;
    const seen = new Set<number>();
    const queue: unknown[] = [slot];
    for (const one of queue) {
      const id = idOf(one);
      if (id === undefined || seen.has(id)) continue;
      seen.add(id);
      const failure = this.#failures.get(id);
      if (failure !== undefined) return failure;
      for (const next of slotsOf(this.#nodes.get(id))) queue.push(next);
    }
    return undefined;
  }

  /** The value of a slot; of a function that is not there yet, `undefined`. */
  valueOf(slot: unknown): unknown {
    const value = this.#slot(slot);
    return value === missing ? undefined : value;
  }

  #slot(slot: unknown): unknown {
    if (!Array.isArray(slot)) {
      if (typeof slot === 'object' && slot !== null) throw new TypeError('expected a slot, received an object');
      return slot;
    }
    const [first, second] = slot as readonly unknown[];
    if (typeof first === 'number') {
      if (!this.#nodes.has(first)) throw new TypeError(`expected the id of a node, received ${first}`);
      return this.#values.has(first) ? this.#values.get(first) : missing;
    }
    if (first === 'prototype') {
      const owner = this.#slot([second]);
      return typeof owner === 'function' ? (owner as { readonly prototype: unknown }).prototype : missing;
    }
    if (first === 'global') return this.#hooks.global(String(second));
    if (first === 'tools') return this.#hooks.tool();
    if (first === 'tool') return this.#hooks.tool(String(second));
    return readPrimitive(slot);
  }

  #container(node: NodeText): unknown {
    const { v } = node;
    switch (node.t) {
      case undefined:
        return {};
      case 'array':
        return [];
      case 'sparse': {
        const length = numberOf(v);
        if (!Number.isInteger(length) || length < 0 || length > 2 ** 32 - 1)
          throw new TypeError(`expected the length of an array, received ${length}`);
        const array: unknown[] = [];
        array.length = length;
        return array;
      }
      case 'map':
        return new Map();
      case 'set':
        return new Set();
      case 'date':
        return new Date(v === null ? NaN : numberOf(v));
      case 'regexp': {
        const [source, flags] = listOf(v);
        return new RegExp(textOf(source), textOf(flags));
      }
      case 'url':
        return new URL(textOf(v));
      case 'box':
        return Object(this.valueOf(v)) as object;
      case 'buffer':
        return fromBase64(textOf(v));
      case 'error':
        return this.#error(listOf(v));
      default:
        throw new TypeError(`expected the type of a node, received ${JSON.stringify(node.t)}`);
    }
  }

  #error([constructor, name, message]: Slots): Error {
    const native = textOf(constructor);
    const error = makeError({
      constructor: native,
      name: name === undefined ? native : textOf(name),
      message: message === undefined ? '' : textOf(message),
    });
    if (error === undefined) throw new TypeError(`expected a native error, received ${native}`);
    if (native !== 'DOMException') for (const key of ['message', 'errors', 'name']) Reflect.deleteProperty(error, key);
    return error;
  }

  #view(node: NodeText): unknown {
    const [type, buffer, offset, length] = listOf(node.v);
    const constructor = viewConstructors.get(textOf(type));
    if (constructor === undefined) throw new TypeError(`expected a typed array, received ${textOf(type)}`);
    return new constructor(this.valueOf(buffer) as ArrayBuffer, numberOf(offset), numberOf(length));
  }

  #fill(node: NodeText): void {
    const target = this.#values.get(node.i) as object;
    const slots = (values: unknown): unknown[] => {
      const read = listOf(values ?? []).map((slot) => this.#slot(slot));
      if (read.includes(missing)) this.#unfinished.add(node);
      return read;
    };
    if (node.t === 'array') this.#fillArray(target as unknown[], slots(node.v));
    else if (node.t === 'map' || node.t === 'set') {
      const entries = slots(node.v);
      if (!entries.includes(missing)) fillCollection(target, entries);
    }
    this.#define(node, target, node.p ?? []);
    for (const [key, flags, value, setter] of node.a ?? []) {
      const [first, second] = [this.#slot(value), setter === undefined ? undefined : this.#slot(setter)];
      if (first === missing || second === missing) {
        this.#unfinished.add(node);
        // Keeps the place among the keys.
        define(target, readKey(key), undefined, enumerable | writable | configurable);
      } else if (setter === undefined) define(target, readKey(key), first, flags);
      else {
        Object.defineProperty(target, readKey(key), {
          get: first as () => unknown,
          set: second as (value: unknown) => void,
          enumerable: (flags & enumerable) !== 0,
          configurable: (flags & configurable) !== 0,
        });
      }
    }
  }

  #fillArray(target: unknown[], values: readonly unknown[]): void {
    if (values.length > Math.max(maxArrayLength, 2 ** 24)) throw new TypeError('expected fewer elements');
    for (let index = 0; index < values.length; index++)
      target[index] = values[index] === missing ? undefined : values[index];
  }

  #define(node: NodeText, target: object, properties: readonly unknown[]): void {
    for (let at = 0; at + 1 < properties.length; at += 2) {
      const value = this.#slot(properties[at + 1]);
      if (value === missing) this.#unfinished.add(node);
      set(target, readKey(properties[at]), value === missing ? undefined : value);
    }
  }

  /** Static fields and what was added are as they were: what evaluating the class gave them is replaced. */
  #finishFunction(node: NodeText): void {
    const fn = this.#values.get(node.i) as { readonly prototype: unknown };
    this.#define(node, fn, node.p ?? []);
    const prototype = node.r === undefined ? fn.prototype : this.valueOf(node.r);
    if (node.r !== undefined) Reflect.defineProperty(fn, 'prototype', { value: prototype });
    if (typeof prototype === 'object' && prototype !== null) this.#define(node, prototype, node.m ?? []);
    const base = node.c === undefined ? undefined : this.valueOf(node.c);
    if (typeof base === 'function' && Object.getPrototypeOf(fn) !== base) {
      Object.setPrototypeOf(fn, base);
      if (typeof prototype === 'object' && prototype !== null)
        Object.setPrototypeOf(prototype, (base as { readonly prototype: object | null }).prototype);
    }
  }

  #finishObject(node: NodeText, value: unknown): void {
    const object = value as object;
    if (node.t !== 'fn' && node.c !== undefined) {
      const prototype = this.#slot(node.c);
      if (prototype !== missing) Object.setPrototypeOf(object, prototype as object | null);
    }
    if (node.t === 'error') {
      const { name, message } = errorFields(object, () => false);
      define(object, 'stack', message === '' ? name : `${name}: ${message}`, writable | configurable);
    }
    if (node.x === 3) Object.freeze(object);
    else if (node.x === 2) Object.seal(object);
    else if (node.x === 1) Object.preventExtensions(object);
  }
}

function fillCollection(target: object, entries: readonly unknown[]): void {
  if (target instanceof Set) for (const entry of entries) target.add(entry);
  else if (target instanceof Map)
    for (let at = 0; at + 1 < entries.length; at += 2) target.set(entries[at], entries[at + 1]);
}

/** Assigning is faster, where nothing is inherited under that key. */
function set(target: object, key: PropertyKey, value: unknown): void {
  if (key in target) define(target, key, value, enumerable | writable | configurable);
  else (target as Record<PropertyKey, unknown>)[key] = value;
}

function define(target: object, key: PropertyKey, value: unknown, flags: number): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: (flags & enumerable) !== 0,
    writable: (flags & writable) !== 0,
    configurable: (flags & configurable) !== 0,
  });
}

/** The node that a slot leads to. */
function idOf(slot: unknown): number | undefined {
  if (!Array.isArray(slot)) return undefined;
  const [first, second] = slot as Slots;
  if (typeof first === 'number') return first;
  return first === 'prototype' && typeof second === 'number' ? second : undefined;
}

function slotsOf(node: NodeText | undefined): Slots {
  if (node === undefined) return [];
  const { t, v, p = [], a = [], m = [], c, r } = node;
  const contents = t === 'array' || t === 'map' || t === 'set' ? listOf(v) : t === 'view' ? [listOf(v)[1]] : [];
  const values = [...p, ...m].filter((_, index) => index % 2 === 1);
  return [...contents, ...values, ...a.flatMap(([, , value, setter]) => [value, setter]), c, r];
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`expected a string, received ${typeof value}`);
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`expected a number, received ${typeof value}`);
  return value;
}

function listOf(value: unknown): Slots {
  if (!Array.isArray(value)) throw new TypeError(`expected a list, received ${typeof value}`);
  return value as Slots;
}
