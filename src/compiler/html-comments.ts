import { Rank, type Edits } from './edits.js';
import type { Token } from './syntax.js';

/*
 * Comments that look like HTML's (ECMA-262, B.1.1) are there in scripts only. What is compiled runs as part of a script,
 * and not at the start of a line of its own.
 */

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
