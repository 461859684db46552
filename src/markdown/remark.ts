import { isOutputFence, LiveFenceError, readLiveFence, type LiveFence, type LiveFenceOptions } from './live-fence.js';

export { LiveFenceError, type LiveFenceOptions };

/** A position in the Markdown source. */
export interface Point {
  line: number;
  column: number;
}

/** The parts of an mdast node that the plugin uses. */
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

/** The part of the processor that the plugin reads: the syntax extensions of its parser. */
export interface MarkdownProcessor {
  data(): { micromarkExtensions?: readonly object[] | undefined };
}

/** The processed file. `fail` throws. */
export interface MarkdownFile {
  fail?(reason: string, place?: { start: Point; end: Point }): never;
}

/**
 * A remark plugin: wraps fenced blocks with the word `live` in their info string in `<codemode-snippet>`. The block itself stays,
 * so the site's highlighter handles it as usual. A fence with the word `output` right after it becomes the expected output of the
 * snippet.
 *
 * @returns a transformer, which throws (through the file, with the line of the fence) if the options lack the tools of a fence
 */
export function codemodeSnippets(
  this: MarkdownProcessor,
  options: LiveFenceOptions = {},
): (tree: MarkdownNode, file?: MarkdownFile) => undefined {
  // unified passes its processor to a plugin as `this`.
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

/** React sets the property of the same name, if any, and an empty string would remove the attribute. */
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

/** MDX replaces a Markdown `<pre>` with a site's component, but not a `<pre>` in JSX. */
function outputAsJsx(value: string): MarkdownNode {
  return {
    type: 'mdxJsxFlowElement',
    name: 'pre',
    attributes: [{ type: 'mdxJsxAttribute', name: 'slot', value: 'expected' }],
    data: { _mdxExplicitJsx: true },
    children: [verbatim(value)],
  };
}

/** Text that keeps the spaces around its lines, unlike mdast's `text`. */
function verbatim(value: string): MarkdownNode {
  return { type: 'codemodeText', value };
}

const lessThan = 60;

/** MDX is Markdown with an extension that takes `<` as the start of a block. */
function hasJsx(processor: MarkdownProcessor): boolean {
  const extensions = (processor.data().micromarkExtensions ?? []).flat() as { flow?: Record<number, unknown> }[];
  return extensions.some(({ flow }) => flow !== undefined && lessThan in flow);
}
