import { isOutputFence, LiveFenceError, readLiveFence, type LiveFence, type LiveFenceOptions } from './live-fence.js';

export { LiveFenceError, type LiveFenceOptions };

/** A place in the Markdown source: line and column. */
export interface Point {
  line: number;
  column: number;
}

/** A node of mdast, as far as it matters here. */
export interface MarkdownNode {
  type: string;
  children?: MarkdownNode[];
  name?: string | null | undefined;
  value?: string | undefined;
  attributes?: object[] | undefined;
  lang?: string | null | undefined;
  meta?: string | null | undefined;
  data?: object | undefined;
  position?: { start: Point; end: Point } | undefined;
}

/** What is read of the processor: which syntax its parser has been given. */
export interface MarkdownProcessor {
  data(): { micromarkExtensions?: readonly object[] | undefined };
}

/** The file that is being processed; `fail` throws. */
export interface MarkdownFile {
  fail?(reason: string, place?: { start: Point; end: Point }): never;
}

/**
 * A remark plugin: wraps fenced blocks with the word `live` in their info string in `<codemode-snippet>`. The block itself stays, so
 * that the site's highlighter does with it what it does with all others. A fence with the word `output` right after it becomes what the
 * snippet should write.
 *
 * @returns a transformer, which throws (through the file, with the line of the fence) if a fence names tools that the options do not have
 */
export function codemodeSnippets(
  this: MarkdownProcessor,
  options: LiveFenceOptions = {},
): (tree: MarkdownNode, file?: MarkdownFile) => undefined {
  // This is how unified hands its processor to a plugin.
  // oxlint-disable-next-line oxc/no-this-in-exported-function
  const renderOutput = hasJsx(this) ? outputAsJsx : outputAsElement;
  return (tree, file) => {
    wrapFences(tree, { options, file, renderOutput });
  };
}

interface Wrapping {
  readonly options: LiveFenceOptions;
  readonly file: MarkdownFile | undefined;
  readonly renderOutput: (text: string) => MarkdownNode;
}

function wrapFences(parent: MarkdownNode, wrapping: Wrapping): void {
  const children = parent.children ?? [];
  for (const [index, node] of children.entries()) {
    const snippet = node.type === 'code' ? wrap(node, wrapping) : undefined;
    if (snippet === undefined) {
      wrapFences(node, wrapping);
      continue;
    }
    const next = children[index + 1];
    const hasOutput = next?.type === 'code' && isOutputFence(infoOf(next));
    if (hasOutput) snippet.children?.push(wrapping.renderOutput(next.value ?? ''));
    children.splice(index, hasOutput ? 2 : 1, snippet);
  }
}

function wrap(code: MarkdownNode, { options, file }: Wrapping): MarkdownNode | undefined {
  const fence = read(code, options, file);
  if (fence === undefined) return undefined;
  code.lang = fence.language || null;
  code.meta = fence.rest || null;
  return {
    type: 'codemodeSnippet',
    data: { hName: 'codemode-snippet', hProperties: propertiesOf(fence) },
    children: [code],
    position: code.position,
  };
}

function read(code: MarkdownNode, options: LiveFenceOptions, file: MarkdownFile | undefined): LiveFence | undefined {
  try {
    return readLiveFence(infoOf(code), options);
  } catch (error) {
    if (error instanceof LiveFenceError) file?.fail?.(error.message, code.position);
    throw error;
  }
}

/** React sets a property where an element has one of that name, and an empty text would take the attribute away. */
function propertiesOf({ attributes }: LiveFence): Record<string, string | true> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value === '' || value]));
}

function infoOf(code: MarkdownNode): string {
  return `${code.lang ?? ''} ${code.meta ?? ''}`;
}

function outputAsElement(value: string): MarkdownNode {
  return {
    type: 'codemodeOutput',
    data: { hName: 'pre', hProperties: { slot: 'expected' } },
    children: [verbatim(value)],
  };
}

/** MDX puts a site's component in the place of a Markdown `<pre>`, but not of one that somebody wrote as JSX. */
function outputAsJsx(value: string): MarkdownNode {
  return {
    type: 'mdxJsxFlowElement',
    name: 'pre',
    attributes: [{ type: 'mdxJsxAttribute', name: 'slot', value: 'expected' }],
    data: { _mdxExplicitJsx: true },
    children: [verbatim(value)],
  };
}

/** Text that keeps the spaces around its lines, as mdast's own `text` does not. */
function verbatim(value: string): MarkdownNode {
  return { type: 'codemodeText', value };
}

const lessThan = 60;

/** MDX is Markdown with an extension that takes `<` as the start of a block. */
function hasJsx(processor: MarkdownProcessor): boolean {
  const extensions = (processor.data().micromarkExtensions ?? []).flat() as { flow?: Record<number, unknown> }[];
  return extensions.some(({ flow }) => flow !== undefined && lessThan in flow);
}
