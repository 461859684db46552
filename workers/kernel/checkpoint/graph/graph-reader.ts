import { fromBase64, maxArrayLength, viewConstructors } from '../../../../src/protocol/codec/format.js';
import { brandOf, type IsProxy } from '../../../../src/protocol/intrinsics/brand.js';
import { errorFields, makeError } from '../../../../src/protocol/intrinsics/error-fields.js';
import { configurable, enumerable, writable, type GroupText, type NodeText } from './format.js';
import { makeResizable } from './resizable.js';
import { readKey, readPrimitive } from './primitive-text.js';

export interface ReaderHooks {
  /** @throws TypeError if the realm has no value at that path */
  global(path: string): unknown;
  /** A module's export; without a name, the module. @throws TypeError if no name imports the module */
  imported(specifier: string, exportName?: string): unknown;
  /** The binding of a tool or namespace; without a path, `tools` itself. */
  tool(path?: string): unknown;
  readonly isProxy: IsProxy;
}

/** Stands for a value whose source has not been evaluated yet. */
const missing = Symbol('missing');

type Slots = readonly unknown[];

const made: ReadonlySet<unknown> = new Set(['fn', 'method', 'member', 'prototype']);

/**
 * Recreates the objects of one group in three steps, since objects may refer to each other, and to functions, which are evaluated
 * later: `make`, then functions and classes one by one (`functions`, `setFunction`), then `finish`. No constructor is called.
 */
export class GraphReader {
  /** A group that `readGroups` has checked. */
  readonly group: GroupText;
  readonly #hooks: ReaderHooks;
  readonly #nodes = new Map<number, NodeText>();
  readonly #values = new Map<number, unknown>();
  /** Reasons why nodes could not be recreated. */
  readonly #failures = new Map<number, string>();
  /** Nodes that refer to values from source. */
  readonly #unfinished = new Set<NodeText>();

  constructor(group: GroupText, hooks: ReaderHooks) {
    this.group = group;
    this.#hooks = hooks;
    for (const node of group.nodes) this.#nodes.set(node.i, node);
  }

  /** Creates the objects. @throws TypeError, RangeError, SyntaxError if one can't be created; no name is bound then */
  make(): void {
    const views: NodeText[] = [];
    for (const node of this.group.nodes) {
      if (node.t === 'view') views.push(node);
      else if (made.has(node.t)) this.#unfinished.add(node);
      else this.#values.set(node.i, this.#container(node));
    }
    for (const node of views) this.#values.set(node.i, this.#view(node));
    for (const node of this.group.nodes) if (!made.has(node.t)) this.#fill(node);
    for (const [, , kind, slot] of this.group.names) if (kind !== 'import') this.#slot(slot);
  }

  /** The nodes whose source must be evaluated. */
  functions(): readonly NodeText[] {
    return this.group.nodes.filter(({ t }) => t === 'fn' || t === 'method');
  }

  setFunction(node: NodeText, fn: object): void {
    this.#values.set(node.i, fn);
  }

  fail(node: NodeText, reason: string): void {
    this.#failures.set(node.i, reason);
  }

  /** Adds references to functions, sets prototypes, and freezes objects. */
  finish(): void {
    const { nodes } = this.group;
    // Reads members and prototypes of the definitions before properties replace them.
    this.#each(nodes, (node) => {
      if (node.t === 'prototype') this.#values.set(node.i, this.#prototypeOf(node.v));
    });
    this.#each(nodes, (node) => {
      if (node.t === 'member') this.#values.set(node.i, this.#member(node.v as Slots));
    });
    this.#each(this.#unfinished, (node) => {
      this.#fill(node);
      if (made.has(node.t)) this.#removeOthers(node, this.#values.get(node.i) as object);
    });
    this.#each(nodes, (node) => this.#finishObject(node, this.#values.get(node.i) as object));
  }

  #each(nodes: Iterable<NodeText>, step: (node: NodeText) => void): void {
    for (const node of nodes) {
      if (this.#failures.has(node.i) || (!this.#values.has(node.i) && !made.has(node.t))) continue;
      try {
        step(node);
      } catch (error) {
        this.fail(node, reasonOf(error, this.#hooks.isProxy));
      }
    }
  }

  #prototypeOf(slot: unknown): object {
    const owner = this.#slot(slot);
    const prototype = typeof owner === 'function' ? (ownValue(owner, 'prototype', 'value') as unknown) : undefined;
    if (typeof prototype !== 'object' || prototype === null) throw new TypeError('the function has no prototype');
    return prototype;
  }

  #member([owner, key, isStatic, field]: Slots): object {
    const holder = isStatic === 1 ? this.#slot(owner) : this.#prototypeOf(owner);
    const fn = ownValue(holder as object, readKey(key), field as 'value');
    if (typeof fn !== 'function') throw new TypeError(`its class has no ${String(readKey(key))}`);
    return fn;
  }

  /** Why the value of a slot can't be restored completely; `undefined` if it can. */
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
      for (const next of slotsOf(this.#nodes.get(id)!)) queue.push(next);
    }
    return undefined;
  }

  /** The value of a slot; `undefined` for a function that has not been evaluated yet. */
  valueOf(slot: unknown): unknown {
    const value = this.#slot(slot);
    return value === missing ? undefined : value;
  }

  #slot(slot: unknown): unknown {
    if (!Array.isArray(slot)) return slot;
    const [first, second, third] = slot as readonly string[];
    if (typeof first === 'number') return this.#values.has(first) ? this.#values.get(first) : missing;
    if (first === 'global') return this.#hooks.global(second!);
    if (first === 'import') return this.#hooks.imported(second!, third);
    if (first === 'tools') return this.#hooks.tool();
    if (first === 'tool') return this.#hooks.tool(second);
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
        const array: unknown[] = [];
        array.length = v as number;
        return array;
      }
      case 'map':
        return new Map();
      case 'set':
        return new Set();
      case 'date':
        return new Date(v === null ? NaN : (v as number));
      case 'regexp': {
        const [source, flags] = v as readonly [string, string];
        return new RegExp(source, flags);
      }
      case 'url':
        return new URL(v as string);
      case 'box':
        return Object(this.valueOf(v)) as object;
      case 'buffer':
        return Array.isArray(v) ? makeResizable(fromBase64(v[0] as string), v[1] as number) : fromBase64(v as string);
      default:
        return this.#error(v as readonly [string]);
    }
  }

  #error([native, name = native, message = '']: readonly [string, string?, string?]): Error {
    const error = makeError({ constructor: native, name, message });
    if (error === undefined) throw new TypeError(`expected a native error, received ${native}`);
    if (native !== 'DOMException') for (const key of ['message', 'errors', 'name']) Reflect.deleteProperty(error, key);
    return error;
  }

  #view(node: NodeText): unknown {
    const [type, buffer, offset, length] = node.v as readonly [string, unknown, number, number | null];
    const constructor = viewConstructors.get(type);
    if (constructor === undefined) throw new TypeError(`expected a typed array, received ${type}`);
    return new constructor(
      this.valueOf(buffer) as ArrayBuffer,
      offset,
      ...((length === null ? [] : [length]) as [number]),
    );
  }

  #fill(node: NodeText): void {
    const target = this.#values.get(node.i) as object;
    const slots = (): unknown[] => {
      const read = (node.v as Slots).map((slot) => this.#slot(slot));
      if (read.includes(missing)) this.#unfinished.add(node);
      return read;
    };
    if (node.t === 'array') this.#fillArray(target as unknown[], slots());
    else if (node.t === 'map' || node.t === 'set') {
      const entries = slots();
      if (!entries.includes(missing)) fillCollection(node.t, target, entries);
    }
    for (let at = 0; node.p !== undefined && at + 1 < node.p.length; at += 2) {
      const value = this.#slot(node.p[at + 1]);
      if (value === missing) this.#unfinished.add(node);
      set(target, readKey(node.p[at]), value === missing ? undefined : value);
    }
    for (const [key, flags, value, setter] of node.a ?? []) {
      const [first, second] = [this.#slot(value), setter === undefined ? undefined : this.#slot(setter)];
      if (first === missing || second === missing) {
        this.#unfinished.add(node);
        // Keeps the order of the keys.
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

  /** Deletes properties of the definition that the saved object did not have. */
  #removeOthers({ p = [], a = [] }: NodeText, target: object): void {
    const kept = new Set<PropertyKey>(['prototype']);
    for (let at = 0; at < p.length; at += 2) kept.add(readKey(p[at]));
    for (const [key] of a) kept.add(readKey(key));
    for (const key of Reflect.ownKeys(target)) if (!kept.has(key)) Reflect.deleteProperty(target, key);
  }

  #fillArray(target: unknown[], values: readonly unknown[]): void {
    if (values.length > Math.max(maxArrayLength, 2 ** 24)) throw new TypeError('expected fewer elements');
    for (let index = 0; index < values.length; index++)
      target[index] = values[index] === missing ? undefined : values[index];
  }

  #finishObject(node: NodeText, object: object): void {
    // A class is evaluated without its `extends` clause.
    const isBare = node.t === 'prototype' && Object.getPrototypeOf(object) === null;
    const prototype = node.c !== undefined ? this.#slot(node.c) : isBare ? Object.prototype : missing;
    if (prototype !== missing) Object.setPrototypeOf(object, prototype as object | null);
    if (node.t === 'error') {
      const { name, message } = errorFields(object, () => false);
      define(object, 'stack', message === '' ? name : `${name}: ${message}`, writable | configurable);
    }
    if (node.x === 3) Object.freeze(object);
    else if (node.x === 2) Object.seal(object);
    else if (node.x === 1) Object.preventExtensions(object);
  }
}

function fillCollection(type: 'map' | 'set', target: object, entries: readonly unknown[]): void {
  if (type === 'set') for (const entry of entries) (target as Set<unknown>).add(entry);
  else
    for (let at = 0; at + 1 < entries.length; at += 2)
      (target as Map<unknown, unknown>).set(entries[at], entries[at + 1]);
}

/** Assigns where no property of that key is inherited, which is faster than defining. */
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

function ownValue(holder: object, key: PropertyKey, field: 'value' | 'get' | 'set'): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.[field];
}

/** What was thrown, in words and without running code of whoever threw it. */
export function reasonOf(thrown: unknown, isProxy: IsProxy): string {
  return describeThrown(thrown, isProxy).slice(0, 500);
}

function describeThrown(thrown: unknown, isProxy: IsProxy): string {
  if (typeof thrown === 'function') return 'a function was thrown';
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  if (brandOf(thrown, isProxy) !== 'error') return 'an object was thrown';
  const { name, message } = errorFields(thrown, isProxy);
  return `${name}: ${message}`;
}

/** The id of a slot's node. */
function idOf(slot: unknown): number | undefined {
  const first: unknown = Array.isArray(slot) ? slot[0] : undefined;
  return typeof first === 'number' ? first : undefined;
}

function slotsOf({ t, v, p = [], a = [], c }: NodeText): Slots {
  // Keys and texts are no references.
  const contents = t === 'box' || t === 'prototype' ? [v] : Array.isArray(v) ? (v as Slots).filter(Array.isArray) : [];
  return [...contents, ...p, ...a.flat(), c];
}
