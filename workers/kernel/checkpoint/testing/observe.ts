import { maxLengthOf } from '../graph/resizable.js';

export interface ObserveOptions {
  /** The path of an object of the realm, whose contents are not listed. */
  globalPath(object: object): string | undefined;
  /** The source of a function as written. */
  sourceOf(fn: object): string | undefined;
}

const kinds = [() => 0, async () => 0, function* () {}, async function* () {}].map(
  (fn) => Object.getPrototypeOf(fn) as { readonly prototype?: object },
);
/** Objects of the realm that no global path reaches. */
const nameless = new Map<unknown, string>(
  kinds.flatMap((prototype, index) => [
    [prototype, `%prototype ${index}%`],
    [prototype.prototype, `%objects ${index}%`],
  ]),
);
nameless.delete(undefined);

/**
 * Values as lines of text, with everything that code can observe without changing it: types, keys in order, flags, prototypes, names
 * and sources of functions, bytes, and object identity.
 */
export function observe(roots: readonly unknown[], options: ObserveOptions): string[] {
  const ids = new Map<object, number>();
  const queue: object[] = [];
  const slot = (value: unknown): string => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
      return `${typeof value} ${Object.is(value, -0) ? '-0' : JSON.stringify(String(value))}`;
    const place = nameless.get(value) ?? options.globalPath(value);
    if (place !== undefined) return place;
    let id = ids.get(value);
    if (id === undefined) {
      id = ids.size;
      ids.set(value, id);
      queue.push(value);
    }
    return `#${id}`;
  };
  const lines = [roots.map(slot).join(' ')];
  for (const object of queue) {
    const parts = [`#${ids.get(object)!}`, typeof object === 'function' ? 'function' : inside(object, slot)];
    if (typeof object === 'function') parts.push(options.sourceOf(object) ?? 'no source');
    parts.push(`proto ${slot(Object.getPrototypeOf(object))}`, `open ${Object.isExtensible(object)}`);
    for (const key of Reflect.ownKeys(object)) {
      // Frames from before the restoration are meaningless.
      if (key === 'stack' && object instanceof Error) continue;
      const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(object, key)!;
      parts.push(
        `${String(key)}: ${slot(value)} ${slot(get)} ${slot(set)} ${Object.values(flags).map(Number).join('')}`,
      );
    }
    lines.push(parts.join(' | '));
  }
  return lines;
}

/** The contents of an object other than its properties. */
function inside(object: object, slot: (value: unknown) => string): string {
  if (Array.isArray(object)) return 'array';
  const attempts: readonly (() => string)[] = [
    () =>
      `map ${[...(Map.prototype.entries.call(object) as Iterable<[unknown, unknown]>)].map(([k, v]) => `${slot(k)}=${slot(v)}`).join()}`,
    () => `set ${[...(Set.prototype.values.call(object) as Iterable<unknown>)].map(slot).join()}`,
    () => `date ${Date.prototype.getTime.call(object)}`,
    () =>
      `regexp ${Object.getOwnPropertyDescriptor(RegExp.prototype, 'source')!.get!.call(object) === '(?:)' && object === RegExp.prototype ? '' : RegExp.prototype.toString.call(object)}`,
    () =>
      `buffer ${String(new Uint8Array(object as ArrayBuffer))} ${ArrayBuffer.prototype.slice.call(object as ArrayBuffer, 0).byteLength} ${String(maxLengthOf(object))}`,
    () => {
      if (!ArrayBuffer.isView(object)) throw new TypeError();
      return `view ${slot(object.buffer)} ${object.byteOffset} ${object.byteLength}`;
    },
    () => `boxed ${slot(Number.prototype.valueOf.call(object))}`,
    () => `boxed ${slot(String.prototype.valueOf.call(object))}`,
    () => `boxed ${slot(Boolean.prototype.valueOf.call(object))}`,
    () => `boxed ${slot(BigInt.prototype.valueOf.call(object))}`,
  ];
  for (const attempt of attempts) {
    try {
      return attempt();
    } catch {
      // The object is of another type.
    }
  }
  return object instanceof URL
    ? `url ${object.href}`
    : Object.prototype.toString.call(object) === '[object Error]'
      ? 'error'
      : 'object';
}
