import type { Brand } from '../intrinsics/brand.js';
import { bufferLength, mapSize, regExpSource, setSize, unbox, urlHref, viewOf } from '../intrinsics/slots.js';
import type { Budget } from './budget.js';
import { maxArrayLength, viewConstructors } from './format.js';

/** An object on the way into a payload. */
export interface Candidate {
  readonly source: object;
  readonly brand: Brand;
  /** Levels above it, along the shortest way. */
  readonly depth: number;
  /** Own enumerable keys of an object or error; populated indices of an array that has holes. */
  readonly keys: readonly string[] | undefined;
}

/** The keys of a candidate that have to be known before it is admitted. */
export function keysOf(source: object, brand: Brand): readonly string[] | undefined {
  if (brand === 'plain' || brand === 'error') return Object.keys(source);
  return brand === 'array' ? indicesOfSparse(source as readonly unknown[]) : undefined;
}

/** Populated indices of an array that has holes; `undefined` for a dense one, and for one that is too long anyhow. */
function indicesOfSparse(array: readonly unknown[]): readonly string[] | undefined {
  if (array.length > maxArrayLength) return undefined;
  for (let at = 0; at < array.length; at++) {
    if (!Object.hasOwn(array, at)) return Object.keys(array).filter((key) => isIndex(key));
  }
  return undefined;
}

function isIndex(key: string): boolean {
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < maxArrayLength && String(index) === key;
}

/** Takes from the budget what the object itself needs. `false` when it cannot be sent, or the budget has not as much. */
export function admits({ source, brand, depth, keys }: Candidate, budget: Budget): boolean {
  switch (brand) {
    case 'plain':
    case 'error': {
      const characters = keys!.reduce((sum, key) => sum + key.length, 0);
      return characters <= budget.characters && budget.takeValues(keys!.length + 1, depth);
    }
    case 'array': {
      const { length } = source as readonly unknown[];
      return length <= maxArrayLength && budget.takeValues((keys?.length ?? length) + 1, depth);
    }
    case 'map':
      return budget.takeValues(2 * mapSize(source) + 1, depth);
    case 'set':
      return budget.takeValues(setSize(source) + 1, depth);
    case 'arraybuffer':
      return budget.takeBytes(bufferLength(source));
    case 'typedarray':
    case 'dataview': {
      const { type, byteLength } = viewOf(source);
      return viewConstructors.has(type) && budget.takeBytes(byteLength);
    }
    case 'boxed':
      return typeof unbox(source) !== 'symbol';
    case 'regexp':
      return budget.takeCharacters(regExpSource(source).length);
    case 'url':
      return budget.takeCharacters(urlHref(source).length);
    case 'date':
      return true;
    default:
      return false;
  }
}
