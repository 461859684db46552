import { ComponentNotFoundError, declareTools, type RegistryView } from '../../sdk/index.js';

/** Characters of one description. */
const longest = 12_000;

/**
 * The TypeScript declaration of a tool with its description, or of all tools of a namespace.
 * @throws ComponentNotFoundError that names the nearest tool
 */
export function describePath(registry: RegistryView, path: string): string {
  const key = registry.keyOf('tool', path);
  if (key !== undefined) return cut(declareTools([registry.get('tool', key).describe(key)]));
  const members = registry.list('tool').filter((name) => name.startsWith(`${path}.`));
  if (members.length === 0) throw new ComponentNotFoundError('tool', path, registry.list('tool'));
  const text = declareTools(members.map((name) => registry.get('tool', name).describe(name)));
  if (text.length <= longest) return text;
  const lines = members.map((name) => {
    const [summary = ''] = registry.get('tool', name).description.split('\n');
    return `tools.${name} // ${summary.slice(0, 80)}`;
  });
  return cut(`${lines.join('\n')}\n`);
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}\n// … ${text.length - longest} more characters`;
}
