import { apply, freeze, getPrototypeOf, ownKeys } from '../../../src/context/pristine-built-ins.js';
import type { Patches } from '../../../src/context/platform/patches.js';
import { isObject } from '../../../src/context/is-object.js';
import { descriptorOf, type BuiltIn } from './intrinsics.js';
import type { ProxyRegistry } from './proxy-registry.js';

/** What the bracket of intrinsics has recorded. */
export interface RecordedBuiltIns {
  builtIn(target: unknown): BuiltIn | undefined;
  definesAccessor(key: PropertyKey): void;
}

type Define = (target: object, key: PropertyKey, attributes: unknown) => unknown;

const { create, defineProperty, defineProperties, seal, preventExtensions } = Object;
const { __defineGetter__: defineGetter } = Object.prototype as unknown as { __defineGetter__: () => unknown };
const { defineProperty: tryDefine, preventExtensions: tryPrevent } = Reflect;
const fields = ['enumerable', 'configurable', 'value', 'writable', 'get', 'set'] as const;
const toKey = (key: PropertyKey): PropertyKey => ownKeys({ [key]: 0 })[0]!;
const readOnly = freeze({ __proto__: null, configurable: false, writable: false });
const fixed = freeze({ __proto__: null, configurable: false });

/**
 * Keeps what code makes of a built-in undoable, so that the bracket can put its own in place: a property that differs from the
 * recorded one stays configurable, and its object extensible. Whoever freezes an unchanged built-in gets it frozen.
 */
export function keepUndoable(
  patches: Patches,
  realm: typeof globalThis,
  recorded: RecordedBuiltIns,
  proxies: Pick<ProxyRegistry, 'targetOf'>,
): void {
  const builtInOf = (value: unknown): BuiltIn | undefined => {
    let target = value;
    for (let inner = target; inner !== undefined; inner = proxies.targetOf(target as object)) target = inner;
    return recorded.builtIn(target);
  };

  const define = (native: Define, target: object, key: PropertyKey, attributes: unknown): unknown => {
    const builtIn = builtInOf(target);
    if (builtIn === undefined || !isObject(attributes)) return native(target, key, attributes);
    const name = toKey(key);
    const wanted = create(null) as PropertyDescriptor;
    for (let at = 0; at < fields.length; at++) {
      const field = fields[at]!;
      if (field in attributes) wanted[field] = (attributes as Record<string, never>)[field];
    }
    const pristine = builtIn.properties.get(name);
    const present = descriptorOf(builtIn.target, name);
    if ((pristine !== undefined || builtIn.keys !== undefined) && present?.configurable !== false) {
      const isFixed = !(wanted.configurable ?? present?.configurable) && !(wanted.writable ?? present?.writable);
      if (!isFixed || !leaves(pristine, present, wanted)) wanted.configurable = true;
    }
    if ('get' in wanted) recorded.definesAccessor(name);
    return native(target, name, wanted);
  };

  const lock = (target: object, builtIn: BuiltIn): boolean => {
    let isPristine =
      getPrototypeOf(builtIn.target) === builtIn.prototype &&
      (builtIn.keys === undefined || ownKeys(builtIn.target).length === builtIn.keys.size);
    builtIn.properties.forEach((_, key) => {
      isPristine &&= descriptorOf(builtIn.target, key)?.configurable === false;
    });
    return !isPristine || tryPrevent(target);
  };

  const fix = (target: object, native: (target: object) => object): object => {
    const builtIn = builtInOf(target);
    if (builtIn === undefined) return native(target);
    const keys = native === freeze ? ownKeys(target) : [];
    for (let at = 0; at < keys.length; at++) {
      const present = descriptorOf(target, keys[at]!);
      if (present !== undefined)
        define(defineProperty as Define, target, keys[at]!, 'value' in present ? readOnly : fixed);
    }
    lock(target, builtIn);
    return target;
  };

  replace(realm.Object, {
    defineProperty: (target: object, key: PropertyKey, attributes: unknown) =>
      define(defineProperty as Define, target, key, attributes),
    defineProperties(target: object, descriptors: object) {
      if (builtInOf(target) === undefined) return defineProperties(target, descriptors as never);
      const keys = ownKeys(descriptors);
      for (let at = 0; at < keys.length; at++) {
        const key = keys[at]!;
        if (descriptorOf(descriptors, key)?.enumerable === true)
          define(defineProperty as Define, target, key, (descriptors as Record<PropertyKey, unknown>)[key]);
      }
      return target;
    },
    freeze: (target: object) => fix(target, freeze),
    seal: (target: object) => fix(target, seal),
    preventExtensions: (target: object) => fix(target, preventExtensions),
  });
  replace(realm.Reflect, {
    defineProperty: (target: object, key: PropertyKey, attributes: unknown) =>
      define(tryDefine as Define, target, key, attributes),
    preventExtensions(target: object) {
      const builtIn = builtInOf(target);
      return builtIn === undefined ? tryPrevent(target) : lock(target, builtIn);
    },
  });
  // A setter alone is no code that a comparison runs.
  replace(realm.Object.prototype, {
    __defineGetter__(this: unknown, key: PropertyKey, get: unknown) {
      if (builtInOf(this) !== undefined) recorded.definesAccessor(toKey(key));
      return apply(defineGetter, this, [key, get] as never) as unknown;
    },
  });

  function replace(target: object, methods: object): void {
    const names = ownKeys(methods);
    for (let at = 0; at < names.length; at++)
      patches.replace(target, names[at]!, descriptorOf(methods, names[at]!)?.value);
  }
}

/** Whether a definition leaves the property as it was recorded. */
function leaves(
  pristine: PropertyDescriptor | undefined,
  present: PropertyDescriptor | undefined,
  wanted: PropertyDescriptor,
): boolean {
  const differs = (field: 'value' | 'get' | 'set'): boolean =>
    (field in wanted ? wanted : present)?.[field] !== pristine?.[field];
  return pristine !== undefined && !differs('value') && !differs('get') && !differs('set');
}
