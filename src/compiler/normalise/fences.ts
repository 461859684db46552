import { isCode, readCode } from './read-code.js';

/** A fenced code block (CommonMark 0.31, section 4.5). */
export interface Fence {
  /** Lower case; empty for a fence without a language. */
  readonly language: string;
  readonly text: string;
  /** Offset of the opening line. */
  readonly start: number;
  /** Index of the first line of the text. */
  readonly firstLine: number;
  readonly isClosed: boolean;
}

/** Languages of fences that may hold code; a fence without one may too. */
export const codeLanguages: ReadonlySet<string> = new Set(
  '|js|javascript|ts|typescript|tsx|jsx|mjs|mts|cjs|cts|node|es6'.split('|'),
);

/** The fence's mark, at the start of a line or of an item of a list. */
const openingMark = /^(?:[-*>] |\d+[.)] )? *(`{3,}|~{3,})/;
/** Of a block whose text holds fences itself. */
const maxClosings = 8;

/**
 * The fences of a text, but for those in a template or a comment of code. A block with code ends at the first closing line
 * before which its text is TypeScript: a template literal in it may hold fences.
 */
export function findFences(text: string): readonly Fence[] {
  if (!/`{3}|~{3}/.test(text)) return [];
  const fences = readFences(text);
  const whole = fences.length === 0 ? undefined : readCode(text);
  if (whole === undefined) return fences;
  // The parser takes "```ts … ```" for templates with tags, which start where the fence does.
  return fences.filter(({ start }) => {
    const at = start + text.slice(start).search(/[`~]/);
    const before = whole.tokens.previous(at);
    const inTemplate = before?.label === 'template' && at < before.end;
    return !inTemplate && whole.tokens.from(at)?.start === at;
  });
}

function readFences(text: string): readonly Fence[] {
  const lines = text.split('\n');
  const fences: Fence[] = [];
  let start = 0;
  for (let index = 0; index < lines.length; index++) {
    const opened = lines[index]!.trimStart();
    const opening = openingMark.exec(opened);
    const info = opened.slice(opening?.[0].length);
    if (opening === null || info.includes('`')) {
      start += lines[index]!.length + 1;
      continue;
    }
    const language = languageOf(info);
    const closings = closingLines(lines, index + 1, opening[1]!);
    const textBefore = (line: number): string => lines.slice(index + 1, line).join('\n');
    const withCode = codeLanguages.has(language) ? closings.find((line) => isCode(textBefore(line))) : undefined;
    const closing = withCode ?? closings[0];
    const end = closing ?? lines.length;
    fences.push({ language, text: textBefore(end), start, firstLine: index + 1, isClosed: closing !== undefined });
    for (; index <= end && index < lines.length; index++) start += lines[index]!.length + 1;
    index--;
  }
  return fences;
}

function languageOf(info: string): string {
  return info
    .trim()
    .split(/[\s{:]/)[0]!
    .toLowerCase();
}

function closingLines(lines: readonly string[], from: number, mark: string): readonly number[] {
  const closings: number[] = [];
  for (let index = from; index < lines.length && closings.length < maxClosings; index++) {
    const line = lines[index]!.trim();
    if (line.length >= mark.length && line === mark[0]!.repeat(line.length)) closings.push(index);
  }
  return closings;
}
