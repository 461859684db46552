import type { NameRecord } from '../../../src/compiler/runtime-types.js';
import type { DeclarationKind, NamespaceScope } from '../../../src/compiler/types.js';
import { PristineMap } from '../../../src/context/pristine-collections.js';
import { cut, maxAllNamesCharacters, maxNameCharacters, maxNames } from '../../../src/protocol/bounds.js';
import { Slot, type SlotOwner } from './slot.js';

const NativeRangeError = RangeError;
const NativeReferenceError = ReferenceError;
const NativeTypeError = TypeError;
const setProperty = Reflect.set;

/**
 * The names of a session. One slot a name: a later declaration takes over the slot, so that functions that were compiled
 * before see the new value. Only while the execution that owns a slot still runs, another gets a slot of its own: neither
 * of two that overlap sees the other's, and later ones see the later one's.
 */
export class Namespace implements NamespaceScope {
  // Asked while the reader's code runs, with whatever that has made of the built-ins.
  readonly #records = new PristineMap<string, NameRecord & { slot: Slot }>();
  readonly #realm: object;
  /** Of all names. */
  #characters = 0;

  constructor(realm: object = globalThis) {
    this.#realm = realm;
  }

  kind(name: string): DeclarationKind | undefined {
    return this.#slotOf(name)?.kind;
  }

  isGlobal(name: string): boolean {
    return name in this.#realm;
  }

  /**
   * @param isAssigned whether the name is assigned to without a declaration: until then it is a global or nothing
   * @throws RangeError for a name that is too long, or one too many
   */
  declare(name: string, kind: DeclarationKind, owner: SlotOwner, isAssigned = false): Slot {
    const record = this.#records.get(name);
    const realm = isAssigned ? this.#realm : undefined;
    if (record === undefined) {
      const refusal = this.refusalOf([name]);
      if (refusal !== undefined) throw new NativeRangeError(refusal);
      const slot = new Slot(name, kind, owner, realm);
      this.#records.set(name, { slot });
      this.#characters += name.length;
      return slot;
    }
    const { slot } = record;
    if (slot.owner === owner || slot.owner.settled) slot.redeclare(kind, owner, realm);
    else record.slot = new Slot(name, kind, owner, realm);
    return record.slot;
  }

  /** Why these names can't be declared; `undefined` if they can. The host reads so many names, and no longer ones. */
  refusalOf(names: Iterable<string>): string | undefined {
    let count = this.#records.size;
    let characters = this.#characters;
    for (const name of names) {
      if (this.#records.has(name)) continue;
      if (name.length > maxNameCharacters)
        return `A name has at most ${maxNameCharacters} characters, but “${cut(name, 50)}” has ${name.length}.`;
      count++;
      characters += name.length;
    }
    if (count > maxNames)
      return `A session has at most ${maxNames} names. Keep further values in an array or an object.`;
    return characters > maxAllNamesCharacters
      ? `The names of a session have at most ${maxAllNamesCharacters} characters together. Use shorter ones.`
      : undefined;
  }

  record(name: string): NameRecord {
    const record = this.#records.get(name);
    if (record === undefined) throw new NativeReferenceError(`${name} is not defined`);
    return record;
  }

  /** A name that was unknown when the code was compiled: since declared, a global, or nothing. */
  late(name: string): unknown {
    const slot = this.#slotOf(name);
    if (slot !== undefined) return slot.value;
    if (name in this.#realm) return (this.#realm as Record<string, unknown>)[name];
    throw new NativeReferenceError(`${name} is not defined`);
  }

  lateType(name: string): string {
    return this.has(name) || name in this.#realm ? typeof this.late(name) : 'undefined';
  }

  /** For assignments that are an error, or to what was unknown when the code was compiled: they fail once the assigned value is there. */
  target(name: string): { value: unknown } {
    const read = (): unknown => this.late(name);
    const write = (value: unknown): void => this.assign(name, value);
    return {
      get value(): unknown {
        return read();
      },
      set value(value: unknown) {
        write(value);
      },
    };
  }

  /** @throws TypeError for a constant, ReferenceError for what nobody declared */
  assign(name: string, value: unknown): void {
    const slot = this.#slotOf(name);
    if (slot !== undefined) slot.assign(value);
    else if (!(name in this.#realm)) throw new NativeReferenceError(`${name} is not defined`);
    else if (!setProperty(this.#realm, name, value))
      throw new NativeTypeError(`Cannot assign to read only property '${name}' of object '#<Object>'`);
  }

  has(name: string): boolean {
    return this.#slotOf(name) !== undefined;
  }

  /** None for what is only going to be assigned. */
  #slotOf(name: string): Slot | undefined {
    const slot = this.#records.get(name)?.slot;
    return slot?.isNothingYet === true ? undefined : slot;
  }

  get(name: string): Slot | undefined {
    return this.#records.get(name)?.slot;
  }

  /** `undefined` for a name that is not declared, or not initialised. */
  read(name: string): unknown {
    const slot = this.get(name);
    return slot?.isInitialised === true ? slot.value : undefined;
  }

  /** As if it had never been declared. */
  remove(name: string): void {
    if (this.#records.delete(name)) this.#characters -= name.length;
  }

  /** Gives a function that puts all bindings back to what they are now; what values hold is another matter. */
  capture(): () => void {
    const captured = [...this.#records.values()].map((record) => ({
      record,
      slot: record.slot,
      restore: record.slot.capture(),
    }));
    return () => {
      this.#records.clear();
      this.#characters = captured.reduce((sum, { slot }) => sum + slot.name.length, 0);
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
