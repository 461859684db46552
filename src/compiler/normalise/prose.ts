import { isCode } from './read-code.js';

/** Words that stand beside names in code. */
const keywords: ReadonlySet<string> = new Set(
  (
    'abstract as asserts async await case class const declare default delete else enum export extends from function get if ' +
    'implements import in instanceof interface is keyof let namespace new of private public readonly return satisfies set ' +
    'static throw type typeof var void yield'
  ).split(' '),
);

const listMark = /^(?:[-*>#]+|\d+[.)])\s+/;
const plainWord = /^\p{L}[\p{L}'’-]*$/u;
const label = /^[\p{L} ,'’]+[:!.]$/u;
/** Plain words beside each other that no line of code has. */
const wordsOfProse = 3;

/** Removes lines of prose before and after code, and leaves blank lines. `undefined` where the rest is no code. */
export function withoutProse(text: string): string | undefined {
  const lines = text.split('\n');
  let first = 0;
  let end = lines.length;
  while (first < end && isProse(lines[first]!)) first++;
  while (end > first && isProse(lines[end - 1]!)) end--;
  const rest = lines.slice(first, end).join('\n');
  return rest !== text && isCode(rest) ? '\n'.repeat(first) + rest : undefined;
}

function isProse(line: string): boolean {
  const trimmed = line.trim();
  if (trimmed === '') return true;
  const beforePunctuation = trimmed.replace(listMark, '').split(/[(){}=;`[\]]/)[0]!;
  const words = beforePunctuation.split(/[\s,.:!?*_]+/).filter((word) => word !== '');
  let run = 0;
  for (const word of words) {
    run = plainWord.test(word) && !keywords.has(word) ? run + 1 : 0;
    if (run >= wordsOfProse) return true;
  }
  return words.length <= 2 && label.test(trimmed);
}
