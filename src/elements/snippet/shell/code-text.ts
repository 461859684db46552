/** The subset of `Node` that this module reads. */
export interface TextNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly data?: string;
  readonly childNodes: Iterable<TextNode>;
  getAttribute?(name: string): string | null;
}

/** A piece of code and its text node or `<br>`; `node` is undefined for a line break implied by the markup. */
export interface CodePiece<N extends TextNode = TextNode> {
  readonly text: string;
  readonly node: N | undefined;
}

/** Code and the start of each piece: an offset into `text`, negative for empty lines before the code. */
export interface LocatedCode<N extends TextNode = TextNode> {
  readonly text: string;
  readonly pieces: readonly (CodePiece<N> & { readonly start: number })[];
}

const textNode = 3;
/** Elements that highlighters wrap around a line instead of a line break. */
const lineElements: ReadonlySet<string> = new Set(['DIV', 'P', 'LI', 'TR']);
/** Line numbers, buttons and other additions of a site to its code blocks. */
const isDecoration = (node: TextNode): boolean =>
  node.nodeName === 'BUTTON' ||
  node.nodeName === 'STYLE' ||
  node.nodeName === 'SCRIPT' ||
  node.getAttribute?.('aria-hidden') === 'true' ||
  /\b(?:gutter|line-numbers?|linenos?|ln)\b/.test(node.getAttribute?.('class') ?? '');

/**
 * Returns the pieces of the code in highlighted markup. A line may end with a line break, with `<br>` (Prism in Docusaurus) or with its
 * own element (Expressive Code in Starlight). Leaves out line numbers and buttons.
 */
export function codePieces<N extends TextNode>(root: N): CodePiece<N>[] {
  const pieces: CodePiece<N>[] = [];
  const endsLine = (): boolean => pieces.length === 0 || pieces.at(-1)!.text.endsWith('\n');
  const visit = (node: N): void => {
    if (node.nodeType === textNode) {
      const text = (node.data ?? '').replace(/\r\n?/g, '\n');
      if (text !== '') pieces.push({ text, node });
      return;
    }
    if (node.nodeName === 'BR') {
      pieces.push({ text: '\n', node });
      return;
    }
    if (isDecoration(node)) return;
    const isLine = lineElements.has(node.nodeName);
    if (isLine && !endsLine()) pieces.push({ text: '\n', node: undefined });
    for (const child of node.childNodes as Iterable<N>) visit(child);
    if (isLine && !endsLine()) pieces.push({ text: '\n', node: undefined });
  };
  for (const child of root.childNodes as Iterable<N>) visit(child);
  return pieces;
}

/** Returns the code as one text without empty lines at the start and the end, and the positions of its pieces. */
export function locateCode<N extends TextNode>(root: N): LocatedCode<N> {
  const found = codePieces(root);
  const whole = found.map(({ text }) => text).join('');
  const leading = /^(?:[ \t]*\n)*/.exec(whole)![0].length;
  let start = -leading;
  const pieces = found.map((piece) => {
    const located = { ...piece, start };
    start += piece.text.length;
    return located;
  });
  return { text: whole.slice(leading).trimEnd(), pieces };
}
