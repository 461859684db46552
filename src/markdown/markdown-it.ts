import { isLiveFence, isOutputFence, LiveFenceError, readLiveFence, type LiveFenceOptions } from './live-fence.js';

export { LiveFenceError, type LiveFenceOptions };

/** The parts of a token that the plugin uses. `info` is the info string of the fence. */
interface Token {
  type: string;
  info: string;
  content: string;
}

type RenderRule<T extends Token, Rest extends unknown[]> = (tokens: T[], index: number, ...rest: Rest) => string;

/** The parts of markdown-it 13 and later that the plugin uses. */
interface MarkdownIt<T extends Token, Rest extends unknown[]> {
  renderer: { rules: { fence?: RenderRule<T, Rest> | undefined } };
  utils: { escapeHtml(text: string): string };
}

/**
 * A markdown-it plugin: wraps fenced blocks with the word `live` in their info string in `<codemode-snippet>`. It calls the
 * existing rule for fences, so use it after plugins that highlight. A fence with the word `output` right after it becomes the expected
 * output of the snippet.
 *
 * @throws LiveFenceError while rendering, if the options lack the tools of a fence
 */
export function codemodeSnippets<T extends Token, Rest extends unknown[]>(
  markdown: MarkdownIt<T, Rest>,
  options: LiveFenceOptions = {},
): void {
  const { rules } = markdown.renderer;
  const renderFence = rules.fence;
  if (renderFence === undefined)
    throw new TypeError(
      'markdown-it has no rule for fences that this plugin could wrap. Use this plugin after the others.',
    );
  rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token === undefined || isOutputOfLive(tokens, index)) return '';
    const fence = readLiveFence(token.info, options);
    if (fence === undefined) return renderFence(tokens, index, ...rest);
    const attributes = Object.entries(fence.attributes).map(([name, value]) =>
      value === '' ? ` ${name}` : ` ${name}="${markdown.utils.escapeHtml(value)}"`,
    );
    const output = isOutputOfLive(tokens, index + 1)
      ? `<pre slot="expected">${markdown.utils.escapeHtml(tokens[index + 1]?.content ?? '')}</pre>\n`
      : '';
    const written = token.info;
    token.info = `${fence.language} ${fence.rest}`.trim();
    try {
      return `<codemode-snippet${attributes.join('')}>${renderFence(tokens, index, ...rest)}${output}</codemode-snippet>\n`;
    } finally {
      token.info = written;
    }
  };
}

function isOutputOfLive(tokens: readonly Token[], index: number): boolean {
  const [before, token] = [tokens[index - 1], tokens[index]];
  return before?.type === 'fence' && token?.type === 'fence' && isOutputFence(token.info) && isLiveFence(before.info);
}
