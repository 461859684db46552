import type { JsxOptions } from './jsx/jsx-options.js';

/** Lines and columns count from 1 throughout, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type DeclarationKind = 'let' | 'const' | 'var' | 'function' | 'class' | 'import';

/** The namespace that a program is compiled against. */
export interface NamespaceScope {
  /** The kind of the latest declaration of a name; `undefined` if there is none. */
  kind(name: string): DeclarationKind | undefined;
  /** Whether the realm has a global of that name. @default none has */
  isGlobal?(name: string): boolean;
}

export interface CompileOptions {
  /** Shown in stack traces: `cell-3.ts`, or the address of a module. */
  readonly fileName: string;
  /** @default 'ts' */
  readonly language?: 'ts' | 'js';
  /**
   * Whether `<` begins an element of JSX, and never a type assertion: in files with such a name, or in a source that can't be parsed
   * otherwise. @default 'fallback'
   */
  readonly elements?: true | 'fallback';
  /** How elements of JSX become calls. */
  readonly jsx?: JsxOptions | undefined;
  /** Whether loops and calls check the runtime's `guard` for interruptions. @default false */
  readonly guards?: boolean;
  /** Whether the top level suspends and resumes by functions of the runtime, which measure that. @default false */
  readonly waits?: boolean;
  /** Whether a class that is the whole cell is defined without running code inside it. @default false */
  readonly defines?: boolean;
}

export interface CompiledCode {
  /** The text to evaluate; it closes with a `sourceURL`. Line breaks stand where the source has them. */
  readonly code: string;
  /** From a position in `code` to one in the source; made on first use. `undefined` where the compiler wrote it. */
  originalPosition(generated: Position): Position | undefined;
  /** Text of each transformed function to its text in the source, for `Function.prototype.toString`; made on first use. */
  functionSources(): ReadonlyMap<string, string>;
  /** Maps the text of each function, method and class of the source to the facts for recreating it; computed at each call. */
  functionOrigins(): ReadonlyMap<string, FunctionOrigin>;
}

/** Where a function comes from. */
export interface FunctionOrigin {
  /** The user's text. */
  readonly source: string;
  /** Captured variables of surrounding functions, blocks or the module; also `this` and `super` of a surrounding function. */
  readonly captured: readonly string[];
  /** Of a class: whether it has private members. */
  readonly hasPrivate: boolean;
  /** Of a class that can't be recreated without running its code, or has unreadable state: the obstacle. */
  readonly obstacle?: string;
  /** Of a class: the sources of its methods and accessors. */
  readonly members?: ReadonlySet<string>;
  /** Whether it is a method or an accessor. */
  readonly isMethod?: boolean;
  /** Of a method of a class: `super` or a private name that it uses, which only its class provides. */
  readonly home?: string;
  /** Of a declared function that refers to itself through a variable: the variable's name. */
  readonly declares?: string;
}

/** A module that code requests. Modules are loaded, linked and evaluated in this order. */
export interface ModuleRequest {
  readonly specifier: string;
  /** The value of the import attribute `type`. */
  readonly type?: string;
  /** Offset of the statement in the source. */
  readonly at: number;
}

/** A name that a requested module has to export. */
export interface RequestedName {
  /** Index of the request. */
  readonly from: number;
  readonly name: string;
  /** Offset of the name in the source. */
  readonly at: number;
  /** Whether it may be the name of a type, which no module exports. */
  readonly maybeType?: boolean;
}

/** `export { name as exported } from`; without a name, `export * as exported from`. */
export interface Reexport extends Omit<RequestedName, 'name'> {
  readonly exported: string;
  readonly name?: string;
}

/** What linking code to other modules takes, as data. */
export interface ModuleLinks {
  readonly requests: readonly ModuleRequest[];
  readonly names: readonly RequestedName[];
  readonly reexports: readonly Reexport[];
  /** Requests of `export * from`. */
  readonly stars: readonly number[];
}

/** A cell: `code` is an expression whose value is `async (runtime: CellRuntime) => void`. */
export interface CompiledCell extends CompiledCode {
  readonly declarations: ReadonlyMap<string, DeclarationKind>;
  readonly links: ModuleLinks;
  /** Whether anything at the top level can suspend (`sync` mode refuses such a cell). */
  readonly suspends: boolean;
}

/** A module: `code` is an expression whose value makes a generator that links at the first `next()` and evaluates at the second. */
export interface CompiledModule extends CompiledCode {
  readonly links: ModuleLinks;
  readonly suspends: boolean;
}
