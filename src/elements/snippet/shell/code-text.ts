/** What of a DOM node is read; a `Node` is it. */
export interface TextNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly data?: string;
  readonly childNodes: Iterable<TextNode>;
  getAttribute?(name: string): string | null;
}

/** A piece of code and the text node or `<br>` it stands in; `node` is undefined for a line break that only the markup tells. */
export interface CodePiece<N extends TextNode = TextNode> {
  readonly text: string;
  readonly node: N | undefined;
}

/** Code and where each piece of it begins: an offset into `text`, below zero for empty lines before the code. */
export interface LocatedCode<N extends TextNode = TextNode> {
  readonly text: string;
  readonly pieces: readonly (CodePiece<N> & { readonly start: number })[];
}

const textNode = 3;
/** Elements that highlighters put around a line instead of ending it with a line break. */
const lineElements: ReadonlySet<string> = new Set(['DIV', 'P', 'LI', 'TR']);
/** What sites put into a code block beside the code. */
const isDecoration = (node: TextNode): boolean =>
  node.nodeName === 'BUTTON' ||
  node.nodeName === 'STYLE' ||
  node.nodeName === 'SCRIPT' ||
  node.getAttribute?.('aria-hidden') === 'true' ||
  /\b(?:gutter|line-numbers?|linenos?|ln)\b/.test(node.getAttribute?.('class') ?? '');

/**
 * The code in highlighted markup, piece by piece. Lines may end with a line break, with `<br>` (Prism in Docusaurus) or with the
 * element around them (Expressive Code in Starlight); line numbers and buttons are left out.
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

/** The same as one text, without empty lines at both ends, and where the pieces stand in it. */
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
