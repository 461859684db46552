import { isAddition, isCalloutText, isRemoved, type TextNode } from './addition.js';

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
/** Elements whose own text is white space of the markup. */
const tableElements: ReadonlySet<string> = new Set(['TABLE', 'TBODY', 'TR']);

/**
 * Returns the pieces of the code in highlighted markup. A line may end with a line break, with `<br>` (Prism in Docusaurus) or with its
 * own element (Expressive Code in Starlight, tables of highlight.js and Rouge). Leaves out what a highlighter or a site added.
 */
export function codePieces<N extends TextNode>(root: N): CodePiece<N>[] {
  const pieces: CodePiece<N>[] = [];
  let isAfterRemoved = false;
  const endsLine = (): boolean => pieces.length === 0 || pieces.at(-1)!.text.endsWith('\n');
  const endLine = (): void => {
    pieces.push({ text: '\n', node: undefined });
  };
  const visitText = (node: N): void => {
    const text = (node.data ?? '').replace(/\r\n?/g, '\n');
    // The line break of a removed line goes with it.
    if (text !== '' && !(isAfterRemoved && text === '\n' && endsLine())) pieces.push({ text, node });
    isAfterRemoved = false;
  };
  const visit = (node: N): void => {
    if (node.nodeName === 'BR') {
      pieces.push({ text: '\n', node });
      return;
    }
    const isLine = lineElements.has(node.nodeName);
    if (isLine && !endsLine()) endLine();
    const { length } = pieces;
    visitChildren(node);
    // A row without text is an empty line.
    if (isLine && (!endsLine() || (node.nodeName === 'TR' && pieces.length === length))) endLine();
  };
  const visitChildren = (node: N): void => {
    let previous: N | undefined;
    for (const child of node.childNodes as Iterable<N>) {
      if (child.nodeType === textNode) {
        if (!tableElements.has(node.nodeName)) visitText(child);
        continue;
      }
      if (!isAddition(child) && !isCalloutText(child, previous)) visit(child);
      else isAfterRemoved = isRemoved(child);
      previous = child;
    }
  };
  visitChildren(root);
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
