import { maxTextCharacters } from '../bounds.js';

/**
 * Brackets, braces and commas outside strings in a text that the host reads. They tell what parsing will cost, which
 * the length alone does not: four million characters are one string, or a million arrays.
 */
const maxStructure = 800_000;

/** The same in one group: three for each value that a message has at most. */
const maxGroupStructure = 320_000;

/** Texts so short cannot cost much. */
const alwaysFine = 256 * 1024;

/** Ends a group of nodes; JSON has no such character inside a string. Each group is parsed for itself, so that none takes long. */
export const groupEnd = '\n';

/** Why the host would not read a text; `undefined` when it would. Takes time linear in the length, and no memory. */
export function refusalOf(text: string): string | undefined {
  return (
    refusalOfLength(text) ??
    (text.length > alwaysFine && countStructure(text) > maxStructure ? tooManyParts(maxStructure) : undefined)
  );
}

/** Whether a text that is JSON has at most so many brackets, braces and commas outside strings. */
export function isWithinStructure(text: string, maximum: number): boolean {
  return countStructure(text, maximum) <= maximum;
}

export function refusalOfLength(text: string): string | undefined {
  return text.length > maxTextCharacters ? `${text.length} characters, more than ${maxTextCharacters}` : undefined;
}

/** Looks at the groups of one text, one after the other. */
export class GroupAdmission {
  #structure = 0;

  refusalOf(group: string): string | undefined {
    const structure = countStructure(group);
    this.#structure += structure;
    if (structure > maxGroupStructure) return tooManyParts(maxGroupStructure);
    return this.#structure > maxStructure ? tooManyParts(maxStructure) : undefined;
  }
}

const tooManyParts = (count: number): string => `more than ${count} parts`;

/** Stops counting where it is too much in any case. */
function countStructure(text: string, maximum = maxStructure): number {
  let count = 0;
  for (let at = 0; at < text.length && count <= maximum; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      if (at < 0) return count;
    } else if (character === '[' || character === '{' || character === ',') {
      count++;
    }
  }
  return count;
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
