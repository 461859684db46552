import { InvalidComponentError } from '../../errors/component-errors.js';
import type { SchemaInput } from '../schema/schema.js';
import type { ForeignTool, ToolDefinition, ToolFunction } from '../tool-definition.js';
import type { Tool, ToolLike } from '../tool.js';

/** A definition with a name, as in a list of MCP; or a named function. */
export type NamedTool = ToolLike & { readonly name: string };

/** Tools by name, or a list of tools that say their names. */
export type ToolSet = Readonly<Record<string, ToolLike>> | readonly NamedTool[];

/** A record of tools whose handlers get the input as their own schema gives it. */
export type ToolRecord<Inputs> = {
  readonly [Name in keyof Inputs]:
    Tool | ToolFunction | ToolDefinition<Inputs[Name], SchemaInput | undefined> | ForeignTool;
} & { readonly [Symbol.iterator]?: never };

/** @throws InvalidComponentError for something else than a set of tools */
export function readToolSet(tools: unknown, namespace: string | undefined): readonly (readonly [string, ToolLike])[] {
  const set = namespace ?? 'tools';
  if (Array.isArray(tools)) {
    return tools.map((tool: Partial<NamedTool> | null | undefined, index) => {
      if (typeof tool?.name === 'string' && tool.name !== '') return [tool.name, tool as ToolLike];
      throw new InvalidComponentError('tool', `${set}[${index}]`, 'a tool in a list needs a "name".');
    });
  }
  if (typeof tools !== 'object' || tools === null) {
    const received = tools === null ? 'null' : typeof tools;
    throw new InvalidComponentError(
      'tool',
      set,
      `expected tools by name, or a list of tools that have a "name", but received ${received}.`,
    );
  }
  return Object.entries(tools as Readonly<Record<string, ToolLike>>);
}
