import { Rank, type Edits } from '../output/edits.js';
import type { TokenIndex } from './token-index.js';

/*
 * Comments that exist only at the start of a source or a line, or only in scripts (ECMA-262, 12.5 and B.1.1). Compiled code
 * runs as part of a script, and never at its start.
 */

/** `#! …` at the very start. */
export function keepHashbang(edits: Edits): void {
  if (edits.source.startsWith('#!')) edits.replace({ start: 0, end: '#!'.length }, '//');
}

/** In a module `a<!--b` compares. */
export function separateComparisons({ starts, ends }: TokenIndex, edits: Edits): void {
  if (!edits.source.includes('<!--')) return;
  for (const [index, start] of starts.entries())
    if (edits.source.startsWith('<!--', start)) edits.insert(ends[index]!, ' ', Rank.bind);
}

/** At the start of a script, before anything but white space and comments, `-->` begins a comment. */
export function keepOpeningComment(edits: Edits): void {
  const start = afterComments(edits.source, 0);
  if (edits.source.startsWith('-->', start)) edits.replace({ start, end: start + '-->'.length }, '//>');
}

const whiteSpace = /\s/;
const lineBreak = /[\n\r\u2028\u2029]/;

/** The offset of the first character from `offset` on that is neither white space nor in a comment. Reads each character once. */
export function afterComments(source: string, offset: number): number {
  let at = offset;
  while (at < source.length) {
    if (source.startsWith('//', at)) {
      while (at < source.length && !lineBreak.test(source[at]!)) at++;
    } else if (source.startsWith('/*', at)) {
      const close = source.indexOf('*/', at + '/*'.length);
      if (close < 0) return at;
      at = close + '*/'.length;
    } else if (whiteSpace.test(source[at]!)) at++;
    else return at;
  }
  return at;
}
