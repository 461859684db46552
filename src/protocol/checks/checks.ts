import { MessageShapeError } from './message-shape-error.js';

/**
 * Checks of what comes from a worker. They stand in the way of every message, so they are plain functions: a check returns
 * the value, made of known fields only where it is an object, or throws a MessageShapeError that names the path.
 */
export type Check<T> = (value: unknown) => T;

type Fields = Readonly<Record<string, unknown>>;
type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
type Checks<T, Keys extends keyof T> = { readonly [K in Keys]: Check<Exclude<T[K], undefined>> };

export const anything: Check<unknown> = (value) => value;

export const text =
  (maxCharacters: number): Check<string> =>
  (value) => {
    if (typeof value === 'string' && value.length <= maxCharacters) return value;
    throw wrong(`a string of at most ${maxCharacters} characters`, value);
  };

export const finite: Check<number> = (value) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw wrong('a finite number', value);
};

export const count: Check<number> = (value) => {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  throw wrong('a count', value);
};

export const flag: Check<boolean> = (value) => {
  if (typeof value === 'boolean') return value;
  throw wrong('a boolean', value);
};

export const buffer: Check<ArrayBuffer> = (value) => {
  if (value instanceof ArrayBuffer) return value;
  throw wrong('an ArrayBuffer', value);
};

export const oneOf =
  <T extends string>(allowed: ReadonlySet<T>): Check<T> =>
  (value) => {
    if (allowed.has(value as T)) return value as T;
    throw wrong(`one of ${[...allowed].join(', ')}`, value);
  };

export const list =
  <T>(item: Check<T>, maxLength: number): Check<readonly T[]> =>
  (value) =>
    arrayOf(value, maxLength).map((one, at) => checkAt(at, item, one));

/** An object with at most so many keys, whose values are anything. */
export const record =
  (maxKeys: number, maxKeyCharacters: number): Check<Fields> =>
  (value) => {
    const fields = fieldsOf(value);
    const keys = Object.keys(fields);
    if (keys.length > maxKeys || keys.some((key) => key.length > maxKeyCharacters))
      throw wrong(`at most ${maxKeys} keys of at most ${maxKeyCharacters} characters`, value);
    return { ...fields };
  };

/** An object with these fields; the result has no others. */
export const object = <T extends object>(
  required: Checks<T, Exclude<keyof T, OptionalKeys<T>>>,
  ...[optional]: OptionalKeys<T> extends never ? [] : [Checks<T, OptionalKeys<T>>]
): Check<T> => {
  const needed = Object.entries<Check<unknown>>(required);
  const possible = Object.entries<Check<unknown>>(optional ?? {});
  return (value) => {
    const fields = fieldsOf(value);
    const result: Record<string, unknown> = {};
    for (const [key, check] of needed) result[key] = checkAt(key, check, fields[key]);
    for (const [key, check] of possible) {
      // The page may have put something of that name on `Object.prototype`.
      if (fields[key] !== undefined && Object.hasOwn(fields, key)) result[key] = checkAt(key, check, fields[key]);
    }
    return result as T;
  };
};

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  if (!isRecord(value)) throw wrong('an object', value);
  return value;
}

export function arrayOf(value: unknown, maxLength: number): readonly unknown[] {
  if (Array.isArray(value) && value.length <= maxLength) return value;
  throw wrong(`an array of at most ${maxLength}`, value);
}

/** @throws MessageShapeError */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new MessageShapeError('', 'JSON', 'something else');
  }
}

/** Checks a part of a value. The path is made only for an error. */
export function checkAt<T>(key: string | number, check: Check<T>, value: unknown): T {
  try {
    return check(value);
  } catch (error) {
    if (!(error instanceof MessageShapeError)) throw error;
    const path = error.path === '' ? `${key}` : `${key}.${error.path}`;
    throw new MessageShapeError(path, error.expected, error.received);
  }
}

function wrong(expected: string, value: unknown): MessageShapeError {
  return new MessageShapeError('', expected, kindOf(value));
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return value === null ? 'null' : typeof value;
}
