import { MessageShapeError } from './errors.js';

/**
 * Checks of what comes from a worker. They stand in the way of every message, so they are plain functions: a check returns
 * the value, made of known fields only where it is an object, or throws a MessageShapeError that names the path.
 */
export type Check<T> = (value: unknown, path: string) => T;

type Fields = Readonly<Record<string, unknown>>;
type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
type Checks<T, Keys extends keyof T> = { readonly [K in Keys]: Check<Exclude<T[K], undefined>> };

export const anything: Check<unknown> = (value) => value;

export const text =
  (maxCharacters: number): Check<string> =>
  (value, path) => {
    if (typeof value === 'string' && value.length <= maxCharacters) return value;
    throw wrong(path, `a string of at most ${maxCharacters} characters`, value);
  };

export const finite: Check<number> = (value, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw wrong(path, 'a finite number', value);
};

export const count: Check<number> = (value, path) => {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw wrong(path, 'a count', value);
};

export const flag: Check<boolean> = (value, path) => {
  if (typeof value === 'boolean') return value;
  throw wrong(path, 'a boolean', value);
};

export const buffer: Check<ArrayBuffer> = (value, path) => {
  if (value instanceof ArrayBuffer) return value;
  throw wrong(path, 'an ArrayBuffer', value);
};

export const oneOf =
  <T extends string>(allowed: ReadonlySet<T>): Check<T> =>
  (value, path) => {
    if (allowed.has(value as T)) return value as T;
    throw wrong(path, `one of ${[...allowed].join(', ')}`, value);
  };

export const list =
  <T>(item: Check<T>, maxLength: number): Check<readonly T[]> =>
  (value, path) => {
    const items = arrayOf(value, maxLength, path);
    return items.map((one, at) => item(one, `${path}.${at}`));
  };

/** An object with at most so many keys, whose values are anything. */
export const record =
  (maxKeys: number, maxKeyCharacters: number): Check<Fields> =>
  (value, path) => {
    const fields = fieldsOf(value, path);
    const keys = Object.keys(fields);
    if (keys.length > maxKeys || keys.some((key) => key.length > maxKeyCharacters))
      throw wrong(path, `at most ${maxKeys} keys of at most ${maxKeyCharacters} characters`, value);
    return { ...fields };
  };

/** An object with these fields; the result has no others. */
export const object =
  <T extends object>(
    required: Checks<T, Exclude<keyof T, OptionalKeys<T>>>,
    ...[optional]: OptionalKeys<T> extends never ? [] : [Checks<T, OptionalKeys<T>>]
  ): Check<T> =>
  (value, path) => {
    const fields = fieldsOf(value, path);
    const prefix = path === '' ? '' : `${path}.`;
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(required))
      result[key] = (required as Record<string, Check<unknown>>)[key]!(own(fields, key), prefix + key);
    for (const key of Object.keys(optional ?? {})) {
      const field = own(fields, key);
      if (field !== undefined) result[key] = (optional as Record<string, Check<unknown>>)[key]!(field, prefix + key);
    }
    return result as T;
  };

export function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object', value);
  return value as Fields;
}

export function arrayOf(value: unknown, maxLength: number, path: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= maxLength) return value;
  throw wrong(path, `an array of at most ${maxLength}`, value);
}

/** @throws MessageShapeError */
export function parseJson(json: string, path: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new MessageShapeError(path, 'JSON', 'something else');
  }
}

export function wrong(path: string, expected: string, value: unknown): MessageShapeError {
  return new MessageShapeError(path, expected, kindOf(value));
}

/** A field of `Object.prototype` is none of the message. */
function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return value === null ? 'null' : typeof value;
}
