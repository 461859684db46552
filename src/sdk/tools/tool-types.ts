import type { ToolDescriptor } from '../../protocol/wire.js';
import { acceptsEmptyObject, type JsonSchema } from './schema/schema.js';
import { SchemaTypes } from './schema/schema-types.js';
import { documentation, propertyName } from './schema/type-text.js';

/**
 * TypeScript declarations of `tools` for an editor: `declare const tools: { … }`, and a namespace of the same name with the
 * types that the schemas refer to. What is not described is `any`: the reader knows better than the editor.
 */
export function declareTools(descriptors: readonly ToolDescriptor[]): string {
  const aliases: string[] = [];
  const members = descriptors.map((descriptor) => {
    const { name, description } = descriptor;
    const input = sideOf(descriptor, 'input', aliases);
    const output = sideOf(descriptor, 'output', aliases);
    const optional = descriptor.input === undefined || acceptsEmptyObject(descriptor.input as JsonSchema) ? '?' : '';
    return `${documentation([description, requirement(descriptor)], '  ')}  ${propertyName(name)}(args${optional}: ${input}): Promise<${output}>;\n`;
  });
  const namespace = aliases.length === 0 ? '' : `declare namespace tools {\n${aliases.join('')}}\n`;
  return `${namespace}declare const tools: {\n${members.join('')}};\n`;
}

function sideOf(descriptor: ToolDescriptor, side: 'input' | 'output', aliases: string[]): string {
  const schema = descriptor[side] as JsonSchema | undefined;
  if (schema === undefined) return 'any';
  const types = new SchemaTypes(schema, `${descriptor.name}_${side === 'input' ? 'Input' : 'Output'}`, 'tools');
  const text = types.typeOf(schema, '  ');
  for (const { name, documentation: comment, type } of types.aliases())
    aliases.push(`${comment}  type ${name} = ${type};\n`);
  return text;
}

function requirement({ requiredContext }: ToolDescriptor): string {
  return requiredContext.length === 0 ? '' : `Requires in the context: ${requiredContext.join(', ')}.`;
}
