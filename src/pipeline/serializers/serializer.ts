/**
 * Turns values into text and back, for the run log and the catalog. A serializer of your own may do more kinds of values than
 * `structuredSerializer`, or keep them in another form.
 */
export interface Serializer {
  /** Kept beside each text, so that it is read by what wrote it. */
  readonly name: string;
  /** Whether a value survives: `deserialize(serialize(value))` is like it. */
  accepts(value: unknown): boolean;
  /** @throws TypeError for a value that it does not accept */
  serialize(value: unknown): string;
  deserialize(text: string): unknown;
}

/**
 * Plain data alone: texts, finite numbers, booleans, `null`, lists and objects of them.
 *
 * @example
 * pipeline.start({ serializer: jsonSerializer });
 */
export const jsonSerializer: Serializer = Object.freeze({
  name: 'json',
  accepts: (value: unknown) => isJson(value, new Set()),
  serialize(value: unknown): string {
    if (!isJson(value, new Set())) throw new TypeError('The value is more than JSON has: use structuredSerializer.');
    return JSON.stringify(value);
  },
  deserialize: (text: string) => JSON.parse(text) as unknown,
});

/** Whether JSON gives back the same. @param around the objects around the value */
function isJson(value: unknown, around: Set<object>): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (around.has(value)) return false;
  around.add(value);
  const isPlain = Array.isArray(value) ? isPlainArray(value) : isPlainObject(value);
  const all = isPlain && Object.values(value).every((each) => isJson(each, around));
  around.delete(value);
  return all;
}

/** Without holes and other properties. */
const isPlainArray = (value: readonly unknown[]): boolean => Object.keys(value).length === value.length;

/** An object literal, or one that `JSON.parse` made. */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.getOwnPropertySymbols(value).length === 0 &&
    typeof (value as { toJSON?: unknown }).toJSON !== 'function' &&
    !Object.hasOwn(value, '__proto__')
  );
}
