/**
 * A value as JSON with two spaces of indentation. A `Map` with strings as keys is an object and any other a list of pairs, a `Set` and a
 * typed array are lists, a `bigint` and a regular expression are strings, and what could not be sent from the worker is its preview's text.
 *
 * @returns undefined for a value without a JSON form, such as `undefined` or an object that contains itself
 */
export function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, plain, 2) as string | undefined;
  } catch {
    return undefined;
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Map) {
    const entries = [...value];
    return entries.every(([key]) => typeof key === 'string') ? Object.fromEntries(entries) : entries;
  }
  if (value instanceof Set) return [...value];
  if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
  if (value instanceof DataView) return plain('', value.buffer);
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (value instanceof RegExp) return String(value);
  return value instanceof Error ? { name: value.name, message: value.message } : value;
}
