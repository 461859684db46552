import type { NameRecord } from '../../../src/compiler/runtime-types.js';
import type { DeclarationKind, NamespaceScope } from '../../../src/compiler/types.js';
import { PristineMap } from '../../../src/context/pristine-collections.js';
import { cut, maxAllNamesCharacters, maxNameCharacters, maxNames } from '../../../src/protocol/bounds.js';
import { intrinsics } from '../realm/intrinsics.js';
import { Slot, type SlotOwner } from './slot.js';

const NativeRangeError = RangeError;
const NativeReferenceError = ReferenceError;
const NativeTypeError = TypeError;
const setProperty = Reflect.set;

/**
 * The names of a session, with one slot per name. A later declaration reuses the slot, so that functions compiled earlier see
 * the new value. While the execution that owns a slot still runs, another execution that declares the name gets a new slot:
 * neither sees the other's value, and later cells see the new slot.
 */
export class Namespace implements NamespaceScope {
  // Pristine: read while the reader's code runs, which may have patched the built-ins.
  readonly #records = new PristineMap<string, NameRecord & { slot: Slot }>();
  readonly #realm: object;
  /** Total length of all names. */
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
   * @param isAssigned whether code assigns the name without declaring it: until then it is a global or undefined
   * @throws RangeError for a name that is too long, or too many names
   */
  declare(name: string, kind: DeclarationKind, owner: SlotOwner, isAssigned = false): Slot {
    const record = this.#records.get(name);
    const realm = isAssigned ? this.#realm : undefined;
    if (record === undefined) {
      const characters = this.#characters + name.length;
      if (name.length > maxNameCharacters || this.#records.size >= maxNames || characters > maxAllNamesCharacters)
        throw new NativeRangeError(intrinsics.enter(() => this.refusalOf([name])));
      const slot = new Slot(name, kind, owner, realm);
      this.#records.set(name, { slot });
      this.#characters = characters;
      return slot;
    }
    const { slot } = record;
    if (slot.owner === owner || slot.owner.settled) slot.redeclare(kind, owner, realm);
    else record.slot = new Slot(name, kind, owner, realm);
    return record.slot;
  }

  /** Why these names can't be declared; `undefined` if they can. The host limits the number and the length of names. */
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

  /** Reads a name that was unknown at compile time: a name declared since, or a global. @throws ReferenceError for others */
  late(name: string): unknown {
    const slot = this.#slotOf(name);
    if (slot !== undefined) return slot.value;
    if (name in this.#realm) return (this.#realm as Record<string, unknown>)[name];
    throw new NativeReferenceError(`${name} is not defined`);
  }

  lateType(name: string): string {
    return this.has(name) || name in this.#realm ? typeof this.late(name) : 'undefined';
  }

  /** A reference for assignments to constants and to names unknown at compile time: they throw after the value is computed. */
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

  /** @throws TypeError for a constant, ReferenceError for an undeclared name */
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

  /** The slot of a name; `undefined` while an undeclared name is still unassigned. */
  #slotOf(name: string): Slot | undefined {
    const slot = this.#records.get(name)?.slot;
    return slot?.isAbsent === true ? undefined : slot;
  }

  get(name: string): Slot | undefined {
    return this.#records.get(name)?.slot;
  }

  /** `undefined` for a name that is not declared, or not initialised. */
  read(name: string): unknown {
    const slot = this.get(name);
    return slot?.isInitialised === true ? slot.value : undefined;
  }

  remove(name: string): void {
    if (this.#records.delete(name)) this.#characters -= name.length;
  }

  /** Returns a function that restores all current bindings, but not the contents of their values. */
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

  /** All slots, in the order of their first declaration. */
  slots(): Slot[] {
    return [...this.#records.values()].map((record) => record.slot);
  }
}
