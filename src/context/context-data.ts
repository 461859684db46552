import { ContextValueError } from './errors.js';
import {
  defineOwn,
  freeze,
  getPrototypeOf,
  hasOwn,
  isArray,
  isFinite,
  keys,
  matchOf,
  stringify,
} from './pristine-built-ins.js';

/** The data of a context, by name. */
export type ContextData = Readonly<Record<string, unknown>>;

const maxDepth = 100;

/** The objects around a value. */
interface Ancestors {
  readonly value: object;
  readonly outer: Ancestors | undefined;
  readonly depth: number;
}

/** Limit of the JSON of one context, in characters. Its parts share it. */
export class SizeBudget {
  #used = 0;

  constructor(readonly limit: number) {}

  spend(characters: number, path: string): void {
    this.#used += characters;
    if (this.#used > this.limit) {
      throw new ContextValueError(
        path,
        `makes the context larger than ${this.limit} characters of JSON. Pass a reference, and fetch the data in a tool.`,
      );
    }
  }
}

/**
 * A frozen deep copy of plain data: strings, finite numbers, booleans, null, arrays and plain objects.
 * Properties that are `undefined` are left out, as JSON does.
 * @throws ContextValueError with the path of a value that is not plain data, circular, or over the budget
 */
export function copyContextData(value: unknown, path: string, budget: SizeBudget): ContextData {
  if (!isPlainObject(value)) throw new ContextValueError(path, `must be a plain object, but is ${describe(value)}.`);
  return copyObject(value, path, budget, undefined);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = getPrototypeOf(value) as object | null;
  // An object of another realm has another Object.prototype, which is recognised by having no prototype itself.
  return prototype === null || (getPrototypeOf(prototype) === null && hasOwn(prototype, 'hasOwnProperty'));
}

function copyValue(value: unknown, path: string, budget: SizeBudget, ancestors: Ancestors | undefined): unknown {
  switch (typeof value) {
    case 'string':
      budget.spend(stringify(value).length, path);
      return value;
    case 'boolean':
      budget.spend(`${value}`.length, path);
      return value;
    case 'number':
      if (!isFinite(value)) break;
      budget.spend(`${value}`.length, path);
      return value === 0 ? 0 : value; // JSON knows no -0
    case 'object':
      if (value === null) {
        budget.spend(4, path);
        return null;
      }
      if (isArray(value)) return copyArray(value, path, budget, ancestors);
      if (isPlainObject(value)) return copyObject(value, path, budget, ancestors);
  }
  const kind = describe(value);
  const advice = advices[kind] ?? 'A context holds strings, finite numbers, booleans, null, arrays and plain objects.';
  throw new ContextValueError(path, `is ${kind}, which is not plain data. ${advice}`);
}

function copyArray(
  value: readonly unknown[],
  path: string,
  budget: SizeBudget,
  ancestors: Ancestors | undefined,
): readonly unknown[] {
  const { length } = value;
  const inner = enter(value, path, ancestors);
  budget.spend(length === 0 ? 2 : 1 + length, path);
  const copy: unknown[] = [];
  for (let index = 0; index < length; index += 1) {
    add(copy, index, copyValue(value[index], `${path}[${index}]`, budget, inner));
  }
  return freeze(copy);
}

function copyObject(
  value: Record<string, unknown>,
  path: string,
  budget: SizeBudget,
  ancestors: Ancestors | undefined,
): ContextData {
  const inner = enter(value, path, ancestors);
  budget.spend(2, path);
  const copy: Record<string, unknown> = {};
  const names = keys(value);
  let first = true;
  for (let index = 0; index < names.length; index += 1) {
    const key = names[index]!;
    const property = value[key];
    if (property === undefined) continue;
    const propertyPath = pathTo(path, key);
    if (key === '__proto__')
      throw new ContextValueError(propertyPath, 'is not allowed as the name of a property. Use another name.');
    budget.spend(stringify(key).length + (first ? 1 : 2), propertyPath);
    first = false;
    add(copy, key, copyValue(property, propertyPath, budget, inner));
  }
  return freeze(copy);
}

/** For good, and not by assignment, which would run a setter that code has put on a prototype. */
function add(copy: object, key: PropertyKey, value: unknown): void {
  defineOwn(copy, key, {
    __proto__: null,
    value,
    enumerable: true,
  } as PropertyDescriptor);
}

function enter(value: object, path: string, outer: Ancestors | undefined): Ancestors {
  for (let each = outer; each !== undefined; each = each.outer) {
    if (each.value === value) throw new ContextValueError(path, 'is circular. A context holds plain data only.');
  }
  const depth = (outer?.depth ?? 0) + 1;
  if (depth > maxDepth) throw new ContextValueError(path, `is nested more than ${maxDepth} levels deep.`);
  return { value, outer, depth };
}

const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

function pathTo(path: string, key: string): string {
  return matchOf(name, key) === null ? `${path}[${stringify(key)}]` : `${path}.${key}`;
}

/** What a value is, for the message of an error. */
export function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number') return `${value}`;
  if (value === '') return 'an empty string';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (isArray(value)) return 'an array';
  const constructor = (value as { constructor?: unknown }).constructor;
  return typeof constructor === 'function' && constructor.name !== ''
    ? `an instance of ${constructor.name}`
    : 'an object';
}

/** By what `describe` says of the value. */
const advices: Readonly<Record<string, string | undefined>> = {
  'a bigint': 'Pass String(value).',
  'an instance of Date': 'Pass date.toISOString().',
  'an instance of Map': 'Pass Object.fromEntries(map).',
  'an instance of Set': 'Pass [...set].',
};
