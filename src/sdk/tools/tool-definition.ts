import type { RuntimeContext } from '../../context/runtime-context.js';
import type { ToolDescriptor, ToolKind } from './tool-descriptor.js';
import type { SchemaType } from './schema/schema-inference.js';
import type { Schema, SchemaInput } from './schema/schema.js';

/** What a definition says, in one form, whatever names it used. */
export interface ToolFacts {
  readonly description: string;
  readonly kind: ToolKind;
  readonly input: Schema | undefined;
  readonly output: Schema | undefined;
  readonly requiredContext: readonly string[];
  readonly timeout: number | undefined;
  readonly approval: ToolApproval;
  /** What the tool says of itself. */
  readonly hints: ToolHints;
  readonly revert: RevertToolCall | undefined;
}

/** What a tool says of itself, in the words of MCP. Nothing checks it. */
export interface ToolHints {
  /** It changes nothing, so it may be called again. @default false */
  readonly readOnlyHint?: boolean | undefined;
  /** A second call with the same input changes nothing more. @default false */
  readonly idempotentHint?: boolean | undefined;
  /** Its changes can't be undone. */
  readonly destructiveHint?: boolean | undefined;
}

/** Undoes a call, for an agent's `rollback`. */
export type RevertToolCall = (input: never, result: never, options: { readonly context: RuntimeContext }) => unknown;

/** A registered tool, read by others: `Tool` is it. */
export interface RegisteredTool extends ToolFacts {
  invoke(args: unknown, invocation: ToolInvocation): unknown;
  describe(name: string): ToolDescriptor;
}

/** The components that a call sees: `RegistrySnapshot` is it. */
export interface RegistryView {
  readonly version: number;
  has(kind: string, name: string): boolean;
  /** @throws ComponentNotFoundError */
  get(kind: 'tool', name: string): RegisteredTool;
  get(kind: string, name: string): unknown;
  list(kind: string): readonly string[];
  /** The name by which `list` has a component, whichever way it is written. */
  keyOf(kind: string, name: string): string | undefined;
  toolDescriptors(): readonly ToolDescriptor[];
}

/** One call, as the tool gets it. */
export interface ToolInvocation {
  readonly callId: string;
  /** Where the code made the call: the same code makes it at the same place again. Only where that is recorded. */
  readonly place?: string | undefined;
  /** The context of the caller, from the host's own copy. */
  readonly context: RuntimeContext;
  /** Aborts when the execution is stopped or the call takes too long. */
  readonly signal: AbortSignal;
  /** The components that the caller sees. */
  readonly registry: RegistryView;
  /** Calls another tool as the same caller: in the same context, with the same checks, until the same signal or another. */
  call(name: string, args?: unknown, signal?: AbortSignal): Promise<unknown>;
}

/** Names that the AI SDK has for parts of a call, so that its tools run as they are. */
export interface ToolCallAliases {
  /** The same as `callId`. */
  readonly toolCallId: string;
  /** Always empty: a conversation with a model is not known here. */
  readonly messages: never[];
}

/** The second argument of `execute`. */
export interface ToolCallOptions extends ToolInvocation, ToolCallAliases {
  /** The same as `signal`. */
  readonly abortSignal: AbortSignal;
}

/** A call that waits for approval. `args` are validated. */
export interface ToolApprovalRequest {
  readonly callId: string;
  /** With its namespace: `github.createIssue`. */
  readonly name: string;
  readonly args: unknown;
  readonly context: RuntimeContext;
}

/** Whether somebody is asked before a tool runs. */
export type ToolApproval = boolean | ((request: ToolApprovalRequest) => boolean | PromiseLike<boolean>);

/** The second argument of `needsApproval`. */
export interface NeedsApprovalOptions extends Omit<ToolApprovalRequest, 'args'>, ToolCallAliases {}

/** A plain function as a tool. */
export type ToolFunction = (args: never, invocation: ToolInvocation) => unknown;

/** The input of a handler, as its schema gives it. */
export type ToolArguments<Input> = Input extends SchemaInput ? SchemaType<Input, 'output'> : unknown;

/** The result of a handler, as its output schema takes it. */
export type ToolResult<Output> = Output extends SchemaInput ? SchemaType<Output, 'input'> : unknown;

/** A tool that was made for the AI SDK, whose types say that its calls come with messages and with a context of its own. */
export interface ForeignTool {
  readonly description?: unknown;
  readonly inputSchema?: unknown;
  readonly outputSchema?: unknown;
  readonly needsApproval?: boolean | object | undefined;
  /** A function, of which the type does not say so: handlers beside it in a record would have no types then. */
  readonly execute?: object | undefined;
}

/**
 * A tool as an object. Schemas may be any Standard Schema (zod, valibot, arktype …), JSON Schema, or what `jsonSchema()` of
 * the AI SDK makes. Of several handlers one is called: `execute`, or else `runWithContext`, `runAsync`, `run`.
 */
export interface ToolDefinition<Input = unknown, Output = unknown> {
  /** For whoever, or whatever, writes the code that calls it. */
  readonly description?: string | ((options: never) => string) | undefined;
  /** Stands in for a missing description. */
  readonly title?: string | undefined;
  /** Names the tool in a list of definitions; a name that is given otherwise counts more. */
  readonly name?: string | undefined;
  /** Hints, as MCP has them. A run of an agent that goes on after a crash calls a read-only or idempotent tool again. */
  readonly annotations?: ToolHints | object | undefined;
  /** Undoes a call, where an agent's run is rolled back. */
  readonly revert?: RevertToolCall | undefined;
  /** Variables that the context must have; checked before the tool runs. */
  readonly requiredContext?: readonly string[] | undefined;
  /** Milliseconds. @default limits.toolTimeout (30,000) */
  readonly timeout?: number | undefined;
  /** The schema of the input. @default the input is not checked */
  readonly inputSchema?: Input;
  /** The schema of the result. @default the result is not checked */
  readonly outputSchema?: Output;
  /** Whether a call needs approval before it runs; a function decides for each call. @default false */
  readonly needsApproval?:
    | boolean
    | ((input: ToolArguments<Input>, options: NeedsApprovalOptions) => boolean | PromiseLike<boolean>)
    | undefined;
  /** An async iterable gives progress; its last value is the result. */
  execute?(
    input: ToolArguments<Input>,
    options: ToolCallOptions,
  ): ToolResult<Output> | PromiseLike<ToolResult<Output>> | AsyncIterable<ToolResult<Output>>;
  /** Another name of `execute`, which MCP servers use. */
  handler?(
    input: ToolArguments<Input>,
    options: ToolCallOptions,
  ): ToolResult<Output> | PromiseLike<ToolResult<Output>> | AsyncIterable<ToolResult<Output>>;
  /** Another name of `inputSchema`. */
  readonly input?: Input;
  /** Another name of `outputSchema`. */
  readonly output?: Output;
  /** As `needsApproval`; a function gets the whole request. */
  readonly approval?: ToolApproval | undefined;
  run?(args: ToolArguments<Input>, invocation: ToolInvocation): ToolResult<Output> | PromiseLike<ToolResult<Output>>;
  runAsync?(args: ToolArguments<Input>, invocation: ToolInvocation): PromiseLike<ToolResult<Output>>;
  runWithContext?(
    args: ToolArguments<Input>,
    context: RuntimeContext,
    invocation: ToolInvocation,
  ): ToolResult<Output> | PromiseLike<ToolResult<Output>>;
}
