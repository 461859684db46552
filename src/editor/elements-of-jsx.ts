const closingTag = /<\/[\w.:-]*>/y;
const beforeSlash = /[\w"'}\s]/;

/**
 * Whether code has elements of JSX: a tag that closes, outside of comments, strings and templates. For an editor, which has to name
 * the file before anybody parses it. Reads each character at most three times.
 */
export function hasElements(code: string): boolean {
  /** Until where there is no end of a string with this quote. */
  const unclosed: Record<string, number> = {};
  for (let at = 0; at < code.length; at++) {
    const character = code[at]!;
    const next = code[at + 1];
    if (character === '<' && next === '/') {
      closingTag.lastIndex = at;
      if (closingTag.test(code)) return true;
    } else if (character === '/' && (next === '/' || next === '*')) {
      const end = next === '/' ? code.indexOf('\n', at) : code.indexOf('*/', at + 2);
      if (end < 0) return false;
      at = end;
    } else if (character === '/' && next === '>') {
      if (at > 0 && beforeSlash.test(code[at - 1]!) && code[at + 2] !== '/') return true;
    } else if (character === '`') {
      const end = endOfString(code, at);
      if (end >= code.length) return false;
      at = end;
    } else if ((character === "'" || character === '"') && at >= (unclosed[character] ?? 0)) {
      const end = endOfString(code, at);
      // An apostrophe of a text between tags.
      if (code[end] === character) at = end;
      else unclosed[character] = end;
    }
  }
  return false;
}

/** Offset of the quote that closes a string, of the end of its line, or of the end of the code. */
function endOfString(code: string, start: number): number {
  const quote = code[start]!;
  for (let at = start + 1; at < code.length; at++) {
    if (code[at] === '\\') at++;
    else if (code[at] === quote || (quote !== '`' && code[at] === '\n')) return at;
  }
  return code.length;
}
