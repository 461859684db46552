import type { frames } from '../context/frames.js';
import type { ClassDecoration } from './decorate.js';
import type { GuardRuntime } from './guard.js';
import type { DeclarationKind } from './types.js';

/** What compiled code calls: the functions that go around suspensions. */
export type FrameRuntime = typeof frames;

/** A place for one value. Reading or assigning before `init` throws a ReferenceError. */
export interface CellSlot {
  value: unknown;
  /** Gives the first value, or another where the slot is declared again. */
  init: unknown;
  /** Makes the slot a live view of an export. `undefined` as name stands for the namespace object itself. */
  link(module: object, exportName: string | undefined, specifier: string): void;
}

/** The stable record of a name: what it is bound to may change, the record stays. */
export interface NameRecord {
  slot: CellSlot;
}

export interface CellRuntime {
  /** Asked by code that was compiled with guards. */
  readonly guard?: GuardRuntime;
  /** The completion value so far. */
  value: unknown;
  readonly frames: FrameRuntime;
  /** `import.meta` */
  readonly meta: object;
  /** A slot for a name that this execution declares. */
  declare(name: string, kind: DeclarationKind): CellSlot;
  /** The record of a name that another execution declared. */
  record(name: string): NameRecord;
  /** A name that nobody had declared when the code was compiled. @throws ReferenceError */
  late(name: string): unknown;
  /** `typeof` of such a name. */
  lateType(name: string): string;
  /** Something whose `value` reads a constant and throws a TypeError when it is assigned to. */
  constant(name: string): { value: unknown };
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** What applies the decorators of one class. */
  decorate(): ClassDecoration;
}

export interface ModuleRuntime {
  /** Asked by code that was compiled with guards. */
  readonly guard?: GuardRuntime;
  readonly frames: FrameRuntime;
  readonly meta: object;
  exports(getters: Readonly<Record<string, () => unknown>>): void;
  exportStar(specifier: string): void;
  /** The namespace object of a static import. */
  namespace(specifier: string): Readonly<Record<string, unknown>>;
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** What applies the decorators of one class. */
  decorate(): ClassDecoration;
}
