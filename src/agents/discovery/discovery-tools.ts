import { declareTools, type RegistryView, type ToolDefinition, type ToolDescriptor } from '../../sdk/index.js';
import { describePath } from './describe-path.js';
import { splitPath, ToolIndex } from './tool-index.js';

/** A tool that was found. */
export interface FoundTool {
  /** With its namespace: `github.createIssue`. */
  readonly path: string;
  /** The first line of its description. */
  readonly summary: string;
}

const indexes = new WeakMap<RegistryView, ToolIndex>();
const longestSummary = 200;
const defaultLimit = 10;
/** How many tools a prompt has room to declare. */
const mostDeclared = 40;

/** @param limit how many at most */
export function searchTools(registry: RegistryView, question: string, limit: number): readonly FoundTool[] {
  let index = indexes.get(registry);
  if (index === undefined) {
    const tools = registry.list('tool').map((name) => ({ name, description: registry.get('tool', name).description }));
    index = new ToolIndex(tools);
    indexes.set(registry, index);
  }
  return index.search(question, limit).map(({ name, description }) => ({
    path: name,
    summary: (description.split('\n')[0] ?? '').slice(0, longestSummary),
  }));
}

/**
 * Tools by which code finds out what it can call.
 * @param registry what a search finds: without these tools, and the same for all executions, so that it is indexed once
 */
export function discoveryTools(registry: RegistryView): Readonly<Record<'search' | 'describe', ToolDefinition>> {
  return {
    search: {
      description:
        'Finds tools by what they do: tools.search("create an issue"). Gives { path, summary }, the best first.',
      execute(input) {
        const { query, limit = defaultLimit } = queryOf(input);
        return searchTools(registry, query, limit);
      },
    },
    describe: {
      description: 'The TypeScript declaration of a tool, or of a namespace: tools.describe("github.createIssue").',
      execute: (input, { registry: seen }) => describePath(seen, pathOf(input)),
    },
  };
}

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
export function describeTools(descriptors: readonly ToolDescriptor[], options: DescribeToolsOptions = {}): string {
  return describeNamed(
    descriptors.map(({ name }) => name),
    () => descriptors,
    options,
  );
}

/** The same, of all tools of a registry. The schemas of many tools are not made. */
export function describeRegistry(registry: RegistryView): string {
  return describeNamed(registry.list('tool'), () => registry.toolDescriptors(), {});
}

function describeNamed(
  names: readonly string[],
  descriptors: () => readonly ToolDescriptor[],
  { maxTokens = 2000 }: DescribeToolsOptions,
): string {
  const budget = maxTokens * 4;
  if (names.length === 0) return 'There are no tools.';
  if (names.length <= mostDeclared) {
    const full = declareTools(descriptors());
    if (full.length <= budget) return full;
  }
  const ask =
    `There are ${names.length} tools, which the code calls as tools.path(input). Find them in the code: ` +
    'await tools.search("create an issue") gives paths, await tools.describe(path) their declarations.\n';
  const list = `${ask}${names.join(', ')}\n`;
  return list.length <= budget ? list : ask + namespacesText(names, budget - ask.length);
}

function namespacesText(paths: readonly string[], budget: number): string {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const [group, name] = splitPath(path);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [name]);
    else members.push(name);
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
