import type { WireContext } from '../../context/wire-context.js';
import type { Preview, StackFrame } from '../previews/preview.js';
import type { MimeBundle } from './mime-bundle.js';

/**
 * Types of the data that crosses the port. Every message is `{ context, … }`; `methods.ts` says which method takes which.
 * Times are milliseconds; `deadline` and `time` are milliseconds since the epoch, every other time is a length.
 */

export type { WireContext };

/** Whether code may wait: `async`, or `sync` for code that must not. */
export type ExecutionMode = 'async' | 'sync' | 'thread';
/** Whether names and values stay as the code left them. */
export type ExecutionTransaction = 'commit' | 'rollback-on-failure' | 'rollback';

/** Addresses of imports, as in a page's import map. */
export interface ImportMap {
  readonly imports?: Readonly<Record<string, string>>;
  readonly scopes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Settings of a kernel that stay the same for its whole session. */
export interface KernelSettings {
  /** Static, the same for every execution of the session. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly importMap: ImportMap;
  /** The base of relative specifiers: the address of the host page. */
  readonly baseUrl: string;
  /** How elements of JSX are compiled; the compiler checks it. @default the compiler's own way */
  readonly jsx?: object | undefined;
  /** Milliseconds that pending work of an ended execution may keep the event loop. */
  readonly lateWork: number;
}

/** Asks a worker to start its kernel. */
export interface StartMessage {
  readonly context: WireContext;
  readonly settings: KernelSettings;
}

/** A kernel's answer to `start`. */
export interface StartedMessage {
  readonly version: string;
}

/** Asks a worker to execute code. */
export interface ExecuteMessage {
  readonly context: WireContext;
  /** What the execution shows the host with each tool call: random, and of this execution alone. Code never sees it. */
  readonly capability: string;
  readonly code: string;
  readonly mode: ExecutionMode;
  /** @default 'commit' */
  readonly transaction?: ExecutionTransaction;
  /** Name of the cell, as frames and positions tell it: one line of at most `maxFileNameCharacters`. */
  readonly fileName: string;
  /** Number of the cell in its session, from 1; cancel flags go by it. */
  readonly cell: number;
  /** The paths of the tools that this execution sees, such as `github.createIssue`. */
  readonly tools: readonly string[];
  /** @default there is none */
  readonly timeLimit?: TimeLimit;
  /** Whether the worker is to tell when the code begins. @default false */
  readonly announces?: boolean;
  /** Whether the report is to have `timings`. @default false */
  readonly traced?: boolean;
}

/** The time that code has from its start, and the error that ends it afterwards. */
export interface TimeLimit {
  readonly milliseconds: number;
  readonly error: SendableError;
}

/** An error as data. */
export type SendableError = {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly frames: readonly StackFrame[];
  /** Where in the reader's code, if it is known. */
  readonly position?: SourcePosition;
  readonly cause?: SendableError;
  /** Of an AggregateError: its first 20 errors. */
  readonly errors?: readonly SendableError[];
};

/** Line and column from 1; `length` in characters. */
export interface SourcePosition {
  /** Of the cell, where it is known. */
  readonly fileName?: string;
  readonly line: number;
  readonly column: number;
  readonly length?: number;
}

/** A worker's report of how an execution ended. */
export interface ExecutionReport {
  readonly ok: boolean;
  /** Decoded: what could not be sent stands as a `ValuePreview`. */
  readonly value: unknown;
  readonly preview: Preview;
  readonly error?: SendableError;
  readonly duration: number;
  /** Promises bound to a name and not settled when the execution ended. */
  readonly pending: number;
  /** Whether it, or one before, has left work that may still run, as far as the worker knows. @default false */
  readonly leavesWork?: boolean;
  /** Pending work of executions that have ended, counted. @default 0 */
  readonly left?: number;
  /**
   * Of a traced execution, in milliseconds since it began in the worker: when its code was compiled, when it ended, then start and end
   * of each wait.
   */
  readonly timings?: readonly number[];
}

/** What may still happen because of an execution: a promise that a name is bound to, a timer, a listener, a tool call. */
export type PendingKind = 'promise' | 'timer' | 'listener' | 'tool';

/** One thing that is pending. */
export interface PendingEntry {
  readonly kind: PendingKind;
  /** Of the variable, of the function that started the timer, of the event, or of the tool. */
  readonly name?: string;
  /** The execution that caused it. */
  readonly runId: string;
  /** When it began, in milliseconds since the epoch. */
  readonly since: number;
}

/** Pending work as a worker sends it: entries as JSON in UTF-8. */
export interface PendingText {
  readonly data: ArrayBuffer;
}

/** A cell that ran in another worker. */
export interface RecalledCell {
  readonly cell: number;
  readonly code: string;
  /** Absent where it gave none, `undefined` where it could not be kept. */
  readonly value?: unknown;
}

/** What ended executions have left in a worker. */
export interface LeftWork {
  /** Whether it may run by itself: a listener does not. */
  readonly mayRun: boolean;
  /** Its entries, counted. */
  readonly count: number;
}

/** The console method, or the event, that made an output entry. */
export type OutputMethod =
  | 'log'
  | 'info'
  | 'warn'
  | 'error'
  | 'debug'
  | 'table'
  | 'group'
  | 'groupCollapsed'
  | 'groupEnd'
  | 'count'
  | 'time'
  | 'assert'
  | 'dir'
  | 'trace'
  | 'clear'
  | 'display'
  | 'uncaught'
  | 'unhandledrejection'
  | 'notice';
/** Severity of an output entry. */
export type OutputLevel = 'debug' | 'log' | 'info' | 'warn' | 'error';

/** Text that a format specifier made, styled or not, or a value to inspect. */
export type OutputPart = { readonly text: string; readonly style?: string } | { readonly preview: Preview };

/** One entry of output, as a worker sends it. */
export interface WireOutput {
  /** From 1, in the order in which the worker wrote; unique in a session. */
  readonly sequence: number;
  /** The execution that caused it, however late; absent where none did. */
  readonly runId?: string;
  readonly method: OutputMethod;
  readonly level: OutputLevel;
  readonly parts: readonly OutputPart[];
  /** The whole entry as plain text, of at most 10,000 characters. */
  readonly text: string;
  /** How many groups are open around it, at most 50. */
  readonly depth: number;
  readonly time: number;
  /** Of `trace`, `assert`, warnings and errors; the first frame is where it was called. */
  readonly frames?: readonly StackFrame[];
  /** Of `table`. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Preview[])[] };
  /** Of a notice: how many entries back-pressure dropped in its place. */
  readonly dropped?: number;
  /** Of `display`: names what was displayed, in its session. */
  readonly id?: string;
  /** Of `display`: whether the entry takes the place of the earlier one with this `id`. @default false */
  readonly isUpdate?: boolean;
  /** Of `display`: whether it is the value of the cell. @default false */
  readonly isResult?: boolean;
  /** Of `display`: the value in each form that it has, by MIME type. */
  readonly bundle?: MimeBundle;
}

/** Output as a worker sends it. */
export interface OutputText {
  readonly context: WireContext;
  /** Entries as one text: see `output-text.ts`. */
  readonly entries: string;
  /** The forms of all bundles, one after the other in the order of the entries. @default no entry has any */
  readonly data?: ArrayBuffer;
}

/** Output as the host has read it. */
export interface OutputMessage {
  readonly context: WireContext;
  readonly entries: readonly WireOutput[];
}

/** A tool call that a worker sends to the host. */
export interface ToolCallMessage {
  readonly context: WireContext;
  /** Shows which execution calls: the host gave it to that one alone. */
  readonly capability?: string;
  readonly callId: string;
  /** Where the code made the call, of an execution with `places`. */
  readonly place?: string;
  readonly name: string;
  readonly args: unknown;
}

/** Asks the host for the source of a module. */
export interface ModuleMessage {
  readonly context: WireContext;
  /** Absolute address, as the import map resolved it. */
  readonly url: string;
}

/** The source of a module, and its address. */
export interface ModuleSource {
  /** Its address after redirects. */
  readonly url: string;
  /** Its text; empty if `compiled` has it. */
  readonly source: string;
  /** Whether it is JSON. @default false */
  readonly json?: boolean;
  /** What to do if it proves to be no ECMAScript module. */
  readonly hint?: string;
  /** Whether its text mentions the document of a page. @default false */
  readonly needsDocument?: boolean;
  /** Its compiled text, if the page has it. */
  readonly compiled?: ArrayBuffer;
}

/** Asks a worker that is no session's to compile a module. */
export interface CompileMessage {
  readonly context: WireContext;
  readonly url: string;
  readonly source: string;
  readonly jsx?: object | undefined;
}

/** A compiled module as a worker sends it: parts in UTF-8. */
export interface CompiledText {
  readonly data: ArrayBuffer;
}

/** A list of names as a worker sends it: entries as JSON in UTF-8. */
export interface NamespaceText {
  readonly data: ArrayBuffer;
}

/** A name of a session, with its kind, type and preview. */
export interface NamespaceEntry {
  readonly name: string;
  readonly kind: 'let' | 'const' | 'var' | 'function' | 'class' | 'import';
  readonly preview: Preview;
  /** A TypeScript type for the editor, `unknown` if there is no better one. */
  readonly type: string;
  readonly mode: ExecutionMode;
  /** Of the cell that declared it last; absent where none did. */
  readonly fileName?: string;
  /** When it was last declared. */
  readonly time: number;
  /** Estimated bytes. */
  readonly size: number;
  readonly pending: boolean;
}
