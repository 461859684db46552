/**
 * Whether what code wrote is what its author said it would. Spaces at line ends and empty lines at both ends don't count. In what is
 * expected, `…` or `...` stands for anything on its line, and for any number of lines where it has a line to itself.
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
 * Whether a list is what another says, in which gaps stand for any number of items. Between two gaps the first place that fits is as good
 * as any later one, so there is one gap to come back to, and never two.
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
