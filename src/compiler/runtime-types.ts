import type { activations } from '../context/activations/activations.js';
import type { ClassDecoration } from './erase/decorate.js';
import type { GuardRuntime } from './guard/guard.js';
import type { DeclarationKind } from './types.js';

/** What compiled code calls: the functions that go around suspensions. */
type ActivationRuntime = typeof activations;

/** A place for one value. Reading or assigning before `init` throws a ReferenceError. */
export interface CellSlot {
  value: unknown;
  /** Gives the first value, or another where the slot is declared again. */
  init: unknown;
  /** Makes the slot a live view of an export. `undefined` as name stands for the namespace object itself. */
  link(module: object, exportName: string | undefined, specifier: string): void;
}

/** The record of a name. It stays the same while the binding changes. */
export interface NameRecord {
  slot: CellSlot;
}

/** What code that holds a direct `eval` is compiled to, as far as the text that is evaluated has to know it. */
export interface DirectEvalUnit {
  /** Variable of the runtime. */
  readonly runtime: string;
  /** Names that are kept elsewhere than in variables, with the text that reads and writes them. */
  readonly places: Readonly<Record<string, string>>;
  /** Whether names of the namespace are found by a scope object around the code. */
  readonly dynamic: boolean;
  /** Whether the namespace is in scope. It is not in modules. */
  readonly hasNamespace: boolean;
  /** Whether assigning to a name that nobody declared makes one. */
  readonly lenient: boolean;
}

/** Where a direct `eval` stands. */
export interface DirectEvalSite {
  /** Variables around it. */
  readonly locals: readonly string[];
  readonly strict: boolean;
  readonly inWith: boolean;
  /** Whether no function is around it. */
  readonly atTop: boolean;
}

/** What code that evaluates other code needs of its runtime. */
export interface Evaluation {
  /** The engine's `eval`. */
  readonly native: (text: string) => unknown;
  /** The realm's `eval`, the value of the name except in a direct call. */
  current: unknown;
  /** Has the names of the namespace as properties. */
  readonly scopeObject: object;
  /** Runs kernel code to which the scope object shows no names, so that it sees the functions around it. */
  hoist(fill: () => void): void;
  /**
   * Makes the function that turns the arguments of a direct `eval` into the argument for the engine's own.
   * @throws SyntaxError where the text can't be compiled
   */
  compilerOf(unit: DirectEvalUnit): (site: DirectEvalSite, ...args: unknown[]) => unknown;
}

export interface CellRuntime {
  /** Asked by code that was compiled with guards. */
  readonly guard?: GuardRuntime;
  /** The completion value so far. */
  value: unknown;
  readonly activations: ActivationRuntime;
  /** `import.meta` */
  readonly meta: object;
  /**
   * A slot for a name that this execution declares.
   * @param isAssigned whether it is not declared, but assigned to: until it is, it is a global or nothing @default false
   */
  declare(name: string, kind: DeclarationKind, isAssigned?: boolean): CellSlot;
  /** The record of a name that another execution declared. */
  record(name: string): NameRecord;
  /** A name that nobody had declared when the code was compiled. @throws ReferenceError */
  late(name: string): unknown;
  /** `typeof` of such a name. */
  lateType(name: string): string;
  /**
   * An object whose `value` is the value of a name. Assignment throws a TypeError where the name is a constant, and a
   * ReferenceError where there is none.
   */
  target(name: string): { value: unknown };
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** What applies the decorators of one class. */
  decorate(): ClassDecoration;
  /** Asked for by code that evaluates other code. */
  readonly evaluation?: Evaluation;
}

export interface ModuleRuntime {
  /** Asked by code that was compiled with guards. */
  readonly guard?: GuardRuntime;
  readonly activations: ActivationRuntime;
  readonly meta: object;
  exports(getters: Readonly<Record<string, () => unknown>>): void;
  exportStar(specifier: string): void;
  /** The namespace object of a static import. */
  namespace(specifier: string): Readonly<Record<string, unknown>>;
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** What applies the decorators of one class. */
  decorate(): ClassDecoration;
  /** Asked for by code that evaluates other code. */
  readonly evaluation?: Evaluation;
}
