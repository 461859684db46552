import type { RuntimeContext } from '../../context/runtime-context.js';
import type { ToolDescriptor, ToolKind } from '../../protocol/wire.js';
import { InvalidComponentError } from '../errors/errors.js';
import type { RegistrySnapshot } from './registry.js';
import { isSchema, toJsonSchema, type Schema } from './schema/schema.js';

/** One call, as the tool gets it. */
export interface ToolInvocation {
  readonly callId: string;
  /** The context of the caller, from the host's own copy. */
  readonly context: RuntimeContext;
  /** Aborts when the execution is stopped or the call takes too long. */
  readonly signal: AbortSignal;
  /** The components that the caller sees. */
  readonly registry: RegistrySnapshot;
  /** Calls another tool as the same caller: in the same context, with the same checks, until the same signal or another. */
  call(name: string, args?: unknown, signal?: AbortSignal): Promise<unknown>;
}

/** A call that waits for leave. `args` are validated. */
export interface ToolApprovalRequest {
  readonly callId: string;
  readonly name: string;
  readonly args: unknown;
  readonly context: RuntimeContext;
}

export type ToolFunction = (args: never, invocation: ToolInvocation) => unknown;

/** A tool as an object. One of `runWithContext`, `runAsync`, `run` is called, the first of them that there is. */
export interface ToolObject {
  /** For whoever, or whatever, writes the code that calls it. */
  readonly description?: string;
  /** What arguments must fit. Without it they are passed as they come. */
  readonly input?: Schema;
  /** What the result must fit. */
  readonly output?: Schema;
  /** Variables that the context must have; checked before the tool runs. */
  readonly requiredContext?: readonly string[];
  /** Milliseconds. @default limits.toolTimeout (30,000) */
  readonly timeout?: number;
  /** Whether the reader is asked first. @default false */
  readonly approval?: boolean | ((request: ToolApprovalRequest) => boolean | Promise<boolean>);
  run?(args: unknown, invocation: ToolInvocation): unknown;
  runAsync?(args: unknown, invocation: ToolInvocation): Promise<unknown>;
  runWithContext?(args: unknown, context: RuntimeContext, invocation: ToolInvocation): unknown;
}

/** A function is called with the arguments and the invocation; an object may say more of itself. */
export type ToolLike = Tool | ToolFunction | ToolObject;

/** A tool, checked, with its kind detected. */
export class Tool {
  readonly description: string;
  readonly kind: ToolKind;
  readonly input: Schema | undefined;
  readonly output: Schema | undefined;
  readonly requiredContext: readonly string[];
  readonly timeout: number | undefined;
  readonly approval: NonNullable<ToolObject['approval']>;
  readonly #invoke: (args: unknown, invocation: ToolInvocation) => unknown;
  #schemas: Pick<ToolDescriptor, 'input' | 'output'> | undefined;

  /** @throws InvalidComponentError */
  constructor(tool: ToolFunction | ToolObject, name = 'anonymous') {
    const object: ToolObject = typeof tool === 'function' ? {} : tool;
    const invalid = (problem: string): InvalidComponentError => new InvalidComponentError('tool', name, problem);
    const [kind, invoke] = handlerOf(tool) ?? [];
    if (kind === undefined || invoke === undefined) {
      throw invalid('expected a function, or an object with one of the methods runWithContext, runAsync, run.');
    }
    for (const side of ['input', 'output'] as const) {
      if (object[side] !== undefined && !isSchema(object[side])) {
        throw invalid(`"${side}" is neither a Standard Schema nor JSON Schema.`);
      }
    }
    const { requiredContext = [], timeout } = object;
    if (!Array.isArray(requiredContext) || !requiredContext.every((key) => typeof key === 'string' && key !== '')) {
      throw invalid('"requiredContext" must be a list of names of context variables.');
    }
    if (timeout !== undefined && !(timeout > 0)) {
      throw invalid(`"timeout" must be a number of milliseconds above 0, but is ${String(timeout)}.`);
    }
    this.description = object.description ?? '';
    this.kind = kind;
    this.input = object.input;
    this.output = object.output;
    this.requiredContext = Object.freeze([...requiredContext]);
    this.timeout = timeout;
    this.approval = object.approval ?? false;
    this.#invoke = invoke;
    Object.freeze(this);
  }

  static from(tool: ToolLike, name?: string): Tool {
    return tool instanceof Tool ? tool : new Tool(tool, name);
  }

  /** Calls it as it is: what it gives, its promise, or what it throws. Checks belong to the ToolService. */
  invoke(args: unknown, invocation: ToolInvocation): unknown {
    return this.#invoke(args, invocation);
  }

  /** What code may know of it under that name. The schemas are converted once. */
  describe(name: string): ToolDescriptor {
    this.#schemas ??= withoutUndefined({
      input: toJsonSchema(this.input, 'input'),
      output: toJsonSchema(this.output, 'output'),
    });
    return {
      name,
      description: this.description,
      kind: this.kind,
      requiredContext: this.requiredContext,
      ...this.#schemas,
    };
  }
}

function handlerOf(
  tool: ToolFunction | ToolObject | null | undefined,
): [ToolKind, (args: unknown, invocation: ToolInvocation) => unknown] | undefined {
  if (typeof tool === 'function') {
    const call = tool as (args: unknown, invocation: ToolInvocation) => unknown;
    return [isAsyncFunction(tool) ? 'async' : 'sync', (args, invocation) => call(args, invocation)];
  }
  if (typeof tool !== 'object' || tool === null) return undefined;
  if (typeof tool.runWithContext === 'function') {
    return ['context', (args, invocation) => tool.runWithContext?.(args, invocation.context, invocation)];
  }
  if (typeof tool.runAsync === 'function') return ['async', (args, invocation) => tool.runAsync?.(args, invocation)];
  if (typeof tool.run === 'function') {
    return [isAsyncFunction(tool.run) ? 'async' : 'sync', (args, invocation) => tool.run?.(args, invocation)];
  }
  return undefined;
}

function isAsyncFunction(fn: object): boolean {
  return Object.prototype.toString.call(fn) === '[object AsyncFunction]';
}

function withoutUndefined<T extends object>(object: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
