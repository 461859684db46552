import type { Preview } from '../protocol/previews/preview.js';
import type { ComponentEvent } from '../protocol/frame/component-mutations.js';
import type { RestoreReport } from '../protocol/messages/checkpoint.js';
import type {
  ExecutionMode,
  ExecutionTransaction,
  NamespaceEntry,
  OutputPart,
  PendingEntry,
  SendableError,
  WireOutput,
} from '../protocol/messages/wire.js';
import type { RuntimeContext } from '../context/runtime-context.js';
import type { RegistryView } from './tools/tool-definition.js';
import type { Trace } from './traces/trace.js';

export type { ExecutionPhase } from './execution-phase.js';

/** The state of a session. After `crashed`, and after `created` of a suspended session, the next execution leads to `starting`. */
export type SessionState = 'created' | 'starting' | 'ready' | 'running' | 'closing' | 'closed' | 'crashed';

/**
 * The life of an execution.
 *
 * - `queued`: waits on the host for the worker, or for an exclusive execution before it
 * - `starting`: sent to the worker
 * - `running`: the worker has begun it
 * - `stopping`: stopped; its `finally` blocks run
 * - `settling`: the code has ended; its result is made
 * - `succeeded`, `failed`, `cancelled`, `timed-out`: how it ended
 * - `lost`: the worker is gone, and the outcome is unknown
 */
export type ExecutionState =
  | 'queued'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'settling'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'timed-out'
  | 'lost';

/** Variables by name, or a whole context. */
export type ContextInput = RuntimeContext | Readonly<Record<string, unknown>>;

/**
 * What becomes of a name that both a thread and the session have changed: the execution fails with a `NamespaceConflictError`, or the
 * value of the thread or of the session stays.
 */
export type ThreadConflict = 'fail' | 'overwrite' | 'keep';

/** Options of one execution. */
export interface ExecuteOptions {
  context?: ContextInput;
  /** In mode `thread` the code runs in another worker, over a snapshot of the namespace, and its changes are merged at its end. @default 'async' */
  mode?: ExecutionMode;
  /** In mode `thread`: what becomes of names that the session has changed meanwhile. @default 'fail' */
  conflict?: ThreadConflict;
  /** The tools that the code can call. @default the registry of the Codemode */
  registry?: { snapshot(): RegistryView };
  /** Milliseconds the code may take. @default limits.codeTimeout (30,000) */
  timeout?: number;
  /** Aborting it cancels the execution. */
  signal?: AbortSignal;
  /** Names the execution in `output` and `toolcall` while it runs; not to be used twice. @default 32 random hex digits */
  runId?: string;
  /**
   * Name of the code in frames and positions: one line of 1 to 500 characters. It may repeat, except `cell-1.ts`, `cell-2.ts` …:
   * code that asks for one of those when it is taken gets the next. `result.fileName` tells.
   * @default `cell-1.ts`, `cell-2.ts` …, each once in a session, also after a reset
   */
  fileName?: string;
  /** Wait until nothing else runs in the session, and let nothing else start. @default false */
  exclusive?: boolean;
  /**
   * Whether names and values stay as the code leaves them, or are put back to what they were, when it fails or always. Code that may be
   * rolled back is exclusive. @default 'commit'
   */
  transaction?: ExecutionTransaction;
  /** Whether it is measured. Its spans would tell the errors that it throws and the tools that it calls. @default `tracing` of the codemode (true) */
  tracing?: boolean;
}

/** One thing that code wrote. `String(entry)` is its text. */
export interface OutputEntry extends WireOutput {
  readonly parts: readonly OutputPart[];
  toString(): string;
}

/** An error as data: of code that failed, with its frames and its position in the code. */
export type ExecutionError = SendableError;

/** Parts of a result that are there whether the code succeeded or failed. */
export interface ExecutionDetails {
  readonly preview: Preview;
  readonly output: readonly OutputEntry[];
  /** Milliseconds. */
  readonly duration: number;
  readonly correlationId: string;
  readonly runId: string;
  /** Name of the code in frames, positions and events: as given to `execute`, or as the session chose it. */
  readonly fileName: string;
  readonly mode: ExecutionMode;
  /** Promises bound to a name and not settled when the execution ended. */
  readonly pending: number;
  /** What took how long. Empty in a `Codemode` without `tracing`. */
  readonly trace: Trace;
}

/** The result of code that ran to its end. */
export interface ExecutionSuccess<T = unknown> extends ExecutionDetails {
  readonly ok: true;
  /** The completion value; a part that could not be sent is a `ValuePreview`. */
  readonly value: T;
  readonly error?: undefined;
}

/** The result of code that threw, was stopped, or took too long. */
export interface ExecutionFailure extends ExecutionDetails {
  readonly ok: false;
  readonly value: undefined;
  readonly error: ExecutionError;
}

/**
 * The result of an execution: with `ok` a value, otherwise an error.
 *
 * @example
 * const result = await session.execute<number>('6 * 7');
 * if (result.ok) console.log(result.value);
 * else console.error(result.error.message);
 */
export type ExecutionResult<T = unknown> = ExecutionSuccess<T> | ExecutionFailure;

/** A step of a tool call: it started, succeeded, failed or was cancelled. */
export interface ToolCallDetail {
  readonly callId: string;
  readonly runId: string;
  /** Of the cell that called. */
  readonly fileName: string;
  readonly name: string;
  readonly phase: 'started' | 'succeeded' | 'failed' | 'cancelled';
  readonly args?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  /** Milliseconds, once it has ended. */
  readonly duration?: number;
}

/** Events of a session by type. Each is a `CustomEvent` with this `detail`. */
export interface SessionEventDetails {
  output: OutputEntry;
  /** The state of an execution has changed. */
  executionstatechange: { readonly runId: string; readonly from: ExecutionState; readonly to: ExecutionState };
  statechange: { readonly from: SessionState; readonly to: SessionState; readonly reason?: string };
  toolcall: ToolCallDetail;
  /** Ended executions have left another number of promises, timers, listeners and tool calls. It may come half a second late. */
  pendingchange: { readonly count: number };
  /**
   * A displayed component has changed, and a frame shows it: JSON of a list of mutations, empty where the frame has to ask for its tree.
   * Version 0 says that it has ended.
   */
  mutation: ComponentMutations;
  result: ExecutionResult;
  /**
   * A new worker replaced a lost one. The report lists the names that it has. `behind` has the file names of executions that
   * had ended, whose changes to large values it may not have; what ended before the first of them is there entirely.
   */
  recovered: { readonly reason: string; readonly behind: readonly string[] } & RestoreReport;
}

/** Whether a session gave its worker back. */
export interface Suspension {
  readonly suspended: boolean;
  /** Why it kept its worker: everything that would be lost or cut off, in words. Empty if it was suspended. */
  readonly blockers: readonly string[];
  /** @deprecated The old name of `blockers`. */
  readonly obstacles: readonly string[];
}

/** Changes of a displayed component, in their order. */
export interface ComponentMutations {
  /** Id that the bundle of the component has. */
  readonly id: string;
  readonly version: number;
  readonly data: ArrayBuffer;
}

/** What a frame asks of a displayed component. */
export interface ComponentRequest {
  /** Id that the bundle of the component has. */
  readonly id: string;
  readonly action: 'open' | 'close' | 'event' | 'unmount';
  /** With the action `event`. */
  readonly event?: ComponentEvent;
}

/** The part of a `Session` that the elements use. */
export interface SessionLike {
  readonly name: string;
  readonly state: SessionState;
  readonly namespace: {
    list(): Promise<readonly NamespaceEntry[]>;
    get(name: string): Promise<unknown>;
  };
  execute(code: string, options?: ExecuteOptions): Promise<ExecutionResult>;
  /** Keeps a name such as `cell-7.ts` for code to come. @returns `false` if other code has it */
  reserveFileName?(fileName: string): boolean;
  /** The properties behind a preview that has a `handle`. */
  expand(preview: Preview): Promise<Preview>;
  /** Binds an object that a preview shows to a free name such as `temp1`, and returns the name. */
  store?(preview: Preview): Promise<string>;
  /** What a frame asks of a displayed component. */
  component?(request: ComponentRequest): Promise<ArrayBuffer>;
  awaitPending(): Promise<Record<string, unknown>>;
  /** The code of its cells and previews of what they gave, oldest first. */
  readonly history?: {
    readonly in: readonly string[];
    readonly out: readonly (Preview | undefined)[];
  };
  /** What may still happen because of its code. */
  pending?(): Promise<readonly PendingEntry[]>;
  /** Stops what ended executions have left, and tells what that was. */
  cancelPending?(): Promise<readonly PendingEntry[]>;
  /** Stops what runs; the namespace stays. */
  stop(): Promise<void>;
  /** A new worker with an empty namespace. */
  reset(): Promise<void>;
  /** Deletes what is kept of it beyond the page. */
  forget?(): Promise<void>;
  close(): Promise<void>;
  addEventListener<K extends keyof SessionEventDetails>(
    type: K,
    listener: (event: CustomEvent<SessionEventDetails[K]>) => void,
    options?: AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof SessionEventDetails>(
    type: K,
    listener: (event: CustomEvent<SessionEventDetails[K]>) => void,
  ): void;
}
