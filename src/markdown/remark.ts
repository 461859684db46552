import { LiveFenceError, readLiveFence, type LiveFenceOptions } from './live-fence.js';

export { LiveFenceError, type LiveFenceOptions };

interface Point { line: number; column: number }

/** A node of mdast, as far as it matters here. */
interface MarkdownNode {
  type: string;
  children?: MarkdownNode[];
  lang?: string | null | undefined;
  meta?: string | null | undefined;
  data?: object | undefined;
  position?: { start: Point; end: Point } | undefined;
}

/** The file that is being processed; `fail` throws. */
interface MarkdownFile {
  fail?(reason: string, place?: { start: Point; end: Point }): never;
}

/**
 * A remark plugin: wraps fenced blocks with the word `live` in their info string in `<codemode-snippet>`. The block itself stays, so
 * that the site's highlighter does with it what it does with all others.
 *
 * @returns a transformer, which throws (through the file, with the line of the fence) if a fence names tools that the options do not have
 */
export function codemodeSnippets(options: LiveFenceOptions = {}): (tree: MarkdownNode, file?: MarkdownFile) => undefined {
  return (tree, file) => {
    wrapFences(tree, options, file);
  };
}

function wrapFences(parent: MarkdownNode, options: LiveFenceOptions, file: MarkdownFile | undefined): void {
  for (const [index, node] of (parent.children ?? []).entries()) {
    const snippet = node.type === 'code' ? wrap(node, options, file) : undefined;
    if (snippet === undefined) wrapFences(node, options, file);
    else parent.children?.splice(index, 1, snippet);
  }
}

function wrap(code: MarkdownNode, options: LiveFenceOptions, file: MarkdownFile | undefined): MarkdownNode | undefined {
  const fence = read(code, options, file);
  if (fence === undefined) return undefined;
  code.lang = fence.language || null;
  code.meta = fence.rest || null;
  return {
    type: 'codemodeSnippet',
    data: { hName: 'codemode-snippet', hProperties: fence.attributes },
    children: [code],
    position: code.position,
  };
}

function read(code: MarkdownNode, options: LiveFenceOptions, file: MarkdownFile | undefined) {
  try {
    return readLiveFence(`${code.lang ?? ''} ${code.meta ?? ''}`, options);
  } catch (error) {
    if (error instanceof LiveFenceError) file?.fail?.(error.message, code.position);
    throw error;
  }
}
