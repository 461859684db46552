import type { ComponentEvent } from './frame/component-mutations.js';
import type { Blockers, CheckpointMessage, RestoreMessage, RestoreReport } from './messages/checkpoint.js';
import type { Preview } from './previews/preview.js';
import type {
  CompiledText,
  CompileMessage,
  ExecuteMessage,
  ExecutionReport,
  LeftWork,
  ModuleMessage,
  ModuleSource,
  NamespaceEntry,
  NamespaceText,
  OutputMessage,
  OutputText,
  PendingEntry,
  PendingText,
  RecalledCell,
  SendableError,
  StartedMessage,
  StartMessage,
  ToolCallMessage,
  WireContext,
} from './messages/wire.js';
import type { WorkerPart } from './messages/worker-parts.js';

/**
 * The one table of methods that cross the port, each with its message and its reply. Both endpoints are generic over it,
 * so a name or a type that one side changes is an error of the compiler on the other. `checks/message-checks.ts` has the checks of what
 * a worker sends; the compiler holds that there is one for each method.
 */

/**
 * A method of the other side. A worker may send a message or a reply in a form that costs the host less to read; the
 * check of the host makes the message or the reply of it.
 */
export interface Method<Message, Reply = void, SentMessage = Message, SentReply = Reply> {
  readonly message: Message;
  readonly reply: Reply;
  readonly sentMessage: SentMessage;
  readonly sentReply: SentReply;
}

/** Methods by name. */
export type MethodTable = Readonly<Record<string, Method<unknown, unknown, unknown, unknown>>>;

/** A message with its context and these fields. */
export type WithContext<Fields = unknown> = { readonly context: WireContext } & Readonly<Fields>;

/** Methods of a worker, which the host calls. */
export type KernelMethods = {
  /** Makes the kernel; comes before everything else. */
  start: Method<StartMessage, StartedMessage>;
  /** Compiles a module. Only a worker without a kernel does, in which no code has run. */
  compile: Method<CompileMessage, CompiledText>;
  execute: Method<ExecuteMessage, ExecutionReport>;
  /** Stops an execution and its pending work. Answers whether it still ran. */
  cancel: Method<WithContext<{ runId: string; error: SendableError }>, boolean>;
  /** Stops the pending work of all executions that have ended, and tells it. */
  cancelPending: Method<
    WithContext<{ error: SendableError }>,
    readonly PendingEntry[],
    WithContext<{ error: SendableError }>,
    PendingText
  >;
  /** What ended executions have left, as far as the worker knows. `endsWaits` ends each wait for promises with what it has. */
  pending: Method<WithContext<{ endsWaits?: boolean }>, LeftWork>;
  /** All that is pending, of executions that run and of ended ones. */
  listPending: Method<WithContext, readonly PendingEntry[], WithContext, PendingText>;
  /** Adds cells that ran in another worker to the history. Answers `true`. */
  recall: Method<WithContext<{ cells: readonly RecalledCell[] }>, boolean>;
  /** The properties behind a preview. */
  expand: Method<WithContext<{ handle: string }>, Preview>;
  /** Binds what a preview shows to a free name, `temp1`, `temp2` …, and answers the name. */
  store: Method<WithContext<{ handle: string }>, string>;
  /** The names of the namespace. */
  list: Method<WithContext, readonly NamespaceEntry[], WithContext, NamespaceText>;
  /** The value of a name; `undefined` where there is none. */
  read: Method<WithContext<{ name: string }>, unknown>;
  /** Waits for the promises that names are bound to. Answers their values by name, without those that were rejected. */
  awaitPending: Method<WithContext, Readonly<Record<string, unknown>>>;
  /** Sends the changes that the host does not have. Answers with the number of the latest update. */
  checkpoint: Method<WithContext, number>;
  restore: Method<RestoreMessage, RestoreReport>;
  /**
   * Asks for the tree of a displayed component, for a frame that is told of its mutations until it closes; gives it an event; or ends it.
   * Answers with JSON of a `ComponentTree`, or nothing.
   */
  component: Method<
    WithContext<{ id: string; action: 'open' | 'close' | 'event' | 'unmount'; event?: ComponentEvent }>,
    ComponentData
  >;
  /** Reasons why the worker can't be given back. */
  blockers: Method<WithContext, Blockers>;
};

/** Methods of the host, which a worker calls. */
export type HostMethods = {
  callTool: Method<ToolCallMessage, unknown>;
  /** The caller no longer waits for it. */
  cancelToolCall: Method<WithContext<{ callId: string }>>;
  output: Method<OutputMessage, void, OutputText>;
  /** The code of an execution begins, if the host asked to be told, or has kept the worker's event loop for long. */
  running: Method<WithContext<{ runId: string }>>;
  /** The changes of the namespace. */
  checkpoint: Method<CheckpointMessage>;
  loadModule: Method<ModuleMessage, ModuleSource>;
  /** The text of a part of the worker, which has this integrity. */
  loadPart: Method<WithContext<{ name: WorkerPart; integrity: string }>, string>;
  /**
   * Changes of a component that a frame shows: JSON of a list of `Mutation`s, or nothing where the frame has to ask for the tree. Version 0
   * says that the component has ended.
   */
  mutate: Method<WithContext<{ id: string; version: number } & ComponentData>>;
};

/** JSON of a component, as UTF-8. */
export interface ComponentData {
  readonly data: ArrayBuffer;
}

/**
 * Methods of the host that are answered at once. Their calls go ahead of others and keep their order with replies: output arrives before
 * the result that ends it (C8), and a cancellation does not wait for the call that it cancels.
 */
export const orderedMethods = [
  'output',
  'mutate',
  'checkpoint',
  'running',
  'cancelToolCall',
] as const satisfies (keyof HostMethods)[];

/** The name of a method that the host can call on a worker. */
export type KernelMethod = keyof KernelMethods;

/** Functions that answer the methods of a table. */
export type Api<Methods extends MethodTable> = {
  readonly [M in keyof Methods]: (
    message: Methods[M]['message'],
  ) => Methods[M]['reply'] | PromiseLike<Methods[M]['reply']>;
};

/** The host's side of one session: nothing else of the host can be called from a worker. */
export type HostApi = Api<HostMethods>;

/** Checks of what comes in, by method. Each throws a MessageShapeError for anything else. */
export type Readers<Methods extends MethodTable, Part extends 'message' | 'reply'> = {
  readonly [M in keyof Methods]: (value: unknown) => Methods[M][Part];
};
