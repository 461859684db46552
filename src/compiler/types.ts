/** Lines and columns count from 1 throughout, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type DeclarationKind = 'let' | 'const' | 'var' | 'function' | 'class' | 'import';

/** What the compiler asks of the namespace it compiles against. */
export interface NamespaceScope {
  /** The kind under which a name was last declared, `undefined` where it was not. */
  kind(name: string): DeclarationKind | undefined;
  /** Whether the realm has a global of that name. @default none has */
  isGlobal?(name: string): boolean;
}

export interface CompileOptions {
  /** Shown in stack traces: `cell-3.ts`, or the address of a module. */
  readonly fileName: string;
  /** @default 'ts' */
  readonly language?: 'ts' | 'js';
  /** Whether loops and calls ask the runtime's `guard` whether to go on. @default false */
  readonly guards?: boolean;
  /** Whether a class that is the whole cell is defined without running anything that it holds. @default false */
  readonly defines?: boolean;
}

export interface CompiledCode {
  /** The text to evaluate; it closes with a `sourceURL`. Line breaks stand where the source has them. */
  readonly code: string;
  /** From a position in `code` to one in the source; made on first use. `undefined` where the compiler wrote it. */
  originalPosition(generated: Position): Position | undefined;
  /** Text of each transformed function to its text in the source, for `Function.prototype.toString`; made on first use. */
  functionSources(): ReadonlyMap<string, string>;
  /** Text of each function, method and class that the source has, to what it takes to make it anew; made at each call. */
  functionOrigins(): ReadonlyMap<string, FunctionOrigin>;
}

/** Where a function comes from. */
export interface FunctionOrigin {
  /** As the reader wrote it. */
  readonly source: string;
  /** Variables of functions, blocks or the module around it that it uses; also `this` and `super`, where they are those of a function around it. */
  readonly captured: readonly string[];
  /** Of a class: whether it has private members, which nobody but itself can read. */
  readonly hasPrivate: boolean;
  /** Of a class that can't be made anew without running code of it, or has what nobody can read: what it has. */
  readonly obstacle?: string;
  /** Of a class: the sources of its methods and accessors. */
  readonly members?: ReadonlySet<string>;
  /** Whether it is a method or an accessor. */
  readonly isMethod?: boolean;
  /** Of a method of a class: `super` or a private name that it uses, which only its own class gives it. */
  readonly home?: string;
  /** Of a declared function that uses its own name, which is a variable: that name. */
  readonly declares?: string;
}

/** A cell: `code` is an expression whose value is `async (runtime: CellRuntime) => void`. */
export interface CompiledCell extends CompiledCode {
  readonly declarations: ReadonlyMap<string, DeclarationKind>;
  /** Specifiers of its static imports. */
  readonly imports: readonly string[];
  /** Whether anything at the top level can suspend (`sync` mode refuses such a cell). */
  readonly suspends: boolean;
}

/** A module: `code` is an expression whose value makes a generator that links at the first `next()` and evaluates at the second. */
export interface CompiledModule extends CompiledCode {
  readonly imports: readonly string[];
  readonly suspends: boolean;
}
