import { brandOf, type IsProxy } from '../../../src/protocol/intrinsics/brand.js';
import { bufferLength, dateTime } from '../../../src/protocol/intrinsics/slots.js';
import { maxLengthOf, setLength } from './graph/resizable.js';
import type { Namespace } from '../namespace/namespace.js';

export interface SnapshotHooks {
  readonly isProxy: IsProxy;
  /** Whether an object belongs to the realm, and so not to the snapshot. */
  isGlobal(object: object): boolean;
}

/** Most values in a snapshot. A rollback does not restore contents beyond it. */
const maxValues = 500_000;
const maxBytes = 64 * 1024 * 1024;
/** Arrays of this length or longer are not searched for properties other than elements. */
const longArray = 50_000;

/**
 * The values of a namespace's names, and the contents of the objects that they reach: own properties, elements, entries, dates,
 * bytes. Rolling back restores these contents in the same objects. Inaccessible state is not rolled back: variables of closures,
 * private members, weak collections, state outside the worker.
 */
export class NamespaceSnapshot {
  /** Whether the contents exceeded the limit of a snapshot. */
  isPartial = false;
  readonly #hooks: SnapshotHooks;
  readonly #restoreBindings: () => void;
  readonly #restores: (() => void)[] = [];
  readonly #seen = new Set<object>();
  readonly #queue: object[] = [];
  #values = 0;
  #bytes = 0;

  constructor(namespace: Namespace, hooks: SnapshotHooks) {
    this.#hooks = hooks;
    this.#restoreBindings = namespace.capture();
    for (const slot of namespace.slots()) if (slot.isInitialised && slot.source === undefined) this.#reach(slot.value);
    for (const object of this.#queue) {
      if (this.#values > maxValues || this.#bytes > maxBytes) {
        this.isPartial = true;
        break;
      }
      this.#capture(object);
    }
    this.#queue.length = 0;
    this.#seen.clear();
  }

  rollBack(): void {
    this.#restoreBindings();
    for (const restore of this.#restores) restore();
  }

  #reach(value: unknown): void {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || this.#seen.has(value)) return;
    this.#seen.add(value);
    if (!this.#hooks.isProxy(value) && !this.#hooks.isGlobal(value)) this.#queue.push(value);
  }

  #capture(object: object): void {
    const brand = brandOf(object, this.#hooks.isProxy);
    if (brand === 'array' && this.#captureElements(object as unknown[])) return;
    if (brand === 'map') this.#captureMap(object as Map<unknown, unknown>);
    else if (brand === 'set') this.#captureSet(object as Set<unknown>);
    else if (brand === 'date') {
      const time = dateTime(object);
      this.#restores.push(() => Date.prototype.setTime.call(object, time));
    } else if (brand === 'arraybuffer') this.#captureBytes(object as ArrayBuffer);
    else if (brand === 'typedarray' || brand === 'dataview') {
      this.#reach((object as ArrayBufferView).buffer);
      return;
    }
    this.#captureProperties(object);
  }

  /** Captures an array that has only elements, as most arrays do. Returns `false` for any other. */
  #captureElements(array: unknown[]): boolean {
    if (array.length > maxValues) {
      this.isPartial = true;
      return true;
    }
    const hasMore = array.length <= longArray && Reflect.ownKeys(array).length !== array.length + 1;
    if (hasMore || Object.getPrototypeOf(array) !== Array.prototype || !Object.isExtensible(array)) return false;
    const elements: unknown[] = [];
    for (let index = 0; index < array.length; index++) {
      const descriptor = Object.getOwnPropertyDescriptor(array, index);
      if (descriptor === undefined || !('value' in descriptor)) return false;
      elements.push(descriptor.value);
    }
    this.#values += elements.length;
    for (const element of elements) this.#reach(element);
    this.#restores.push(() => {
      for (const key of Reflect.ownKeys(array)) if (key !== 'length') Reflect.deleteProperty(array, key);
      array.length = 0;
      Object.setPrototypeOf(array, Array.prototype);
      for (const [index, element] of elements.entries()) array[index] = element;
    });
    return true;
  }

  #captureMap(map: Map<unknown, unknown>): void {
    const entries = [...(Map.prototype.entries.call(map) as IterableIterator<[unknown, unknown]>)];
    this.#values += 2 * entries.length;
    for (const [key, value] of entries) {
      this.#reach(key);
      this.#reach(value);
    }
    this.#restores.push(() => {
      Map.prototype.clear.call(map);
      for (const [key, value] of entries) Map.prototype.set.call(map, key, value);
    });
  }

  #captureSet(set: Set<unknown>): void {
    const members = [...(Set.prototype.values.call(set) as IterableIterator<unknown>)];
    this.#values += members.length;
    for (const member of members) this.#reach(member);
    this.#restores.push(() => {
      Set.prototype.clear.call(set);
      for (const member of members) Set.prototype.add.call(set, member);
    });
  }

  #captureBytes(buffer: ArrayBuffer): void {
    const length = bufferLength(buffer);
    if ((this.#bytes += length) > maxBytes) {
      this.isPartial = true;
      return;
    }
    const bytes = bytesOf(buffer);
    if (bytes === undefined) return;
    const isResizable = maxLengthOf(buffer) !== undefined;
    this.#restores.push(() => {
      // A detached buffer can't be restored.
      if (bytesOf(buffer) === undefined) return;
      if (isResizable) setLength(buffer, length);
      new Uint8Array(buffer).set(bytes);
    });
  }

  #captureProperties(object: object): void {
    const keys = Reflect.ownKeys(object);
    this.#values += keys.length;
    const properties = keys.map((key) => [key, Object.getOwnPropertyDescriptor(object, key)!] as const);
    const prototype = Object.getPrototypeOf(object) as object | null;
    this.#reach(prototype);
    for (const [, descriptor] of properties) {
      this.#reach(descriptor.value);
      this.#reach(descriptor.get);
      this.#reach(descriptor.set);
    }
    this.#restores.push(() => {
      Reflect.setPrototypeOf(object, prototype);
      const now = Reflect.ownKeys(object);
      const isInOrder = now.length === keys.length && now.every((key, index) => key === keys[index]);
      // Properties keep the order in which they were added.
      if (!isInOrder) for (const key of now) Reflect.deleteProperty(object, key);
      for (const [key, descriptor] of properties) Reflect.defineProperty(object, key, descriptor);
    });
  }
}

/** A copy of the bytes; `undefined` for a detached buffer. */
function bytesOf(buffer: ArrayBuffer): Uint8Array | undefined {
  try {
    return new Uint8Array(new Uint8Array(buffer));
  } catch {
    return undefined;
  }
}
