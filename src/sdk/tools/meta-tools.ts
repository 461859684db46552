import type { ToolDescriptor } from './tool-descriptor.js';
import { defineTool } from './define-tool.js';
import type { ComponentRegistry } from './registry/component-registry.js';
import type { RegistryView } from './tool-definition.js';
import type { Tool } from './tool.js';

const longestDescription = 500;

/** The tools that code can call, in the order of registration. Descriptions are cut at 500 characters. */
export function listTools(registry: RegistryView): readonly ToolDescriptor[] {
  return registry.toolDescriptors().map(withCutDescription);
}

/**
 * Describes one tool; its description is cut at 500 characters.
 *
 * @throws ComponentNotFoundError that names the nearest
 */
export function describeTool(registry: RegistryView, name: string): ToolDescriptor {
  return withCutDescription(registry.get('tool', name).describe(registry.keyOf('tool', name) ?? name));
}

/** Tools about the tools, for code that finds out what it can call. They see what their caller sees. */
export const metaTools: Readonly<Record<'list_tools' | 'describe_tool', Tool>> = Object.freeze({
  list_tools: defineTool({
    description: 'Lists the tools that can be called: name, description, schemas, kind and the context they require.',
    run: (_args, { registry }) => listTools(registry),
  }),
  describe_tool: defineTool({
    description: 'Describes one tool by its name, as list_tools does.',
    input: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    run: ({ name }, { registry }) => describeTool(registry, name),
  }),
});

/** Registers `list_tools` and `describe_tool`. */
export function registerMetaTools(registry: ComponentRegistry): void {
  for (const [name, tool] of Object.entries(metaTools)) registry.registerTool(name, tool, { overwrite: true });
}

function withCutDescription(descriptor: ToolDescriptor): ToolDescriptor {
  const { description } = descriptor;
  // A cut must not leave half of a surrogate pair.
  return { ...descriptor, description: description.slice(0, longestDescription).replace(/[\uD800-\uDBFF]$/, '') };
}
