import { findProperty, isDisguised, type Brand } from '../../../../src/protocol/intrinsics/brand.js';
import { toBase64, viewConstructors } from '../../../../src/protocol/codec/format.js';
import { errorFields } from '../../../../src/protocol/intrinsics/error-fields.js';
import {
  bufferLength,
  dateTime,
  regExpFlags,
  regExpSource,
  unbox,
  urlHref,
  viewOf,
} from '../../../../src/protocol/intrinsics/slots.js';
import { ClassMembers } from './class-members.js';
import { configurable, enumerable, ordinary, writable } from './format.js';
import { NotKept } from './not-kept.js';
import { keyText, primitiveText } from './primitive-text.js';
import { followsLength, isInBounds, maxLengthOf } from './resizable.js';
import { Prototypes } from './prototypes.js';
import { wayTo, type GraphHooks, type Reached } from './reached.js';

/** Writes the slot of a value in an object. @throws NotKept */
type WriteSlot = (value: unknown, from: Reached, step: string) => string;

/** Arrays of this length or longer are not searched for other own properties: listing the keys takes longer than writing. */
const longArray = 50_000;

/** Own properties of sloppy functions, without information. */
const functionOwn: ReadonlySet<PropertyKey> = new Set(['arguments', 'caller']);

/** Default prototypes of each kind of function, and of its objects. */
const kinds = [() => 0, async () => 0, function* () {}, async function* () {}].map(
  (fn) => Object.getPrototypeOf(fn) as { readonly prototype?: unknown },
);
const functionPrototypes: ReadonlySet<unknown> = new Set(kinds);
const generatorPrototypes: ReadonlySet<unknown> = new Set(kinds.slice(2).map(({ prototype }) => prototype));

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
  /** Counts characters towards the name's limit. @throws NotKept */
  readonly #spend: (characters: number) => void;
  readonly members: ClassMembers;
  readonly prototypes: Prototypes;

  constructor(hooks: GraphHooks, slot: WriteSlot, spend: (characters: number) => void) {
    this.#hooks = hooks;
    this.#slot = slot;
    this.#spend = spend;
    this.members = new ClassMembers(hooks);
    this.prototypes = new Prototypes(hooks);
  }

  /** Call it before each pass: code may have changed its objects since. */
  begin(): void {
    this.members.begin();
    this.prototypes.begin();
  }

  write(at: Reached): string {
    const { source } = at;
    const owner = this.prototypes.ownerOf(source);
    if (owner !== undefined) {
      const natural = Object.getPrototypeOf(source) as object;
      return `{"i":${at.member.id},"t":"prototype","v":${this.#slot(owner, at, '.constructor')}${this.#object(at, source, generatorPrototypes.has(natural) ? natural : Object.prototype)}}`;
    }
    const brand = this.prototypes.brandOf(source);
    return `{"i":${at.member.id}${this.#content(at, source, brand)}}`;
  }

  #content(at: Reached, source: object, brand: Brand): string {
    switch (brand) {
      case 'plain':
      case 'instance':
        // A clone is dear. Such objects rarely have own properties.
        if (
          Object.getPrototypeOf(source) !== Object.prototype &&
          Reflect.ownKeys(source).length === 0 &&
          isDisguised(source)
        )
          throw new NotKept(`${wayTo(at.from, at.step)} is a platform object with another prototype`);
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
        const max = maxLengthOf(source);
        const bytes = `"${base64Of(source as ArrayBuffer, at)}"`;
        return this.#typed(at, source, brand, 'buffer', max === undefined ? bytes : `[${bytes},${max}]`);
      }
      case 'typedarray':
      case 'dataview': {
        const { type, buffer, byteOffset, length } = viewOf(source);
        const constructor = viewConstructors.get(type);
        if (constructor === undefined) throw new NotKept(`${wayTo(at.from, at.step)} is a ${type}`);
        const node = this.#slot(buffer, at, '.buffer');
        const max = maxLengthOf(buffer);
        if (max !== undefined && !isInBounds(source))
          throw new NotKept(`${wayTo(at.from, at.step)} is a view beyond the end of its buffer`);
        const follows = max !== undefined && followsLength(source, buffer as ArrayBuffer, max);
        const view = `["${type}",${node},${byteOffset},${follows ? 'null' : length}]`;
        const natural = constructor.prototype as object;
        return `,"t":"view","v":${view}${length > longArray ? this.#prototype(at, source, natural, brand) : this.#object(at, source, natural, brand, isIndex)}`;
      }
      case 'error': {
        // An object that only inherits from an error, such as a hand-made prototype, is no error.
        const hasTag = findProperty(source, Symbol.toStringTag, this.#hooks.isProxy) !== undefined;
        if (!hasTag && Object.prototype.toString.call(source) !== '[object Error]')
          return this.#object(at, source, Object.prototype);
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
    const level = integrity(source);
    const isFixed = !level.endsWith('3') && !isWritable(source, 'length');
    const isLength = (key: PropertyKey): boolean => key === 'length' && !isFixed;
    const sparse = (): string =>
      `,"t":"sparse","v":${length}${this.#object(at, source, Array.prototype, 'array', isLength)}`;
    if (!Object.hasOwn(source, length - 1) && length > 0) return sparse();
    const common = commonFlags(level);
    const parts: string[] = [];
    for (let index = 0; index < length; index++) {
      const descriptor = Object.getOwnPropertyDescriptor(source, index);
      if (descriptor === undefined || !('value' in descriptor) || flagsOf(descriptor) !== common) return sparse();
      parts.push(this.#slot(descriptor.value, at, `[${index}]`));
    }
    const skips = (key: PropertyKey): boolean => isLength(key) || isIndex(key);
    const others =
      length > longArray && !hasMore(source as unknown[], level)
        ? this.#prototype(at, source, Array.prototype) + level
        : this.#object(at, source, Array.prototype, 'array', skips);
    return `,"t":"array","v":[${parts.join(',')}]${others}`;
  }

  /** Own properties, prototype and integrity of an object of any type. */
  #object(
    at: Reached,
    source: object,
    natural: object,
    brand?: Brand,
    skips: (key: PropertyKey) => boolean = () => false,
  ): string {
    const prototype = this.#prototype(at, source, natural, brand);
    const level = integrity(source);
    const common = commonFlags(level);
    let isUsual = true;
    const properties: (readonly [name: string, flags: number, value: string])[] = [];
    for (const key of Reflect.ownKeys(source)) {
      if (skips(key)) continue;
      const descriptor = Object.getOwnPropertyDescriptor(source, key)!;
      const name = keyText(key);
      if (name === undefined) throw new NotKept(`${wayTo(at.from, at.step)} has a unique symbol as a key`);
      const step = typeof key === 'symbol' ? `[${String(key)}]` : `.${key}`;
      const flags = flagsOf(descriptor);
      const isValue = 'value' in descriptor;
      const value = isValue
        ? this.#slot(descriptor.value, at, step)
        : `${this.#slot(descriptor.get, at, step)},${this.#slot(descriptor.set, at, step)}`;
      isUsual &&= isValue && flags === common;
      properties.push([name, flags, value]);
    }
    // One list for all properties, to keep their order.
    const text = properties.map(([name, flags, value]) =>
      isUsual ? `${name},${value}` : `[${name},${flags},${value}]`,
    );
    return (text.length > 0 ? `,"${isUsual ? 'p' : 'a'}":[${text.join(',')}]` : '') + prototype + level;
  }

  #prototype(at: Reached, source: object, natural: object, brand?: Brand): string {
    const prototype = Object.getPrototypeOf(source) as object | null;
    if (prototype === natural) return '';
    if (prototype === null) return ',"c":null';
    if (brand !== undefined) this.prototypes.checkChain(at, source, prototype, natural, brand);
    return `,"c":${this.#slot(prototype, at, '.__proto__')}`;
  }

  #function(at: Reached, source: object): string {
    const origin = this.#hooks.originOf(source)!;
    this.members.add(source, origin);
    const { home, declares, isMethod } = origin;
    const place = this.members.placeOf(source, origin);
    if (place === undefined && home !== undefined)
      throw new NotKept(`${wayTo(at.from, at.step)} is a method that uses ${home}, without its class`);
    const made =
      place === undefined
        ? `,"t":"${isMethod === true ? 'method' : 'fn'}","v":${JSON.stringify(origin.source)}${declares === undefined ? '' : `,"d":${JSON.stringify(declares)}`}`
        : `,"t":"member","v":[${this.#slot(place.owner, at, '.constructor')},${keyText(place.key)},${Number(place.isStatic)},"${place.field}"]`;
    const natural = Object.getPrototypeOf(source) as object;
    return (
      made +
      this.#object(
        at,
        source,
        functionPrototypes.has(natural) ? natural : Function.prototype,
        undefined,
        (key) => functionOwn.has(key) || (key === 'prototype' && this.#isUntouched(source)),
      )
    );
  }

  /** Whether a function's prototype is unchanged since its definition. Also records the owner of the prototype. */
  #isUntouched(fn: object): boolean {
    const { value: prototype, writable: isReplaceable } = Object.getOwnPropertyDescriptor(fn, 'prototype')!;
    if (typeof prototype !== 'object' || prototype === null || this.#hooks.isProxy(prototype as object)) return false;
    const natural = Object.getPrototypeOf(prototype) as object | null;
    const isGenerated = generatorPrototypes.has(natural);
    if (isReplaceable === false || isGenerated) this.prototypes.belongs(prototype as object, fn);
    const [key, ...others] = Reflect.ownKeys(prototype as object);
    // A class prototype has the methods of the definition, unless code deleted them.
    if (isReplaceable === false || others.length > 0 || !Object.isExtensible(prototype)) return false;
    if (isGenerated) return key === undefined;
    const constructor = Object.getOwnPropertyDescriptor(prototype, 'constructor');
    return (
      natural === Object.prototype && constructor?.value === fn && flagsOf(constructor) === (writable | configurable)
    );
  }
}

/** @throws NotKept for a detached buffer */
function base64Of(buffer: ArrayBuffer, { from, step }: Reached): string {
  try {
    return toBase64(buffer);
  } catch {
    throw new NotKept(`${wayTo(from, step)} is a detached buffer`);
  }
}

/**
 * Whether an array with ordinary elements has further properties. Listing the keys of a long array takes longer than writing
 * it, so the array is emptied for the check.
 */
function hasMore(array: unknown[], level: string): boolean {
  if (level !== '' || Object.getOwnPropertyDescriptor(array, 'length')!.writable === false) return true;
  const elements: unknown[] = [];
  for (let index = 0; index < array.length; index++) elements[index] = array[index];
  array.length = 0;
  const count = Reflect.ownKeys(array).length;
  for (let index = 0; index < elements.length; index++) array[index] = elements[index];
  return count > 1;
}

function integrity(source: object): string {
  if (Object.isExtensible(source)) return '';
  // V8 reports sealed functions as frozen although their prototypes can be replaced, and sealed empty arrays too.
  const isFrozen = Object.isFrozen(source) && !isWritable(source, 'prototype') && !isWritable(source, 'length');
  return `,"x":${isFrozen ? 3 : Object.isSealed(source) ? 2 : 1}`;
}

const isWritable = (source: object, key: PropertyKey): boolean =>
  Object.getOwnPropertyDescriptor(source, key)?.writable === true;

/** The flags that are not written, by the object's integrity level. */
const commonFlags = (level: string): number =>
  level.endsWith('3') ? enumerable : level.endsWith('2') ? enumerable | writable : ordinary;

function flagsOf(descriptor: PropertyDescriptor): number {
  return (
    (descriptor.enumerable === true ? enumerable : 0) |
    (descriptor.writable === true ? writable : 0) |
    (descriptor.configurable === true ? configurable : 0)
  );
}

const isIndex = (key: PropertyKey): boolean => typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key);

/** Recognises the keys of a boxed string's characters and length. */
const isTextIndex =
  (value: unknown) =>
  (key: PropertyKey): boolean =>
    typeof value === 'string' && (key === 'length' || isIndex(key));
