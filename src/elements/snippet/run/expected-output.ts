/**
 * Whether output matches the expected output. Ignores spaces at line ends and empty lines at the start and the end. In the expected
 * output, `…` or `...` matches any text within a line; on a line of its own, it matches any number of lines.
 */
export function matchesExpected(expected: string, actual: string): boolean {
  return matchesParts(linesOf(actual), linesOf(expected), isGap, matchesLine);
}

const isGap = (line: string): boolean => /^\s*(?:…|\.\.\.)$/.test(line);

const gapInLine = Symbol('any characters');

function matchesLine(actual: string, expected: string): boolean {
  const parts = expected
    .split(/…|\.\.\./)
    .flatMap((text) => [gapInLine, ...text])
    .slice(1);
  return matchesParts(
    [...actual],
    parts,
    (part) => part === gapInLine,
    (character, part) => character === part,
  );
}

/**
 * Whether a list matches a pattern in which a gap matches any number of items. Between two gaps, the first match is as good as any later
 * one, so the search only ever backtracks to the last gap.
 */
function matchesParts<Item, Part>(
  items: readonly Item[],
  parts: readonly Part[],
  isGapPart: (part: Part) => boolean,
  matches: (item: Item, part: Part) => boolean,
): boolean {
  let at = 0;
  let part = 0;
  let gap = -1;
  let gapEnd = 0;
  while (at < items.length) {
    if (part < parts.length && isGapPart(parts[part]!)) {
      gap = part++;
      gapEnd = at;
    } else if (part < parts.length && matches(items[at]!, parts[part]!)) {
      at++;
      part++;
    } else if (gap >= 0) {
      part = gap + 1;
      at = ++gapEnd;
    } else return false;
  }
  return parts.slice(part).every(isGapPart);
}

function linesOf(text: string): string[] {
  const lines = text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  return first < 0 ? [''] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
}
