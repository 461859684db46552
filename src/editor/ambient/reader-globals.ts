/**
 * TypeScript declarations of the globals of a cell, except `tools`. They are written by hand: generated ones would repeat
 * comments for authors of pages, private members and imports, and need a compiler at each start of the development server. A
 * test compares them with the classes, so the two can't part.
 */
export const readerGlobals = `
/** Plain data by name. */
type ContextData = Readonly<Record<string, unknown>>;
/** The JSON form of a RuntimeContext. */
interface WireContext {
  readonly runId: string;
  readonly correlationId: string;
  readonly parentId?: string;
  /** W3C Trace Context, version 00. */
  readonly traceparent?: string;
  readonly variables: ContextData;
  readonly metadata: ContextData;
  /** Milliseconds since the epoch. */
  readonly deadline?: number;
}
interface RuntimeContextInit {
  readonly variables?: ContextData;
  readonly metadata?: ContextData;
  /** @default 32 random hex digits */
  readonly runId?: string;
  /** @default the run id */
  readonly correlationId?: string;
  readonly parentId?: string | undefined;
  /** W3C Trace Context. */
  readonly traceparent?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Variables that \`with\` and \`run\` refuse to replace. */
  readonly protectedKeys?: Iterable<string>;
  /** Characters of JSON that variables and metadata may take together. @default 65,536 */
  readonly maxSize?: number;
}
/** The client that code runs for, as one immutable object. The host sets it; it stays the same across every \`await\`. */
declare class RuntimeContext {
  readonly variables: ContextData;
  readonly metadata: ContextData;
  readonly runId: string;
  readonly correlationId: string;
  readonly parentId: string | undefined;
  readonly traceparent: string | undefined;
  /** Milliseconds since the epoch. */
  readonly deadline: number | undefined;
  readonly signal: AbortSignal | undefined;
  constructor(init?: RuntimeContextInit);
  static isRuntimeContext(value: unknown): value is RuntimeContext;
  /** A context as it is; a plain object as variables; nothing as an empty context. */
  static from(input: RuntimeContext | ContextData | undefined): RuntimeContext;
  /** The opposite of \`toJSON\`. */
  static fromJSON(json: unknown): RuntimeContext;
  /** The variable of that name, or the fallback. */
  get<T>(key: string, fallback: T): T;
  get<T = unknown>(key: string): T | undefined;
  /** The variable of that name. Throws if it is missing. */
  require<T = unknown>(key: string): T;
  has(key: string): boolean;
  keys(): readonly string[];
  /** A context with more variables; this one does not change. */
  with(more: ContextData): RuntimeContext;
  /** A context for a part of this work, with its own run id. */
  child(init?: Pick<RuntimeContextInit, 'runId' | 'deadline' | 'signal' | 'metadata'>): RuntimeContext;
  /** The same run under another signal and deadline; the earlier of both deadlines holds. */
  limitedTo(limits: Pick<RuntimeContextInit, 'deadline' | 'signal' | 'traceparent'>): RuntimeContext;
  /** Calls a function with this as the current context. */
  run<Result>(fn: () => Result): Result;
  /** Calls a function with this and more variables as the current context. */
  run<Result>(variables: ContextData, fn: () => Result): Result;
  toJSON(): WireContext;
}
/** The context of this execution: \`context.get('client_id')\`. */
declare const context: RuntimeContext;
/** The current context; undefined where none is set. */
declare function getCurrentContext(): RuntimeContext | undefined;
/** Values that follow the flow of control across \`await\`, as proposed for JavaScript. */
declare namespace AsyncContext {
  /** A value that follows the flow of control. */
  class Variable<T> {
    constructor(options?: { readonly name?: string; readonly defaultValue?: T });
    readonly name: string;
    get(): T | undefined;
    /** Calls a function while the variable has that value, and returns its result. */
    run<Args extends unknown[], Result>(value: T, fn: (...args: Args) => Result, ...args: Args): Result;
  }
  /** All variables as they are now. */
  class Snapshot {
    run<Args extends unknown[], Result>(fn: (...args: Args) => Result, ...args: Args): Result;
    /** A function that calls another one in the present context. */
    static wrap<This, Args extends unknown[], Result>(
      fn: (this: This, ...args: Args) => Result,
    ): (this: This, ...args: Args) => Result;
  }
}
/** Settings of the host, the same for every execution. */
declare const config: Readonly<Record<string, any>>;
/** A value in one or more forms, by MIME type. */
interface MimeBundle {
  readonly [type: string]: unknown;
}
/** What was displayed. */
interface DisplayHandle {
  readonly id: string;
  /** Puts something else in its place. */
  update(...values: unknown[]): void;
}
/**
 * Shows values in the output: as a picture, a table, a plot or text. A value with a method \`[Symbol.for('Jupyter.display')]()\` is shown
 * in the forms that it gives, by MIME type; an array of records is a table.
 *
 * @example
 * display([{ city: 'Oslo', celsius: 4 }]);
 */
declare function display(...values: unknown[]): DisplayHandle;
/** Shows a bundle: the same thing in several forms, by MIME type. */
declare function display(bundle: MimeBundle, options: { readonly raw: true }): DisplayHandle;
declare namespace display {
  /** Shows HTML, with its styles and scripts, in a frame without network. */
  function html(text: TemplateStringsArray | string, ...values: unknown[]): DisplayHandle;
  /** Shows Markdown. */
  function md(text: TemplateStringsArray | string, ...values: unknown[]): DisplayHandle;
  /** Shows an SVG image. */
  function svg(text: TemplateStringsArray | string, ...values: unknown[]): DisplayHandle;
  /** Shows a progress bar. */
  function progress(
    done: number,
    total: number,
    label?: string,
  ): { readonly id: string; update(done: number, total?: number, label?: string): void };
}
/** The code of earlier cells by their number, from 1. */
declare const In: readonly string[];
/** The values of earlier cells by their number. */
declare const Out: Readonly<Record<number, any>>;
`;
