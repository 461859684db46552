import type { Position } from './types.js';

interface Insertion {
  readonly at: number;
  readonly text: string;
  /** 0: closes what ends here; 1: stands between; 2: opens what starts here. */
  readonly side: 0 | 1 | 2;
  /** The other end of what it opens or closes. */
  readonly otherEnd: number;
  readonly rank: number;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A run of the output: copied from the source where `source` is a number of characters, written by the compiler otherwise. */
interface Segment {
  readonly generatedStart: number;
  readonly sourceStart: number;
  readonly copied: boolean;
}

/**
 * Which pass an edit belongs to. Where two passes wrap the very same range, the lower rank stands outside.
 * Passes run one after another over one syntax tree and need not know of each other.
 */
export const Rank = { bind: 0, instrument: 1, guard: 2, erase: 3 } as const;
export type Rank = (typeof Rank)[keyof typeof Rank];

/**
 * Edits of a source text: what is inserted, wrapped, replaced and removed, at offsets of the source. Wraps nest as their
 * ranges do, in whatever order they were asked for. The text and the way back from it to the source come from the same list.
 */
export class Edits {
  readonly #insertions: Insertion[] = [];
  readonly #replacements: Replacement[] = [];

  constructor(readonly source: string) {}

  /** Puts text before and after a range of the source. */
  wrap(range: { readonly start: number; readonly end: number }, before: string, after: string, rank: Rank): void {
    if (before !== '') this.#insertions.push({ at: range.start, text: before, side: 2, otherEnd: range.end, rank });
    if (after !== '') this.#insertions.push({ at: range.end, text: after, side: 0, otherEnd: range.start, rank });
  }

  /** Puts text between what ends and what starts at an offset, in the order of ranks, then of calls. */
  insert(at: number, text: string, rank: Rank): void {
    this.#insertions.push({ at, text, side: 1, otherEnd: at, rank });
  }

  /** Replaces a range; insertions strictly inside it are dropped, replacements inside it too. Line breaks should be kept. */
  replace(range: { readonly start: number; readonly end: number }, text: string): void {
    this.#replacements.push({ start: range.start, end: range.end, text });
  }

  /** Removes a range but for its line breaks, so that no line moves. */
  erase(range: { readonly start: number; readonly end: number }): void {
    this.replace(range, this.source.slice(range.start, range.end).replace(/[^\n\r\u2028\u2029]/g, ''));
  }

  /** The edited text. */
  apply(): EditedText {
    const insertions = this.#insertions.sort(compareInsertions);
    const replacements = this.#replacements.sort((a, b) => a.start - b.start || b.end - a.end);
    const parts: string[] = [];
    const segments: Segment[] = [];
    let length = 0;
    let at = 0;
    let next = 0;
    const emit = (text: string, sourceStart: number, copied: boolean): void => {
      if (text === '') return;
      segments.push({ generatedStart: length, sourceStart, copied });
      parts.push(text);
      length += text.length;
    };
    /** Copies up to `end` with the insertions on the way; those at `end` itself only if they close what ends there. */
    const copyTo = (end: number, all: boolean): void => {
      for (; next < insertions.length; next++) {
        const insertion = insertions[next]!;
        if (insertion.at > end || (insertion.at === end && !all && insertion.side !== 0)) break;
        emit(this.source.slice(at, insertion.at), at, true);
        at = insertion.at;
        emit(insertion.text, insertion.at, false);
      }
      emit(this.source.slice(at, end), at, true);
      at = end;
    };
    for (const { start, end, text } of replacements) {
      if (start < at) continue;
      copyTo(start, start !== end);
      emit(text, start, false);
      at = end;
      while (next < insertions.length && insertions[next]!.at < end) next++;
    }
    copyTo(this.source.length, true);
    return new EditedText(parts.join(''), this.source, segments);
  }
}

function compareInsertions(a: Insertion, b: Insertion): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.side !== b.side) return a.side - b.side;
  // Of what closes here the innermost first, which starts last; of what opens here the outermost, which ends last.
  if (a.side !== 1 && a.otherEnd !== b.otherEnd) return b.otherEnd - a.otherEnd;
  return a.side === 0 ? b.rank - a.rank : a.rank - b.rank;
}

/** A text that edits made, and the way from its positions back to the source. */
export class EditedText {
  readonly #segments: readonly Segment[];
  #generatedLines: number[] | undefined;
  #sourceLines: number[] | undefined;

  constructor(
    readonly text: string,
    readonly source: string,
    segments: readonly Segment[],
  ) {
    this.#segments = segments;
  }

  /** Offset in the source of an offset in the text: where the text was inserted, the place of the insertion. */
  sourceOffset(generated: number): number | undefined {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#segments[middle]!.generatedStart <= generated) low = middle + 1;
      else high = middle;
    }
    const segment = this.#segments[low - 1];
    if (segment === undefined) return undefined;
    return segment.copied ? segment.sourceStart + generated - segment.generatedStart : segment.sourceStart;
  }

  /** Lines and columns from 1, in and out. `undefined` for a position outside the text. */
  originalPosition(position: Position): Position | undefined {
    this.#generatedLines ??= lineStarts(this.text);
    const lineStart = this.#generatedLines[position.line - 1];
    if (lineStart === undefined) return undefined;
    const offset = this.sourceOffset(lineStart + position.column - 1);
    return offset === undefined ? undefined : this.positionOf(offset);
  }

  /** Position in the source of an offset in it. */
  positionOf(offset: number): Position {
    this.#sourceLines ??= lineStarts(this.source);
    return positionIn(this.#sourceLines, offset);
  }
}

const lineBreak = /\r\n|[\n\r\u2028\u2029]/g;

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(lineBreak)) starts.push(match.index + match[0].length);
  return starts;
}

export function positionIn(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return { line: low, column: offset - starts[low - 1]! + 1 };
}
