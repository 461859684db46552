import { type Brand } from '../intrinsics/brand.js';
import type { PropertyPreview } from './preview.js';
import { unbox, viewOf } from '../intrinsics/slots.js';
import { type DescribeOptions, shortText, sizeOf } from './describe.js';

/** A property, entry or internal slot of an object, before it is previewed. */
export interface Member {
  readonly name: string;
  readonly key: PropertyPreview['key'];
  readonly enumerable: boolean;
  /** Where its value is. `get` or `set` without `value` for an accessor. */
  readonly descriptor: PropertyDescriptor;
  /** Key of a map's entry. */
  readonly entryKey?: { readonly value: unknown };
}

export interface MemberRange {
  readonly from: number;
  /** The first that is left out. */
  readonly to: number;
}

export interface MemberQuery {
  readonly limit: number;
  /** Own properties that are not enumerable, and `[[Prototype]]`, too. */
  readonly hidden: boolean;
  /** Elements or entries of this range only. */
  readonly range?: MemberRange;
  /** Properties and internal slots, besides elements and entries. @default true */
  readonly properties?: boolean;
}

export interface Members {
  readonly members: readonly Member[];
  /** How many there are in all. */
  readonly total: number;
}

/** The own properties of an array so long are not looked for: listing its keys takes long, or fails. */
const manyElements = 100_000;

/** Lists what an object has, in the order in which it is shown, without running code of its author. */
export function listMembers(object: object, brand: Brand, query: MemberQuery, options: DescribeOptions): Members {
  const list = new MemberList(query.limit);
  listElements(list, object, brand, query.range, options);
  if (query.properties !== false) {
    if (brand !== 'proxy') listProperties(list, object, brand, query.hidden);
    listInternals(list, object, brand, query.hidden, options);
  }
  return list;
}

class MemberList implements Members {
  readonly members: Member[] = [];
  total = 0;

  constructor(readonly limit: number) {}

  get full(): boolean {
    return this.members.length >= this.limit;
  }

  add(member: Member): void {
    this.total += 1;
    if (!this.full) this.members.push(member);
  }
}

function listElements(
  list: MemberList,
  object: object,
  brand: Brand,
  range: MemberRange | undefined,
  options: DescribeOptions,
): void {
  const { from, to } = range ?? { from: 0, to: Infinity };
  switch (brand) {
    case 'array': {
      const { length } = object as unknown[];
      const end = Math.min(to, length);
      let at = from;
      for (; at < end && !list.full; at++) {
        const descriptor = Object.getOwnPropertyDescriptor(object, at);
        if (descriptor === undefined) {
          // Holes are skipped at once: an array may have four thousand million of them.
          const next = nextIndex(object, at, end);
          list.total += next - at;
          at = next - 1;
          continue;
        }
        list.add({ name: String(at), key: 'index', enumerable: true, descriptor });
      }
      list.total += Math.max(0, end - at);
      break;
    }
    case 'typedarray': {
      const { length } = viewOf(object);
      const end = Math.min(to, length);
      const stop = Math.min(end, from + list.limit);
      for (let at = from; at < stop; at++) {
        list.add({
          name: String(at),
          key: 'index',
          enumerable: true,
          descriptor: Object.getOwnPropertyDescriptor(object, at)!,
        });
      }
      list.total += end - stop;
      break;
    }
    case 'map': {
      let at = 0;
      Map.prototype.forEach.call(object as Map<unknown, unknown>, (value, key) => {
        if (at >= from && at < to) {
          if (list.full) list.total += 1;
          else
            list.add({
              name: shortText(key, options),
              key: 'entry',
              enumerable: true,
              descriptor: { value },
              entryKey: { value: key },
            });
        }
        at += 1;
      });
      break;
    }
    case 'set': {
      let at = 0;
      Set.prototype.forEach.call(object as Set<unknown>, (value) => {
        if (at >= from && at < to)
          list.add({ name: String(at), key: 'entry', enumerable: true, descriptor: { value } });
        at += 1;
      });
      break;
    }
    default:
  }
}

function nextIndex(object: object, after: number, end: number): number {
  for (let at = after + 1; at < Math.min(end, after + 1_000); at++) if (Object.hasOwn(object, at)) return at;
  if (end <= after + 1_000) return end;
  for (const key of Object.keys(object)) {
    const index = Number(key);
    if (index > after && index < end) return index;
  }
  return end;
}

function listProperties(list: MemberList, object: object, brand: Brand, hidden: boolean): void {
  if (manyElements < (sizeOf(object, brand) ?? 0)) return;
  const indexed =
    brand === 'array' || brand === 'typedarray' || (brand === 'boxed' && typeof unbox(object) === 'string');
  for (const key of Reflect.ownKeys(object)) {
    if (indexed && typeof key === 'string' && (key === 'length' || isIndex(key))) continue;
    // The stack is shown as frames; even a look at the property may write it, with the author's getters.
    if (brand === 'error' && key === 'stack') continue;
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor === undefined) continue;
    const always = brand === 'error' && (key === 'cause' || key === 'errors');
    const shown = descriptor.enumerable === true || always || hidden;
    if (!shown) continue;
    list.add({
      name: typeof key === 'symbol' ? String(key) : key,
      key: typeof key === 'symbol' ? 'symbol' : 'string',
      enumerable: descriptor.enumerable === true,
      descriptor,
    });
  }
}

function listInternals(
  list: MemberList,
  object: object,
  brand: Brand,
  hidden: boolean,
  options: DescribeOptions,
): void {
  const internal = (name: string, value: unknown): void => {
    list.add({ name: `[[${name}]]`, key: 'internal', enumerable: false, descriptor: { value } });
  };
  if (brand === 'promise') {
    const known = options.promiseState?.(object);
    if (known !== undefined && known.state !== 'pending') internal('PromiseResult', known.value);
  } else if (brand === 'proxy') {
    const target = options.proxyTarget?.(object);
    if (target !== undefined) internal('Target', target);
    return;
  } else if (brand === 'boxed') {
    internal('PrimitiveValue', unbox(object));
  }
  if (hidden) internal('Prototype', Object.getPrototypeOf(object));
}

function isIndex(key: string): boolean {
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 && index < 2 ** 32 - 1 && String(index) === key;
}
