import type { NameRecord } from '../../../src/compiler/runtime-types.js';
import type { DeclarationKind, NamespaceScope } from '../../../src/compiler/types.js';
import { PristineMap } from '../../../src/context/pristine-collections.js';
import { Slot, type SlotOwner } from './slot.js';

const NativeReferenceError = ReferenceError;
const NativeTypeError = TypeError;

/**
 * The names of a session. One slot a name: a later declaration takes over the slot, so that functions that were compiled
 * before see the new value. Only while the execution that owns a slot still runs, another gets a slot of its own: neither
 * of two that overlap sees the other's, and later ones see the later one's.
 */
export class Namespace implements NamespaceScope {
  // Asked while the reader's code runs, with whatever that has made of the built-ins.
  readonly #records = new PristineMap<string, NameRecord & { slot: Slot }>();
  readonly #realm: object;

  constructor(realm: object = globalThis) {
    this.#realm = realm;
  }

  kind(name: string): DeclarationKind | undefined {
    return this.#records.get(name)?.slot.kind;
  }

  isGlobal(name: string): boolean {
    return name in this.#realm;
  }

  declare(name: string, kind: DeclarationKind, owner: SlotOwner): Slot {
    const record = this.#records.get(name);
    if (record === undefined) {
      const slot = new Slot(name, kind, owner);
      this.#records.set(name, { slot });
      return slot;
    }
    const { slot } = record;
    if (slot.owner === owner || slot.owner.settled) slot.redeclare(kind, owner);
    else record.slot = new Slot(name, kind, owner);
    return record.slot;
  }

  record(name: string): NameRecord {
    const record = this.#records.get(name);
    if (record === undefined) throw new NativeReferenceError(`${name} is not defined`);
    return record;
  }

  /** A name that was unknown when the code was compiled: since declared, a global, or nothing. */
  late(name: string): unknown {
    const record = this.#records.get(name);
    if (record !== undefined) return record.slot.value;
    if (name in this.#realm) return (this.#realm as Record<string, unknown>)[name];
    throw new NativeReferenceError(`${name} is not defined`);
  }

  lateType(name: string): string {
    return this.#records.has(name) || name in this.#realm ? typeof this.late(name) : 'undefined';
  }

  /** For assignments to a constant, which are an error once the assigned value has been computed. */
  constant(name: string): { value: unknown } {
    const { slot } = this.record(name) as { slot: Slot };
    return {
      get value(): unknown {
        return slot.value;
      },
      set value(_value: unknown) {
        throw new NativeTypeError('Assignment to constant variable.');
      },
    };
  }

  get(name: string): Slot | undefined {
    return this.#records.get(name)?.slot;
  }

  /** As if it had never been declared. */
  remove(name: string): void {
    this.#records.delete(name);
  }

  /** Gives a function that puts all bindings back to what they are now; what values hold is another matter. */
  capture(): () => void {
    const captured = [...this.#records.values()].map((record) => ({ record, slot: record.slot, restore: record.slot.capture() }));
    return () => {
      this.#records.clear();
      for (const { record, slot, restore } of captured) {
        restore();
        record.slot = slot;
        this.#records.set(slot.name, record);
      }
    };
  }

  /** In the order of their first declaration. */
  slots(): Slot[] {
    return [...this.#records.values()].map((record) => record.slot);
  }
}
