import { maxTextCharacters } from '../limits.js';

/**
 * Brackets, braces and commas outside strings in a text that the host reads. They tell what parsing will cost, which
 * the length alone does not: four million characters are one string, or a million arrays.
 */
const maxStructure = 800_000;

/** Texts so short cannot cost much. */
const alwaysFine = 256 * 1024;

/** Why the host would not read a text; `undefined` when it would. Takes time linear in the length, and no memory. */
export function refusalOf(text: string): string | undefined {
  if (text.length > maxTextCharacters) return `${text.length} characters, and at most ${maxTextCharacters} are read`;
  return text.length > alwaysFine && hasMoreStructure(text) ? `more than ${maxStructure} parts` : undefined;
}

function hasMoreStructure(text: string): boolean {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      if (at < 0) return false;
    } else if ((character === '[' || character === '{' || character === ',') && ++count > maxStructure) {
      return true;
    }
  }
  return false;
}

/** Index of the closing quote; negative when there is none, which parsing will find out. */
function endOfString(text: string, opening: number): number {
  let end = text.indexOf('"', opening + 1);
  while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, quote: number): boolean {
  let start = quote;
  while (text[start - 1] === '\\') start -= 1;
  return (quote - start) % 2 === 1;
}
