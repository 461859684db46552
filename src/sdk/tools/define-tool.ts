import type { SchemaInput } from './schema/schema.js';
import type { ToolDefinition, ToolFunction } from './tool-definition.js';
import { Tool } from './tool.js';

/**
 * A tool whose handler was checked where it was made: one of the AI SDK (its type has `onInputAvailable`), or one of a type
 * that any tool has. A definition that is written in place is none, so its handler is checked against its schemas.
 */
export type PremadeTool<T> = T & ('onInputAvailable' extends keyof T ? unknown : [Tool] extends [T] ? unknown : never);

/**
 * Makes a tool from its definition, for tools that are written apart from where they are registered.
 *
 * @throws InvalidComponentError for a definition that has no handler, two names of one thing, or an invalid part
 * @example
 * const weather = defineTool({
 *   description: 'Current weather of a city',
 *   inputSchema: z.object({ city: z.string() }),
 *   execute: async ({ city }, { context, signal }) => lookUp(city, context.require('client_id'), signal),
 * });
 * codemode.registry.registerTool('weather', weather);
 */
export function defineTool(tool: Tool | ToolFunction): Tool;
export function defineTool<
  const Input extends SchemaInput | undefined = undefined,
  const Output extends SchemaInput | undefined = undefined,
>(definition: ToolDefinition<Input, Output>): Tool;
export function defineTool<T>(tool: PremadeTool<T>): Tool;
export function defineTool(definition: unknown): Tool {
  return Tool.from(definition as ToolDefinition);
}
