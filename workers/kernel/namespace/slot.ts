import type { CellSlot } from '../../../src/compiler/runtime-types.js';
import type { DeclarationKind } from '../../../src/compiler/types.js';
import type { ExecutionMode } from '../../../src/protocol/messages/wire.js';

/** Whose declaration a slot is. Once it has settled, the name may be declared again in the same slot. */
export interface SlotOwner {
  readonly settled: boolean;
  readonly mode: ExecutionMode;
  /** Set when its code is bound to any name of the namespace: what names hold may have changed then. */
  usedNames?: boolean;
}

const { defineProperty } = Object;
const NativeReferenceError = ReferenceError;
const NativeTypeError = TypeError;
const setProperty = Reflect.set;
const now = Date.now;

/**
 * The place of one name's value. Until it is initialised, `value` is the accessor below, which throws: the dead zone.
 * Initialising makes it an own data property, so that reading it costs what reading any property does.
 */
export class Slot implements CellSlot {
  kind: DeclarationKind;
  owner: SlotOwner;
  /** When it was last declared, in milliseconds since the epoch. */
  declaredAt = now();
  isInitialised = false;
  /** Of an import: where it leads. */
  source: { readonly specifier: string; readonly exportName: string | undefined } | undefined;
  /** Of what is assigned to without a declaration: where the name may be a global. */
  #realm: Readonly<Record<string, unknown>> | undefined;

  constructor(
    readonly name: string,
    kind: DeclarationKind,
    owner: SlotOwner,
    realm?: object,
  ) {
    this.kind = kind;
    this.owner = owner;
    this.#realm = realm as Readonly<Record<string, unknown>> | undefined;
    if (kind === 'var' || kind === 'function') this.init = undefined;
  }

  /** Whether it is not even assigned to: there is no such name. */
  get isNothingYet(): boolean {
    return this.#realm !== undefined && !this.isInitialised;
  }

  get value(): unknown {
    if (this.#realm !== undefined && this.name in this.#realm) return this.#realm[this.name];
    throw this.#absent();
  }

  set value(value: unknown) {
    if (this.#realm === undefined || !(this.name in this.#realm)) throw this.#absent();
    setProperty(this.#realm, this.name, value);
  }

  get init(): unknown {
    return this.value;
  }

  set init(value: unknown) {
    if (this.isNothingYet && this.name in this.#realm!) {
      this.value = value;
      return;
    }
    if (this.isInitialised && this.kind !== 'const') {
      this.value = value;
      return;
    }
    this.isInitialised = true;
    // A constant refuses assignments that were compiled when the name was a variable still.
    defineProperty(this, 'value', {
      __proto__: null,
      value,
      writable: this.kind !== 'const',
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
  }

  /** @throws TypeError for a constant */
  assign(value: unknown): void {
    const isConstant = this.kind === 'const' || this.kind === 'import';
    if (isConstant && (this.isInitialised || this.owner.settled))
      throw new NativeTypeError('Assignment to constant variable.');
    this.value = value;
  }

  /** An execution that has ended without giving a value left no name. */
  #absent(): Error {
    const isDead = this.#realm === undefined && !this.owner.settled;
    return new NativeReferenceError(
      isDead ? `Cannot access '${this.name}' before initialization` : `${this.name} is not defined`,
    );
  }

  link(module: object, exportName: string | undefined, specifier: string): void {
    const exports = module as Readonly<Record<string, unknown>>;
    if (exportName !== undefined && !(exportName in exports)) return;
    this.source = { specifier, exportName };
    this.isInitialised = true;
    defineProperty(this, 'value', {
      __proto__: null,
      get: () => (exportName === undefined ? module : exports[exportName]),
      set: () => {
        throw new NativeTypeError('Assignment to constant variable.');
      },
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
  }

  /** Gives a function that puts everything back to what it is now. */
  capture(): () => void {
    const { kind, owner, declaredAt, isInitialised, source } = this;
    const descriptor = Object.getOwnPropertyDescriptor(this, 'value');
    return () => {
      Object.assign(this, { kind, owner, declaredAt, isInitialised, source });
      if (descriptor === undefined) Reflect.deleteProperty(this, 'value');
      else defineProperty(this, 'value', descriptor);
    };
  }

  /** Declared again, by somebody who may. The value stays until the new one is there. */
  redeclare(kind: DeclarationKind, owner: SlotOwner, realm?: object): void {
    const wasLiveView = this.kind === 'import';
    const keepsValue = this.isInitialised && !wasLiveView;
    const value = keepsValue ? this.value : undefined;
    this.kind = kind;
    this.owner = owner;
    this.#realm = realm as Readonly<Record<string, unknown>> | undefined;
    this.declaredAt = now();
    this.source = undefined;
    if (keepsValue || kind === 'var' || kind === 'function') {
      this.isInitialised = false;
      this.init = value;
    } else if (wasLiveView) {
      this.isInitialised = false;
      Reflect.deleteProperty(this, 'value');
    }
  }
}
