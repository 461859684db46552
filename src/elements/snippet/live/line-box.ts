import { locateCode } from '../shell/code-text.js';

/** Returns the box of a line of code in viewport pixels; undefined if the line is hidden. Lines start at 1. */
export function lineBox(element: HTMLElement, line: number): DOMRect | undefined {
  const { text, pieces } = locateCode<Node>(element);
  const lines = text.split('\n');
  if (line < 1 || line > lines.length) return undefined;
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const end = start + lines[line - 1]!.length;
  const inLine = pieces.filter(
    (piece) =>
      piece.node instanceof Text && piece.start < Math.max(end, start + 1) && piece.start + piece.text.length > start,
  );
  const [first, last] = [inLine[0], inLine.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const range = document.createRange();
  range.setStart(first.node!, Math.max(0, start - first.start));
  range.setEnd(last.node!, Math.min(last.text.length, Math.max(end, start + 1) - last.start));
  const box = range.getBoundingClientRect();
  return box.height === 0 ? undefined : box;
}
