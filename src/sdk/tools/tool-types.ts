import type { ToolDescriptor } from './tool-descriptor.js';
import { acceptsEmptyObject, type JsonSchema } from './schema/json-schema.js';
import { SchemaTypes } from './schema/schema-types.js';
import { documentation, propertyName } from './schema/type-text.js';

/**
 * TypeScript declarations of `tools`, for an editor or a model: `declare const tools: { … }`, with an object for each
 * namespace of tools, and a TypeScript namespace of the same name with the types that the schemas refer to. A tool without
 * schemas takes and gives `any`.
 *
 * @example
 * declareTools(codemode.registry.snapshot().toolDescriptors());
 * // declare const tools: {
 * //   weather(args: { city: string; }): Promise<any>;
 * //   github: {
 * //     createIssue(args: { title: string; }): Promise<any>;
 * //   };
 * // };
 */
export function declareTools(descriptors: readonly ToolDescriptor[]): string {
  const aliases = new Aliases();
  const namespaces = new Map<string, string[]>();
  const members: (string | readonly string[])[] = [];
  for (const descriptor of descriptors) {
    const [first = '', second] = descriptor.name.split('.');
    if (second === undefined) {
      members.push(methodOf(descriptor, first, '  ', aliases));
      continue;
    }
    let namespace = namespaces.get(first);
    if (namespace === undefined) {
      namespace = [`  ${propertyName(first)}: {\n`];
      namespaces.set(first, namespace);
      members.push(namespace);
    }
    namespace.push(methodOf(descriptor, second, '    ', aliases));
  }
  const lines = members.map((member) => (typeof member === 'string' ? member : `${member.join('')}  };\n`));
  return `${aliases.declaration()}declare const tools: {\n${lines.join('')}};\n`;
}

/** The types that schemas refer to, over all tools. */
class Aliases {
  readonly #prefixes = new Set<string>();
  readonly #lines: string[] = [];

  typeOf(schema: JsonSchema | undefined, prefix: string, indent: string): string {
    if (schema === undefined) return 'any';
    const types = new SchemaTypes(schema, this.#unique(prefix), 'tools');
    const text = types.typeOf(schema, indent);
    for (const { name, documentation: comment, type } of types.aliases())
      this.#lines.push(`${comment}  type ${name} = ${type};\n`);
    return text;
  }

  declaration(): string {
    return this.#lines.length === 0 ? '' : `declare namespace tools {\n${this.#lines.join('')}}\n`;
  }

  /** `github.issue` and `github_issue` are two tools. */
  #unique(prefix: string): string {
    let unique = prefix;
    for (let count = 2; this.#prefixes.has(unique); count += 1) unique = `${prefix}_${count}`;
    this.#prefixes.add(unique);
    return unique;
  }
}

function methodOf(descriptor: ToolDescriptor, name: string, indent: string, aliases: Aliases): string {
  const { description } = descriptor;
  const prefix = descriptor.name.replace('.', '_');
  const input = aliases.typeOf(descriptor.input as JsonSchema | undefined, `${prefix}_Input`, indent);
  const output = aliases.typeOf(descriptor.output as JsonSchema | undefined, `${prefix}_Output`, indent);
  const optional = descriptor.input === undefined || acceptsEmptyObject(descriptor.input as JsonSchema) ? '?' : '';
  return `${documentation([description, requirement(descriptor)], indent)}${indent}${propertyName(name)}(args${optional}: ${input}): Promise<${output}>;\n`;
}

function requirement({ requiredContext }: ToolDescriptor): string {
  return requiredContext.length === 0 ? '' : `Requires in the context: ${requiredContext.join(', ')}.`;
}
