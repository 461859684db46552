/** The subset of `Node` that reading code takes. */
export interface TextNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly data?: string;
  readonly childNodes: Iterable<TextNode>;
  getAttribute?(name: string): string | null;
}

const addedElements: ReadonlySet<string> = new Set(['BUTTON', 'STYLE', 'SCRIPT', 'DEL']);
/** Elements that hold code whatever they are called: Rouge calls the row of a line `lineno`, Prism its block `line-numbers`. */
const structure: ReadonlySet<string> = new Set(['PRE', 'CODE', 'TABLE', 'TBODY', 'TR']);
const addedClass =
  /(?:^|\s)(?:(?:rouge-)?gutter|(?:react-syntax-highlighter-)?line-?num(?:ber)?s?|line-?no(?:s|div)?|lnt?|hljs-ln-numbers|conum|gp|prompt|token prefix [a-z]+)(?:\s|$)/;
/** Of Shiki, Expressive Code, Prism and highlight.js. */
const removedClass =
  /(?:^|\s)(?:diff(?:\s.*)?\sremove|ec-line(?:\s.*)?\sdel|token(?:\s.*)?\sdeleted|hljs-deletion)(?:\s|$)/;

const attribute = (node: TextNode, name: string): string => node.getAttribute?.(name) ?? '';

/** Whether an element is a line that its author shows as removed. */
export const isRemoved = (node: TextNode): boolean => removedClass.test(attribute(node, 'class'));

/** Whether a highlighter or a site added an element to the code: line numbers, prompts, callouts, removed lines, buttons. */
export function isAddition(node: TextNode): boolean {
  if (addedElements.has(node.nodeName) || attribute(node, 'aria-hidden') === 'true') return true;
  if (structure.has(node.nodeName)) return false;
  const style = attribute(node, 'style');
  return (
    addedClass.test(attribute(node, 'class')) ||
    isRemoved(node) ||
    // Chroma and Rouge without style sheets.
    /user-select:\s*none/.test(style) ||
    // Pygments without style sheets: no token of code has a padding.
    (/padding-right:/.test(style) && isNumber(node))
  );
}

/** Whether an element is the number of a callout in text, which stands behind its icon in Asciidoctor. */
export const isCalloutText = (node: TextNode, previous: TextNode | undefined): boolean =>
  node.nodeName === 'B' && previous !== undefined && attribute(previous, 'class') === 'conum';

function isNumber({ childNodes }: TextNode): boolean {
  const [first, ...others] = childNodes;
  return others.length === 0 && /^\s*\d+\s*$/.test(first?.data ?? '');
}
