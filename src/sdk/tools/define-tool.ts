import type { RuntimeContext } from '../../context/runtime-context.js';
import type { SchemaType } from './schema/schema-inference.js';
import type { Schema } from './schema/schema.js';
import { Tool, type ToolApprovalRequest, type ToolFunction, type ToolInvocation, type ToolObject } from './tool.js';

/** What a handler is called with: the input as its schema gives it. */
export type ToolArguments<Input> = Input extends Schema ? SchemaType<Input, 'output'> : unknown;

/** What a handler returns: what the output schema takes. */
export type ToolResult<Output> = Output extends Schema ? SchemaType<Output, 'input'> : unknown;

export interface ToolDefinition<Input, Output> extends Omit<
  ToolObject,
  'input' | 'output' | 'approval' | 'run' | 'runAsync' | 'runWithContext'
> {
  /** Any Standard Schema (zod, valibot …) or JSON Schema. */
  readonly input?: Input;
  readonly output?: Output;
  readonly approval?: boolean | ((request: ToolApprovalRequest) => boolean | Promise<boolean>);
  run?(args: ToolArguments<Input>, invocation: ToolInvocation): ToolResult<Output> | Promise<ToolResult<Output>>;
  runAsync?(args: ToolArguments<Input>, invocation: ToolInvocation): Promise<ToolResult<Output>>;
  runWithContext?(
    args: ToolArguments<Input>,
    context: RuntimeContext,
    invocation: ToolInvocation,
  ): ToolResult<Output> | Promise<ToolResult<Output>>;
}

/**
 * A tool from its definition, or from a plain function. `runWithContext` goes before `runAsync`, and that before `run`.
 * @throws InvalidComponentError where something in the definition can't be
 */
export function defineTool<
  const Input extends Schema | undefined = undefined,
  const Output extends Schema | undefined = undefined,
>(definition: ToolDefinition<Input, Output>): Tool;
export function defineTool(fn: ToolFunction): Tool;
export function defineTool(definition: unknown): Tool {
  return new Tool(definition as ToolFunction | ToolObject);
}
