import { declareTools, type RegistryView, type ToolDefinition, type ToolDescriptor } from '../../sdk/index.js';
import { describePath } from './describe-path.js';
import { ToolIndex } from './tool-index.js';

/** A tool that was found. */
export interface FoundTool {
  /** With its namespace: `github.createIssue`. */
  readonly path: string;
  /** The first line of its description. */
  readonly summary: string;
}

/** The runtime's own tools, which a search need not find. */
const ownNames: ReadonlySet<string> = new Set(['search', 'describe', 'snippet']);

const indexes = new WeakMap<RegistryView, ToolIndex>();
const longestSummary = 200;
const defaultLimit = 10;

/** @param limit how many at most */
export function searchTools(registry: RegistryView, question: string, limit: number): readonly FoundTool[] {
  let index = indexes.get(registry);
  if (index === undefined) {
    const names = registry.list('tool').filter((name) => !ownNames.has(name));
    const tools = names.map((name) => ({ name, description: registry.get('tool', name).description }));
    index = new ToolIndex(tools);
    indexes.set(registry, index);
  }
  return index.search(question, limit).map(({ name, description }) => ({
    path: name,
    summary: (description.split('\n')[0] ?? '').slice(0, longestSummary),
  }));
}

/** Tools by which code finds out what it can call. They see what their caller sees. */
export const discoveryTools: Readonly<Record<'search' | 'describe', ToolDefinition>> = Object.freeze({
  search: {
    description:
      'Finds tools by what they do: tools.search("create an issue"). Gives { path, summary }, the best first.',
    execute: (input: unknown, { registry }: { readonly registry: RegistryView }) => {
      const { query, limit = defaultLimit } = queryOf(input);
      return searchTools(registry, query, limit);
    },
  },
  describe: {
    description: 'The TypeScript declaration of a tool, or of a namespace: tools.describe("github.createIssue").',
    execute: (input: unknown, { registry }: { readonly registry: RegistryView }) =>
      describePath(registry, pathOf(input)),
  },
});

function queryOf(input: unknown): { readonly query: string; readonly limit?: number } {
  if (typeof input === 'object' && input !== null) return input as { readonly query: string };
  return { query: String(input ?? '') };
}

function pathOf(input: unknown): string {
  if (typeof input === 'object' && input !== null) return String((input as { readonly path?: unknown }).path);
  return String(input);
}

/** Options of `describeTools`. */
export interface DescribeToolsOptions {
  /** Tokens of a model, of about four characters each. @default 2,000 */
  readonly maxTokens?: number;
}

/**
 * What a prompt says of the tools. A few are declared in full. Of many it has the names, or only the namespaces with how many tools they
 * have: the code asks for the rest with `tools.search` and `tools.describe`.
 */
export function describeTools(
  descriptors: readonly ToolDescriptor[],
  { maxTokens = 2000 }: DescribeToolsOptions = {},
): string {
  const budget = maxTokens * 4;
  if (descriptors.length === 0) return 'There are no tools.';
  if (descriptors.length <= 40) {
    const full = declareTools(descriptors);
    if (full.length <= budget) return full;
  }
  const ask =
    `There are ${descriptors.length} tools, which the code calls as tools.path(input). Find them in the code: ` +
    'await tools.search("create an issue") gives paths, await tools.describe(path) their declarations.\n';
  const names = `${ask}${descriptors.map(({ name }) => name).join(', ')}\n`;
  return names.length <= budget ? names : ask + namespacesText(descriptors, budget - ask.length);
}

function namespacesText(descriptors: readonly ToolDescriptor[], budget: number): string {
  const groups = new Map<string, string[]>();
  for (const { name } of descriptors) {
    const dot = name.indexOf('.');
    const group = dot < 0 ? '' : name.slice(0, dot);
    groups.set(group, [...(groups.get(group) ?? []), dot < 0 ? name : name.slice(dot + 1)]);
  }
  const share = Math.floor(budget / groups.size);
  return [...groups]
    .map(([group, names]) => {
      const head = group === '' ? `tools (${names.length}): ` : `tools.${group} (${names.length}): `;
      let text = head;
      let shown = 0;
      for (const name of names) {
        if (text.length + name.length + 8 > share) break;
        text += `${shown === 0 ? '' : ', '}${name}`;
        shown++;
      }
      return shown === names.length ? text : `${text}${shown === 0 ? '' : ', '}…`;
    })
    .join('\n')
    .slice(0, budget);
}
