import { brandOf, classNameOf, type Brand } from '../../../src/protocol/intrinsics/brand.js';
import { toBase64, viewConstructors } from '../../../src/protocol/codec/format.js';
import { errorFields } from '../../../src/protocol/intrinsics/error-fields.js';
import {
  bufferLength,
  dateTime,
  regExpFlags,
  regExpSource,
  unbox,
  urlHref,
  viewOf,
} from '../../../src/protocol/intrinsics/slots.js';
import { configurable, enumerable, ordinary, writable } from './format.js';
import { NotKept } from './not-kept.js';
import { keyText, primitiveText } from './primitive-text.js';
import { wayTo, type GraphHooks, type Reached } from './reached.js';

/** The slot of a value that an object holds. @throws NotKept */
type WriteSlot = (value: unknown, from: Reached, step: string) => string;

/** From here on own properties of an array beside its elements are not looked for: listing its keys takes longer than writing it. */
const longArray = 50_000;

/** Own properties that a function has by itself. */
const functionOwn: ReadonlySet<PropertyKey> = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);

const errorPrototypes: Readonly<Record<string, object>> = Object.fromEntries(
  [
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ReferenceError,
    EvalError,
    URIError,
    AggregateError,
    ...(typeof DOMException === 'undefined' ? [] : [DOMException]),
  ].map((constructor) => [constructor.name, constructor.prototype as object]),
);
const boxPrototypes: Readonly<Record<string, object>> = {
  string: String.prototype,
  number: Number.prototype,
  boolean: Boolean.prototype,
  bigint: BigInt.prototype,
  symbol: Symbol.prototype,
};
const prototypes: Partial<Record<Brand, object>> = {
  plain: Object.prototype,
  instance: Object.prototype,
  array: Array.prototype,
  map: Map.prototype,
  set: Set.prototype,
  date: Date.prototype,
  regexp: RegExp.prototype,
  url: URL.prototype,
  arraybuffer: ArrayBuffer.prototype,
};

/** Writes one object as the text of its node; see `format.ts`. */
export class NodeWriter {
  readonly #hooks: GraphHooks;
  readonly #slot: WriteSlot;
  /** Counts characters against what the name may take. @throws NotKept */
  readonly #spend: (characters: number) => void;

  constructor(hooks: GraphHooks, slot: WriteSlot, spend: (characters: number) => void) {
    this.#hooks = hooks;
    this.#slot = slot;
    this.#spend = spend;
  }

  write(at: Reached): string {
    const { source } = at;
    const brand = brandOf(source, this.#hooks.isProxy);
    return `{"i":${at.member.id}${this.#content(at, source, brand)}}`;
  }

  #content(at: Reached, source: object, brand: Brand): string {
    switch (brand) {
      case 'plain':
      case 'instance':
        return this.#object(at, source, Object.prototype, brand);
      case 'array':
        return this.#array(at, source as readonly unknown[]);
      case 'map':
        return this.#typed(at, source, brand, 'map', this.#entries(at, source as Map<unknown, unknown>));
      case 'set':
        return this.#typed(at, source, brand, 'set', this.#members(at, source as Set<unknown>));
      case 'date': {
        const time = dateTime(source);
        return this.#typed(at, source, brand, 'date', Number.isNaN(time) ? 'null' : String(time));
      }
      case 'regexp':
        return this.#typed(
          at,
          source,
          brand,
          'regexp',
          `[${JSON.stringify(regExpSource(source))},"${regExpFlags(source)}"]`,
        );
      case 'url':
        return this.#typed(at, source, brand, 'url', JSON.stringify(urlHref(source)));
      case 'boxed': {
        const value = unbox(source);
        const text = primitiveText(value);
        if (text === undefined) throw new NotKept(`${wayTo(at.from, at.step)} is a boxed symbol`);
        const isLong = typeof value === 'string' && value.length > longArray;
        const natural = boxPrototypes[typeof value]!;
        return `,"t":"box","v":${text}${isLong ? this.#prototype(at, source, natural, brand) : this.#object(at, source, natural, brand, isTextIndex(value))}`;
      }
      case 'arraybuffer': {
        const length = bufferLength(source);
        this.#spend(Math.ceil(length / 3) * 4);
        return this.#typed(at, source, brand, 'buffer', `"${toBase64((source as ArrayBuffer).slice(0, length))}"`);
      }
      case 'typedarray':
      case 'dataview': {
        const { type, buffer, byteOffset, length } = viewOf(source);
        const constructor = viewConstructors.get(type);
        if (constructor === undefined) throw new NotKept(`${wayTo(at.from, at.step)} is a ${type}`);
        const view = `["${type}",${this.#slot(buffer, at, '.buffer')},${byteOffset},${length}]`;
        const natural = constructor.prototype as object;
        return `,"t":"view","v":${view}${length > longArray ? this.#prototype(at, source, natural, brand) : this.#object(at, source, natural, brand, isIndex)}`;
      }
      case 'error': {
        const { constructor, name, message } = errorFields(source, this.#hooks.isProxy);
        const value =
          constructor === 'DOMException'
            ? `["DOMException",${JSON.stringify(name)},${JSON.stringify(message)}]`
            : `["${constructor}"]`;
        return `,"t":"error","v":${value}${this.#object(at, source, errorPrototypes[constructor] ?? Error.prototype, brand, (key) => key === 'stack')}`;
      }
      case 'function':
        return this.#function(at, source as () => unknown);
      default:
        throw new NotKept(`${wayTo(at.from, at.step)} is a ${brand}`);
    }
  }

  #typed(at: Reached, source: object, brand: Brand, type: string, value: string): string {
    return `,"t":"${type}","v":${value}${this.#object(at, source, prototypes[brand]!, brand)}`;
  }

  #entries(at: Reached, map: Map<unknown, unknown>): string {
    const parts: string[] = [];
    Map.prototype.forEach.call(map, (value, key) => {
      parts.push(this.#slot(key, at, 'a key of '), this.#slot(value, at, 'an entry of '));
    });
    return `[${parts.join(',')}]`;
  }

  #members(at: Reached, set: Set<unknown>): string {
    const parts: string[] = [];
    Set.prototype.forEach.call(set, (value) => {
      parts.push(this.#slot(value, at, 'an entry of '));
    });
    return `[${parts.join(',')}]`;
  }

  #array(at: Reached, source: readonly unknown[]): string {
    const { length } = source;
    const sparse = (): string =>
      `,"t":"sparse","v":${length}${this.#object(at, source, Array.prototype, 'array', (key) => key === 'length')}`;
    if (!Object.hasOwn(source, length - 1) && length > 0) return sparse();
    const parts: string[] = [];
    for (let index = 0; index < length; index++) {
      const descriptor = Object.getOwnPropertyDescriptor(source, index);
      if (descriptor === undefined || !('value' in descriptor)) return sparse();
      parts.push(this.#slot(descriptor.value, at, `[${index}]`));
    }
    const others =
      length > longArray
        ? this.#prototype(at, source, Array.prototype) + integrity(source)
        : this.#object(at, source, Array.prototype, 'array', (key) => key === 'length' || isIndex(key));
    return `,"t":"array","v":[${parts.join(',')}]${others}`;
  }

  /** Own properties, prototype and integrity of an object of any type. */
  #object(
    at: Reached,
    source: object,
    natural: object,
    brand: Brand,
    skips: (key: PropertyKey) => boolean = () => false,
  ): string {
    const prototype = this.#prototype(at, source, natural, brand);
    const level = integrity(source);
    const common = level.endsWith('3') ? enumerable : level.endsWith('2') ? enumerable | writable : ordinary;
    const usual: string[] = [];
    const unusual: string[] = [];
    for (const key of Reflect.ownKeys(source)) {
      if (skips(key)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(source, key)!;
      const name = this.#key(at, key);
      const step = typeof key === 'symbol' ? `[${String(key)}]` : `.${key}`;
      const flags = flagsOf(descriptor);
      if (!('value' in descriptor)) {
        unusual.push(
          `[${name},${flags},${this.#slot(descriptor.get, at, step)},${this.#slot(descriptor.set, at, step)}]`,
        );
      } else if (flags === common && unusual.length === 0) usual.push(name, this.#slot(descriptor.value, at, step));
      else unusual.push(`[${name},${flags},${this.#slot(descriptor.value, at, step)}]`);
    }
    return (
      (usual.length > 0 ? `,"p":[${usual.join(',')}]` : '') +
      (unusual.length > 0 ? `,"a":[${unusual.join(',')}]` : '') +
      prototype +
      level
    );
  }

  #key(at: Reached, key: PropertyKey): string {
    const text = keyText(key);
    if (text === undefined) throw new NotKept(`${wayTo(at.from, at.step)} has a key that is a symbol of its own`);
    return text;
  }

  #prototype(at: Reached, source: object, natural: object, brand: Brand = 'array'): string {
    const prototype = Object.getPrototypeOf(source) as object | null;
    if (prototype === natural) return '';
    if (prototype === null) return ',"c":null';
    this.#checkChain(at, source, prototype, natural, brand);
    const owner = this.#ownerOf(prototype);
    if (owner === undefined) return `,"c":${this.#slot(prototype, at, '.__proto__')}`;
    return `,"c":["prototype",${this.#slot(owner, at, '.constructor').slice(1, -1)}]`;
  }

  /** All of its prototypes have to be the session's own: what a platform's class keeps inside nobody can read. */
  #checkChain(at: Reached, source: object, first: object, natural: object, brand: Brand): void {
    for (
      let prototype: object | null = first;
      prototype !== null && prototype !== natural;
      prototype = Object.getPrototypeOf(prototype) as object | null
    ) {
      const { isProxy, globalPath, originOf } = this.#hooks;
      const owner = isProxy(prototype) ? undefined : this.#ownerOf(prototype);
      const origin = owner === undefined ? undefined : originOf(owner);
      const refuse = (why: string): never => {
        throw new NotKept(
          `${wayTo(at.from, at.step)} is ${brand === 'instance' ? 'an instance' : `a ${brand}`} of ${classNameOf(source, isProxy)}${why}`,
        );
      };
      if (origin?.hasPrivate === true) refuse(', which has private members');
      if (origin !== undefined && origin.captured.length > 0)
        refuse(`, a class that uses “${origin.captured[0]}” of what was around it`);
      if (owner === undefined && (isProxy(prototype) || globalPath(prototype) !== undefined)) refuse('');
    }
  }

  /** The function of the session whose prototype it is. */
  #ownerOf(prototype: object): object | undefined {
    const { isProxy, originOf } = this.#hooks;
    const owner = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value as unknown;
    if (typeof owner !== 'function' || isProxy(owner) || originOf(owner) === undefined) return undefined;
    return Object.getOwnPropertyDescriptor(owner, 'prototype')?.value === prototype ? owner : undefined;
  }

  #function(at: Reached, source: object): string {
    const { originOf, declaredName, isProxy } = this.#hooks;
    const text = originOf(source)!.source;
    const name = Object.getOwnPropertyDescriptor(source, 'name')?.value as unknown;
    const declared = declaredName(source);
    const base = Object.getPrototypeOf(source) as object | null;
    const extended =
      typeof base === 'function' && !isProxy(base) && originOf(base) !== undefined
        ? `,"c":${this.#slot(base, at, '.__proto__')}`
        : '';
    return (
      `,"t":"fn","v":${JSON.stringify(text)}` +
      (typeof name === 'string' ? `,"n":${JSON.stringify(name)}` : '') +
      (declared === undefined ? '' : `,"d":${JSON.stringify(declared)}`) +
      this.#added(at, source, 'p', (key) => functionOwn.has(key)) +
      this.#ownPrototype(at, source) +
      extended +
      integrity(source)
    );
  }

  /** What was put on the prototype of a function, or took its place; methods of a class are in its source. */
  #ownPrototype(at: Reached, source: object): string {
    const prototype = Object.getOwnPropertyDescriptor(source, 'prototype')?.value as unknown;
    if (typeof prototype !== 'object' || prototype === null || this.#hooks.isProxy(prototype)) return '';
    if (Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === source)
      return this.#added(at, prototype, 'm', (key) => key === 'constructor');
    return Reflect.ownKeys(prototype).length === 0 ? '' : `,"r":${this.#slot(prototype, at, '.prototype')}`;
  }

  #added(at: Reached, source: object, field: string, skips: (key: PropertyKey) => boolean): string {
    const parts: string[] = [];
    for (const key of Reflect.ownKeys(source)) {
      if (skips(key)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(source, key)!;
      if (descriptor.enumerable === true && 'value' in descriptor)
        parts.push(this.#key(at, key), this.#slot(descriptor.value, at, `.${String(key)}`));
    }
    return parts.length === 0 ? '' : `,"${field}":[${parts.join(',')}]`;
  }
}

function integrity(source: object): string {
  if (Object.isExtensible(source)) return '';
  return `,"x":${Object.isFrozen(source) ? 3 : Object.isSealed(source) ? 2 : 1}`;
}

function flagsOf(descriptor: PropertyDescriptor): number {
  return (
    (descriptor.enumerable === true ? enumerable : 0) |
    (descriptor.writable === true ? writable : 0) |
    (descriptor.configurable === true ? configurable : 0)
  );
}

const isIndex = (key: PropertyKey): boolean => typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key);

/** The characters and the length of a boxed string are its own. */
const isTextIndex =
  (value: unknown) =>
  (key: PropertyKey): boolean =>
    typeof value === 'string' && (key === 'length' || isIndex(key));
