import { cut } from '../bounds.js';
import { type Brand, brandOf, classNameOf, type IsProxy } from '../intrinsics/brand.js';
import { errorFields } from '../intrinsics/error-fields.js';
import type { ObjectKind } from './preview.js';
import {
  bufferLength,
  dateTime,
  mapSize,
  regExpFlags,
  regExpSource,
  setSize,
  unbox,
  urlHref,
  viewOf,
} from '../intrinsics/slots.js';
import { previewOf } from './value-preview.js';
import type { PreviewHooks } from './options.js';

const maxText = 200;
/** Longer than any number, or a BigInt that is printed. */
const maxPrimitive = 2_000;
const maxShortString = 60;
const shownInLine = 5;
const functionToString = Function.prototype.toString;

/** Options of a line about an object. */
export interface DescribeOptions extends PreviewHooks {
  readonly isProxy: IsProxy;
}

const kinds: Readonly<Record<Brand, ObjectKind>> = {
  plain: 'object',
  instance: 'object',
  array: 'array',
  function: 'function',
  error: 'error',
  date: 'date',
  regexp: 'regexp',
  url: 'object',
  map: 'map',
  set: 'set',
  weak: 'weak',
  promise: 'promise',
  typedarray: 'typedarray',
  dataview: 'typedarray',
  arraybuffer: 'arraybuffer',
  boxed: 'boxed',
  generator: 'generator',
  proxy: 'proxy',
};

export function kindOf(object: object, brand: Brand, options: DescribeOptions): ObjectKind {
  return brand === 'function' && sourceOf(object, options).startsWith('class') ? 'class' : kinds[brand];
}

/** The source of a function, as the hook has it or as the platform has. */
export function sourceOf(fn: object, { sourceOf: hook }: PreviewHooks): string {
  const source = hook?.(fn);
  if (source !== undefined) return source;
  try {
    return Reflect.apply(functionToString, fn, []) as string;
  } catch {
    return '';
  }
}

/** Elements, entries or bytes; `undefined` for what has none. */
export function sizeOf(object: object, brand: Brand): number | undefined {
  switch (brand) {
    case 'array':
      return (object as unknown[]).length;
    case 'map':
      return mapSize(object);
    case 'set':
      return setSize(object);
    case 'arraybuffer':
      return bufferLength(object);
    case 'typedarray':
    case 'dataview':
      return viewOf(object).length;
    default:
      return undefined;
  }
}

/** Any value in a few words: what a property of a one-line object shows. */
export function shortText(value: unknown, options: DescribeOptions): string {
  if (typeof value === 'string') return JSON.stringify(cut(value, maxShortString));
  if (typeof value === 'bigint') return `${primitiveText(value)}n`;
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return primitiveText(value);
  const brand = brandOf(value, options.isProxy);
  if (brand === 'function') return kindOf(value, brand, options) === 'class' ? 'class' : 'ƒ';
  if (brand === 'plain') return '{…}';
  if (brand === 'instance') return previewOf(value)?.text ?? classNameOf(value, options.isProxy);
  return describe(value, brand, options);
}

/** As it would be typed; a string without quotes, a BigInt without its `n`. */
export function primitiveText(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  // Printing a BigInt of a million digits takes seconds.
  if (typeof value === 'bigint' && BigInt.asIntN(4096, value) !== value)
    return `${value < 0n ? '-' : ''}(more than 1,000 digits)`;
  // A symbol may be described by a text of any length.
  return cut(String(value), maxPrimitive);
}

/** The line that stands for an object. */
export function describe(object: object, brand: Brand, options: DescribeOptions): string {
  const className = classNameOf(object, options.isProxy);
  switch (brand) {
    case 'function':
      return functionText(object, options);
    case 'error':
      return errorText(object, options.isProxy);
    case 'date':
      return Number.isNaN(dateTime(object)) ? 'Invalid Date' : new Date(dateTime(object)).toISOString();
    case 'regexp':
      return cut(`/${regExpSource(object)}/${regExpFlags(object)}`, maxText);
    case 'url':
      return cut(urlHref(object), maxText);
    case 'promise':
      return promiseText(object, className, options);
    case 'boxed':
      return `${className} {${shortText(unbox(object), options)}}`;
    case 'proxy':
      return proxyText(object, options);
    case 'weak':
      return className;
    case 'generator':
      return generatorName(object, options);
    case 'plain':
      return inLine(object, '', options);
    case 'instance':
      return inLine(object, `${className} `, options);
    default:
      return `${className || 'Array'}(${sizeOf(object, brand)})`;
  }
}

function inLine(object: object, prefix: string, options: DescribeOptions): string {
  const keys = Object.keys(object);
  const parts: string[] = [];
  let length = prefix.length;
  for (const key of keys.slice(0, shownInLine)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor === undefined) continue;
    const part = `${keyText(key)}: ${'value' in descriptor ? shortText(descriptor.value, options) : '(…)'}`;
    length += part.length;
    if (length > maxText && parts.length > 0) break;
    parts.push(part);
  }
  if (parts.length < keys.length) parts.push('…');
  return `${prefix}{${parts.join(', ')}}`;
}

function keyText(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) && key.length <= maxShortString
    ? key
    : JSON.stringify(cut(key, maxShortString));
}

function errorText(error: object, isProxy: IsProxy): string {
  const { name, message } = errorFields(error, isProxy);
  return cut(message === '' ? name : `${name}: ${message}`, 2_000);
}

function promiseText(promise: object, className: string, options: DescribeOptions): string {
  const known = options.promiseState?.(promise);
  if (known === undefined) return className;
  if (known.state === 'pending') return `${className} {<pending>}`;
  return `${className} {<${known.state}>: ${shortText(known.value, options)}}`;
}

function proxyText(proxy: object, options: DescribeOptions): string {
  const target = options.proxyTarget?.(proxy);
  if (target === undefined || options.isProxy(target)) return 'Proxy';
  return `Proxy(${typeof target === 'function' ? 'Function' : classNameOf(target, options.isProxy) || 'Object'})`;
}

/** The nearest `Symbol.toStringTag` that is data: `Generator` or `AsyncGenerator`. */
function generatorName(generator: object, { isProxy }: DescribeOptions): string {
  for (
    let at: object | null = generator;
    at !== null && !isProxy(at);
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const tag = Object.getOwnPropertyDescriptor(at, Symbol.toStringTag)?.value as unknown;
    if (typeof tag === 'string') return cut(tag, 100);
  }
  return 'Generator';
}

const asyncFunction = /^async\b(?!\s*(?:=|\())|^async\s*\([^)]*\)\s*=>/;
const generatorFunction = /^(?:async\s+)?(?:function\s*)?\*/;

function functionText(fn: object, options: DescribeOptions): string {
  const source = sourceOf(fn, options).slice(0, 2_000);
  const named = Object.getOwnPropertyDescriptor(fn, 'name')?.value as unknown;
  const name = typeof named === 'string' ? cut(named, 100) : '';
  if (source.startsWith('class')) {
    const parent = /^class\b[^{]*?\bextends\s+([\w$.]{1,100})/.exec(source)?.[1];
    return `class${name && ` ${name}`}${parent === undefined ? '' : ` extends ${parent}`}`;
  }
  const prefix = `${asyncFunction.test(source) ? 'async ' : ''}ƒ${generatorFunction.test(source) ? '*' : ''}`;
  return `${prefix} ${name}(${parametersOf(source)})`;
}

/** Text between the parentheses of a function's parameters, or the lone parameter of an arrow function. */
function parametersOf(source: string): string {
  const lone = /^(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(source)?.[1];
  if (lone !== undefined) return lone;
  const open = source.indexOf('(');
  let depth = 0;
  for (let at = open; at >= 0 && at < source.length; at++) {
    const character = source[at]!;
    if ('"\'`'.includes(character)) at = closingQuote(source, at);
    else if (character === '(') depth += 1;
    else if (character === ')' && --depth === 0)
      return cut(
        source
          .slice(open + 1, at)
          .replace(/\s+/g, ' ')
          .trim(),
        100,
      );
  }
  return '';
}

function closingQuote(source: string, opening: number): number {
  let at = opening + 1;
  while (at < source.length && source[at] !== source[opening]) at += source[at] === '\\' ? 2 : 1;
  return at;
}
