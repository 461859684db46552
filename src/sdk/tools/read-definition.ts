import type { ToolKind } from './tool-descriptor.js';
import { InvalidComponentError } from '../errors/component-errors.js';
import { readMcpResult } from './mcp-result.js';
import { readSchema, type Schema } from './schema/schema.js';
import type {
  ForeignTool,
  NeedsApprovalOptions,
  ToolApproval,
  ToolCallOptions,
  ToolDefinition,
  ToolFacts,
  ToolFunction,
  ToolHints,
  ToolInvocation,
} from './tool-definition.js';

type Handler = (args: unknown, invocation: ToolInvocation) => unknown;

/** A definition as it was read, with its function. */
export interface ToolReading extends ToolFacts {
  readonly invoke: Handler;
}

/** The two names of each part; a definition uses one of them. */
const names = [
  ['inputSchema', 'input'],
  ['outputSchema', 'output'],
  ['needsApproval', 'approval'],
  ['execute', 'handler'],
] as const;

/** @throws InvalidComponentError */
export function readDefinition(tool: ToolFunction | ToolDefinition | ForeignTool, name: string): ToolReading {
  const invalid = (problem: string): InvalidComponentError => new InvalidComponentError('tool', name, problem);
  const definition = (typeof tool === 'function' ? {} : tool) as ToolDefinition | null | undefined;
  const [kind, invoke] = handlerOf(typeof tool === 'function' ? tool : definition) ?? [];
  if (kind === undefined || invoke === undefined) {
    throw invalid('expected a function, or an object with one of the methods execute, runWithContext, runAsync, run.');
  }
  const object = definition!;
  for (const [one, other] of names) {
    if (object[one] !== undefined && object[other] !== undefined) {
      throw invalid(`"${one}" and "${other}" are two names of the same option. Pass only one.`);
    }
  }
  const { requiredContext = [], timeout } = object;
  if (!Array.isArray(requiredContext) || !requiredContext.every((key) => typeof key === 'string' && key !== '')) {
    throw invalid('"requiredContext" must be a list of names of context variables.');
  }
  if (timeout !== undefined && !(timeout > 0)) {
    throw invalid(`"timeout" must be a number of milliseconds above 0, but is ${String(timeout)}.`);
  }
  const schemaOf = (one: 'inputSchema' | 'outputSchema', other: 'input' | 'output'): Schema | undefined => {
    const [key, schema] = object[one] === undefined ? [other, object[other]] : [one, object[one]];
    if (schema === undefined) return undefined;
    try {
      return readSchema(schema);
    } catch (error) {
      throw invalid(`"${key}" is ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  return {
    description: descriptionOf(object),
    kind,
    input: schemaOf('inputSchema', 'input'),
    output: schemaOf('outputSchema', 'output'),
    requiredContext: Object.freeze([...(requiredContext as readonly string[])]),
    timeout,
    approval: approvalOf(object, invalid),
    hints: (object.annotations ?? {}) as ToolHints,
    revert: object.revert?.bind(object),
    invoke,
  };
}

function descriptionOf({ description, title }: ToolDefinition): string {
  if (typeof description !== 'function') return description ?? title ?? '';
  try {
    // A description that depends on the call it is for, as the AI SDK has them; here it is read before any call.
    return String((description as (options: object) => unknown)({ context: {} }));
  } catch {
    return title ?? '';
  }
}

function approvalOf(definition: ToolDefinition, invalid: (problem: string) => InvalidComponentError): ToolApproval {
  const { needsApproval, approval } = definition;
  for (const [key, value] of Object.entries({ needsApproval, approval })) {
    if (value !== undefined && typeof value !== 'boolean' && typeof value !== 'function') {
      throw invalid(`"${key}" must be a boolean or a function, but is ${String(value)}.`);
    }
  }
  if (typeof needsApproval !== 'function') return needsApproval ?? approval ?? false;
  return ({ args, ...request }) => {
    const options: NeedsApprovalOptions = { ...request, toolCallId: request.callId, messages: [] };
    return (definition.needsApproval as typeof needsApproval)(args, options);
  };
}

/** The handler that counts, called as a method of its definition, and the kind that it makes the tool. */
function handlerOf(tool: ToolFunction | ToolDefinition | null | undefined): [ToolKind, Handler] | undefined {
  if (typeof tool === 'function') {
    const call = tool as Handler;
    return [kindOf(tool), (args, invocation) => call(args, invocation)];
  }
  if (typeof tool !== 'object' || tool === null) return undefined;
  for (const key of ['execute', 'handler'] as const) {
    const execute = tool[key];
    if (typeof execute === 'function') {
      return [kindOf(execute), (args, invocation) => executeWith(tool[key]!.bind(tool), args, invocation)];
    }
  }
  if (typeof tool.runWithContext === 'function') {
    return ['context', (args, invocation) => tool.runWithContext?.(args, invocation.context, invocation)];
  }
  if (typeof tool.runAsync === 'function') return ['async', (args, invocation) => tool.runAsync?.(args, invocation)];
  if (typeof tool.run === 'function') {
    return [kindOf(tool.run), (args, invocation) => tool.run?.(args, invocation)];
  }
  return undefined;
}

async function executeWith(
  execute: (input: unknown, options: ToolCallOptions) => unknown,
  args: unknown,
  invocation: ToolInvocation,
): Promise<unknown> {
  const { callId, signal } = invocation;
  const options: ToolCallOptions = { ...invocation, toolCallId: callId, abortSignal: signal, messages: [] };
  const result = await execute(args, options);
  return readMcpResult(isAsyncIterable(result) ? await lastOf(result, signal) : result);
}

/** Leaving the loop ends the iterable, so that a tool whose call was given up stops at its next step. */
async function lastOf(values: AsyncIterable<unknown>, signal: AbortSignal): Promise<unknown> {
  let last: unknown;
  for await (last of values) if (signal.aborted) break;
  return last;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function kindOf(handler: object): 'sync' | 'async' {
  return Object.prototype.toString.call(handler).startsWith('[object Async') ? 'async' : 'sync';
}
