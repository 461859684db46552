import { ContextValueError } from './errors.js';

/** The data of a context, by name. */
export type ContextData = Readonly<Record<string, unknown>>;

const maxDepth = 100;

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
  return copyObject(value, path, budget, []);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as object | null;
  // An object of another realm has another Object.prototype, which is recognised by having no prototype itself.
  return (
    prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty'))
  );
}

function copyValue(value: unknown, path: string, budget: SizeBudget, ancestors: object[]): unknown {
  switch (typeof value) {
    case 'string':
      budget.spend(JSON.stringify(value).length, path);
      return value;
    case 'boolean':
      budget.spend(String(value).length, path);
      return value;
    case 'number':
      if (!Number.isFinite(value)) break;
      budget.spend(String(value).length, path);
      return value === 0 ? 0 : value; // JSON knows no -0
    case 'object':
      if (value === null) {
        budget.spend(4, path);
        return null;
      }
      if (Array.isArray(value)) return copyArray(value, path, budget, ancestors);
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
  ancestors: object[],
): readonly unknown[] {
  enter(value, path, ancestors);
  budget.spend(2 + Math.max(0, value.length - 1), path);
  const copy: unknown[] = [];
  for (let index = 0; index < value.length; index += 1) {
    copy.push(copyValue(value[index], `${path}[${index}]`, budget, ancestors));
  }
  ancestors.pop();
  return Object.freeze(copy);
}

function copyObject(
  value: Record<string, unknown>,
  path: string,
  budget: SizeBudget,
  ancestors: object[],
): ContextData {
  enter(value, path, ancestors);
  budget.spend(2, path);
  const copy: Record<string, unknown> = {};
  let first = true;
  for (const key of Object.keys(value)) {
    const property = value[key];
    if (property === undefined) continue;
    const propertyPath = pathTo(path, key);
    if (key === '__proto__')
      throw new ContextValueError(propertyPath, 'is not allowed as the name of a property. Use another name.');
    budget.spend(JSON.stringify(key).length + (first ? 1 : 2), propertyPath);
    first = false;
    copy[key] = copyValue(property, propertyPath, budget, ancestors);
  }
  ancestors.pop();
  return Object.freeze(copy);
}

function enter(value: object, path: string, ancestors: object[]): void {
  if (ancestors.includes(value)) throw new ContextValueError(path, 'is circular. A context holds plain data only.');
  if (ancestors.length >= maxDepth) throw new ContextValueError(path, `is nested more than ${maxDepth} levels deep.`);
  ancestors.push(value);
}

function pathTo(path: string, key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'an array';
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
