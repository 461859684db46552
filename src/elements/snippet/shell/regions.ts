/** A region of code between comments: `// #region hidden`, `// #region folded Title` … `// #endregion`. Lines start at 1. */
export interface CodeRegion {
  readonly kind: 'hidden' | 'folded';
  /** Title of a folded region; `''` if it has none. */
  readonly title: string;
  /** Line of the opening comment. */
  readonly start: number;
  /** Line of the closing comment; the last line of the code if there is none. */
  readonly end: number;
}

/** The editable code and the hidden code around it. `before` and `after` are whole lines with their line breaks. */
export interface EditablePart {
  readonly before: string;
  readonly body: string;
  readonly after: string;
}

const opening = /^#region\s+(hidden|folded)\b/;
const anyOpening = /^#region\b/;
const closing = /^#endregion\b/;

/** Returns the text of a comment line; `''` for any other line. */
function commentOf(line: string): string {
  const text = line.trim();
  return text.startsWith('//') ? text.slice('//'.length).trim() : '';
}

/** Returns the hidden and folded regions in order. Ignores other regions; a nested region is part of the outer one. */
export function codeRegions(code: string): CodeRegion[] {
  const regions: CodeRegion[] = [];
  const lines = code.split('\n');
  let open: { kind: CodeRegion['kind']; title: string; start: number } | undefined;
  let depth = 0;
  for (let index = 0; index < lines.length; index++) {
    const comment = commentOf(lines[index]!);
    const match = opening.exec(comment);
    if (open === undefined) {
      if (match !== null)
        open = { kind: match[1] as CodeRegion['kind'], title: comment.slice(match[0].length).trim(), start: index + 1 };
    } else if (anyOpening.test(comment)) {
      depth += 1;
    } else if (closing.test(comment) && depth > 0) {
      depth -= 1;
    } else if (closing.test(comment)) {
      regions.push({ ...open, end: index + 1 });
      open = undefined;
    }
  }
  if (open !== undefined) regions.push({ ...open, end: lines.length });
  return regions;
}

/** Returns the code that a reader sees and copies: no hidden regions, no region comments. */
export function visibleCode(code: string): string {
  const regions = codeRegions(code);
  const isShown = (line: number): boolean =>
    regions.every(
      ({ kind, start, end }) => line < start || line > end || (kind === 'folded' && line > start && line < end),
    );
  return code
    .split('\n')
    .filter((_, index) => isShown(index + 1))
    .join('\n');
}

/** Excludes hidden regions at the start and the end; a hidden region in the middle stays in the editor. */
export function editablePart(code: string): EditablePart {
  const lines = code.split('\n');
  const hidden = codeRegions(code).filter(({ kind }) => kind === 'hidden');
  const isBlank = (from: number, to: number): boolean => lines.slice(from, to).every((line) => line.trim() === '');
  let first = 0;
  let end = lines.length;
  for (const region of hidden) if (isBlank(first, region.start - 1)) first = region.end;
  for (const region of hidden.toReversed())
    if (region.start > first && isBlank(region.end, end)) end = region.start - 1;
  const join = (from: number, to: number): string =>
    lines
      .slice(from, to)
      .map((line) => `${line}\n`)
      .join('');
  return {
    before: join(0, first),
    body: lines.slice(first, end).join('\n'),
    after: end < lines.length ? `\n${lines.slice(end).join('\n')}` : '',
  };
}
