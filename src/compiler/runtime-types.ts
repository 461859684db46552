import type { activations } from '../context/activations/activations.js';
import type { ClassDecoration } from './erase/decorate.js';
import type { GuardRuntime } from './guard/guard.js';
import type { DeclarationKind } from './types.js';

/** The activation functions, which compiled code calls around suspensions. */
type ActivationRuntime = typeof activations;

/** A place for one value. Reading or assigning before `init` throws a ReferenceError. */
export interface CellSlot {
  value: unknown;
  /** Sets the first value, also when the slot is declared again. */
  init: unknown;
  /** Makes the slot a live view of an export. `undefined` as name stands for the namespace object itself. */
  link(module: LinkedModule, exportName: string | undefined, specifier: string): void;
}

/** A module as the code that imports it sees it. */
export interface LinkedModule {
  /** Its namespace object, which code may have. */
  readonly namespace: object;
  /** The exports that some code imports by name, as live properties. Code never has this object. */
  readonly bindings: Readonly<Record<string, unknown>>;
}

/** The record of a name. It stays the same while the binding changes. */
export interface NameRecord {
  slot: CellSlot;
}

/** Facts about compiled code with a direct `eval` which compiling the evaluated text needs. */
export interface DirectEvalUnit {
  /** Variable of the runtime. */
  readonly runtime: string;
  /** Names that are not stored in variables, with the text that reads and writes them. */
  readonly places: Readonly<Record<string, string>>;
  /** Whether names of the namespace are found by a scope object around the code. */
  readonly dynamic: boolean;
  /** Whether the namespace is in scope. It is not in modules. */
  readonly hasNamespace: boolean;
  /** Whether assignment to an undeclared name creates it. */
  readonly lenient: boolean;
}

/** Where a direct `eval` stands. */
export interface DirectEvalSite {
  /** Variables around it. */
  readonly locals: readonly string[];
  readonly strict: boolean;
  readonly inWith: boolean;
  /** Whether it is outside of all functions. */
  readonly atTop: boolean;
}

/** The runtime functions for code that evaluates other code. */
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
  /** Called by code that was compiled with guards. */
  readonly guard?: GuardRuntime;
  /** The completion value so far. */
  value: unknown;
  readonly activations: ActivationRuntime;
  /** Called by the top level of code that was compiled with `waits`, in place of those of `activations`. */
  readonly waits?: Pick<ActivationRuntime, 'suspend' | 'resume' | 'reenter'>;
  /** `import.meta` */
  readonly meta: object;
  /**
   * A slot for a name that this execution declares.
   * @param isAssigned whether the name is only assigned to; until then it is a global or undeclared @default false
   */
  declare(name: string, kind: DeclarationKind, isAssigned?: boolean): CellSlot;
  /** The record of a name that another execution declared. */
  record(name: string): NameRecord;
  /** A name that was undeclared when the code was compiled. @throws ReferenceError */
  late(name: string): unknown;
  /** `typeof` of such a name. */
  lateType(name: string): string;
  /**
   * An object whose `value` is the value of a name. Assignment throws a TypeError where the name is a constant, and a
   * ReferenceError where there is none.
   */
  target(name: string): { value: unknown };
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** The modules of the cell's `links.requests`, all of them linked and evaluated. */
  imports?(): Promise<readonly LinkedModule[]>;
  /** Creates the object that applies the decorators of one class. */
  decorate(): ClassDecoration;
  /** Used by code that evaluates other code. */
  readonly evaluation?: Evaluation;
}

export interface ModuleRuntime {
  /** Called by code that was compiled with guards. */
  readonly guard?: GuardRuntime;
  readonly activations: ActivationRuntime;
  readonly meta: object;
  /**
   * Tells the module's own exports.
   * @param nameless the default export, if it is a function without a name, which it gets here
   */
  exports(getters: Readonly<Record<string, () => unknown>>, nameless?: () => unknown): void;
  /** The module of a static import. */
  module(request: number): LinkedModule;
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** Creates the object that applies the decorators of one class. */
  decorate(): ClassDecoration;
  /** Used by code that evaluates other code. */
  readonly evaluation?: Evaluation;
}
