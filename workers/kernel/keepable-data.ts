import { brandOf, classNameOf, type Brand, type IsProxy } from '../../src/protocol/brand.js';

const maxObjects = 100_000;
const keptWhole: ReadonlySet<Brand> = new Set(['date', 'regexp', 'url', 'boxed', 'arraybuffer', 'typedarray', 'dataview']);
const keptWithProperties: ReadonlySet<Brand> = new Set(['plain', 'array', 'error', 'map', 'set']);

/**
 * Why a value can't be kept in a checkpoint: what in it is more than data, and where. `undefined` when it can be.
 * Runs no code of the value's author.
 */
export function reasonNotKept(value: unknown, isProxy: IsProxy): string | undefined {
  const seen = new Set<object>();
  const queue: { readonly value: unknown; readonly where: string }[] = [{ value, where: 'it' }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { value: item, where } = next;
    if (typeof item === 'symbol') return `${where} is a symbol`;
    if ((typeof item !== 'object' && typeof item !== 'function') || item === null || seen.has(item)) continue;
    seen.add(item);
    if (seen.size > maxObjects) return `it holds more than ${maxObjects} objects`;
    const brand = brandOf(item, isProxy);
    if (keptWhole.has(brand)) continue;
    if (!keptWithProperties.has(brand)) return `${where} is ${brand === 'instance' ? `an instance of ${classNameOf(item, isProxy)}` : `a ${brand}`}`;
    if (brand === 'map' || brand === 'set') {
      for (const [key, entry] of (item as Map<unknown, unknown>).entries()) {
        queue.push({ value: key, where: `a key of ${where}` }, { value: entry, where: `an entry of ${where}` });
      }
    }
    for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(item))) {
      if ('value' in descriptor) queue.push({ value: descriptor.value, where: where === 'it' ? `.${key}` : `${where}.${key}` });
      else if (brand !== 'error') return `${where} has the getter ${key}`;
    }
  }
  return undefined;
}
