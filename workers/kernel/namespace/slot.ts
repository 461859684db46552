import type { CellSlot, LinkedModule } from '../../../src/compiler/runtime-types.js';
import type { DeclarationKind } from '../../../src/compiler/types.js';
import type { ExecutionMode } from '../../../src/protocol/messages/wire.js';

/** The execution that declared a slot. Once it has settled, the name may be redeclared in the same slot. */
export interface SlotOwner {
  readonly settled: boolean;
  readonly mode: ExecutionMode;
  /** Of its cell. */
  readonly fileName?: string;
  /** Set when its code accesses a name of the namespace, and so may have changed values. */
  usedNames?: boolean;
}

const { defineProperty } = Object;
const NativeReferenceError = ReferenceError;
const NativeTypeError = TypeError;
const { deleteProperty, set: setProperty } = Reflect;
const now = Date.now;

/**
 * The storage of one name's value. Until it is initialised, `value` is the accessor below, which throws, as in the temporal
 * dead zone. Initialising defines an own data property, which is as fast to read as any other.
 */
export class Slot implements CellSlot {
  kind: DeclarationKind;
  owner: SlotOwner;
  /** When it was last declared, in milliseconds since the epoch. */
  declaredAt = now();
  isInitialised = false;
  /** For an import: its module and export. */
  source: { readonly specifier: string; readonly exportName: string | undefined } | undefined;
  /** For a name assigned without a declaration: the realm, in which it may be a global. */
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

  /** Whether the name is undeclared and still unassigned, so that it does not exist. */
  get isAbsent(): boolean {
    return this.#realm !== undefined && !this.isInitialised;
  }

  get value(): unknown {
    if (this.#realm !== undefined && this.name in this.#realm) return this.#realm[this.name];
    throw this.#referenceError();
  }

  set value(value: unknown) {
    if (this.#realm === undefined || !(this.name in this.#realm)) throw this.#referenceError();
    setProperty(this.#realm, this.name, value);
  }

  get init(): unknown {
    return this.value;
  }

  set init(value: unknown) {
    if (this.isAbsent && this.name in this.#realm!) {
      this.value = value;
      return;
    }
    if (this.isInitialised && this.kind !== 'const') {
      this.value = value;
      return;
    }
    this.isInitialised = true;
    // Code compiled when the name was a variable must fail to assign a constant.
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

  /** If the owner ended without initialising the slot, the name does not exist. */
  #referenceError(): Error {
    const isInDeadZone = this.#realm === undefined && !this.owner.settled;
    return new NativeReferenceError(
      isInDeadZone ? `Cannot access '${this.name}' before initialization` : `${this.name} is not defined`,
    );
  }

  link({ namespace, bindings }: LinkedModule, exportName: string | undefined, specifier: string): void {
    // The name of a type.
    if (exportName !== undefined && !(exportName in bindings)) return;
    this.source = { specifier, exportName };
    this.isInitialised = true;
    defineProperty(this, 'value', {
      __proto__: null,
      get: () => (exportName === undefined ? namespace : bindings[exportName]),
      set: () => {
        throw new NativeTypeError('Assignment to constant variable.');
      },
      enumerable: true,
      configurable: true,
    } as PropertyDescriptor);
  }

  /** Returns a function that restores the current state of the slot. */
  capture(): () => void {
    const { kind, owner, declaredAt, isInitialised, source } = this;
    const descriptor = Object.getOwnPropertyDescriptor(this, 'value');
    return () => {
      Object.assign(this, { kind, owner, declaredAt, isInitialised, source });
      if (descriptor === undefined) Reflect.deleteProperty(this, 'value');
      else defineProperty(this, 'value', descriptor);
    };
  }

  /** Redeclares the name. The slot keeps its value until the declaration initialises it. */
  redeclare(kind: DeclarationKind, owner: SlotOwner, realm?: object): void {
    const wasImport = this.kind === 'import';
    const keepsValue = this.isInitialised && !wasImport;
    const value = keepsValue ? this.value : undefined;
    this.kind = kind;
    this.owner = owner;
    this.#realm = realm as Readonly<Record<string, unknown>> | undefined;
    this.declaredAt = now();
    this.source = undefined;
    if (keepsValue || kind === 'var' || kind === 'function') {
      this.isInitialised = false;
      this.init = value;
    } else if (wasImport) {
      this.isInitialised = false;
      deleteProperty(this, 'value');
    }
  }
}
