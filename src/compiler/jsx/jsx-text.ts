import { decodeEntities } from './entities.js';

const lineBreak = /\r\n|[\n\r\u2028\u2029]/;

/** What the text between tags means: each line without the white space at a line break, joined by blanks; empty ones go. */
export function textBetweenTags(raw: string): string {
  const lines = raw.split(lineBreak);
  const last = lines.length - 1;
  const trimmed = lines.map((line, index) => {
    const end = index < last ? line.trimEnd() : line;
    return index > 0 ? end.trimStart() : end;
  });
  return decodeEntities(trimmed.filter((line) => line !== '').join(' '));
}

/** A text as a literal on one line. */
export function literalOf(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (separator) => `\\u${separator.charCodeAt(0).toString(16)}`);
}
