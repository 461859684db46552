import { Rank, type Edits } from '../output/edits.js';
import type { Token } from './syntax.js';

/*
 * What is a comment at the start of a source or of a line only, or in scripts only (ECMA-262, 12.5 and B.1.1): what is
 * compiled runs as part of a script, and does not begin it.
 */

/** `#! …` at the very start. */
export function keepHashbang(edits: Edits): void {
  if (edits.source.startsWith('#!')) edits.replace({ start: 0, end: '#!'.length }, '//');
}

/** In a module `a<!--b` compares. */
export function separateComparisons(tokens: readonly Token[], edits: Edits): void {
  if (!edits.source.includes('<!--')) return;
  for (const { start, end } of tokens) {
    if (edits.source.startsWith('<!--', start)) edits.insert(end, ' ', Rank.bind);
  }
}

/** At the start of a script, before anything but white space and comments, `-->` begins a comment. */
export function keepOpeningComment(edits: Edits): void {
  const before = /^(?:\s|\/\*[^]*?\*\/|\/\/.*)*(?=-->)/.exec(edits.source)?.[0];
  if (before !== undefined) edits.replace({ start: before.length, end: before.length + '-->'.length }, '//>');
}
