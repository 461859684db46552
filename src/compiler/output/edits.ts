import type { Position } from '../types.js';

interface Insertion {
  readonly at: number;
  /** The inserted text, or the range that moves there. */
  readonly content: string | Move;
  /** 0 closes a range that ends here, 1 stands between ranges, 2 opens a range that starts here. */
  readonly side: 0 | 1 | 2;
  /** The other end of the opened or closed range. */
  readonly otherEnd: number;
  readonly rank: number;
  /** Number of edits requested before this one. */
  readonly serial: number;
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Set if the range is replaced because it moves. */
  readonly move?: Move;
}

interface Move {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/** A run of the output at its place in the output: copied from the source, or written there. */
export interface Segment {
  readonly generatedStart: number;
  readonly sourceStart: number;
  readonly copied: boolean;
}

/**
 * Which pass an edit belongs to. Where two passes wrap the very same range, the lower rank stands outside.
 * Passes run one after another over one syntax tree, independently of each other.
 */
export const Rank = { bind: 0, instrument: 1, guard: 2, erase: 3 } as const;
export type Rank = (typeof Rank)[keyof typeof Rank];

/**
 * Edits of a source text: insertions, wraps, replacements and removals, at offsets of the source. Wraps nest as their
 * ranges do, in any order of the calls. The text and its source map come from the same list.
 */
export class Edits {
  readonly #insertions: Insertion[] = [];
  readonly #replacements: Replacement[] = [];

  constructor(readonly source: string) {}

  /** Puts text before and after a range of the source. Of equal wraps of one rank, the first one is outermost. */
  wrap(range: { readonly start: number; readonly end: number }, before: string, after: string, rank: Rank): void {
    const { start, end } = range;
    if (before !== '') this.#add(start, before, 2, end, rank);
    if (after !== '') this.#add(end, after, 0, start, rank);
  }

  /** Puts text after the ranges that end at an offset and before those that start there, in the order of ranks, then of calls. */
  insert(at: number, text: string, rank: Rank): void {
    this.#add(at, text, 1, at, rank);
  }

  /** Replaces a range; insertions strictly inside it are dropped, replacements inside it too. Line breaks should be kept. */
  replace(range: { readonly start: number; readonly end: number }, text: string): void {
    this.#replacements.push({ start: range.start, end: range.end, text });
  }

  /** Removes a range and keeps its line breaks, so that no line moves. @param text goes before them @default none */
  erase(range: { readonly start: number; readonly end: number }, text = ''): void {
    this.replace(range, text + this.lineBreaks(range));
  }

  lineBreaks({ start, end }: { readonly start: number; readonly end: number }): string {
    const text = this.source.slice(start, end);
    return /[\n\r\u2028\u2029]/.test(text) ? text.replace(/[^\n\r\u2028\u2029]/g, '') : '';
  }

  /**
   * Puts a range of the source with all edits in it, and with text around it, where `insert` would put a text. Its line
   * breaks go along. Moves may hold one another; they must not overlap otherwise, nor go into their own range.
   */
  move(
    range: { readonly start: number; readonly end: number },
    to: number,
    before: string,
    after: string,
    rank: Rank,
  ): void {
    const move: Move = { start: range.start, end: range.end, before, after };
    this.#add(to, move, 1, to, rank);
    this.#replacements.push({ start: range.start, end: range.end, text: '', move });
  }

  /** The edited text. */
  apply(): EditedText {
    const insertions = this.#insertions.toSorted(compareInsertions);
    const replacements = this.#replacements.toSorted(compareReplacements);
    const rendering = new Rendering(this.source, insertions, replacements);
    rendering.render(0, this.source.length);
    return new EditedText(rendering.text, rendering.segments, this.source);
  }

  #add(at: number, content: string | Move, side: 0 | 1 | 2, otherEnd: number, rank: Rank): void {
    this.#insertions.push({ at, content, side, otherEnd, rank, serial: this.#insertions.length });
  }
}

/** Writes ranges of the source with their edits. */
class Rendering {
  text = '';
  readonly segments: Segment[] = [];
  /** Offset in the source up to which all is written. */
  #at = 0;
  /** Index of the next insertion. */
  #next = 0;

  constructor(
    readonly source: string,
    readonly insertions: readonly Insertion[],
    readonly replacements: readonly Replacement[],
  ) {}

  /** @param moved the move of this range: of the edits at the ends of the range, only its own are written */
  render(from: number, to: number, moved?: Move): void {
    const { replacements } = this;
    this.#at = from;
    this.#next = firstFrom(this.insertions, from, placeOf);
    if (moved !== undefined) this.#skip(from, moved, false);
    for (let index = firstFrom(replacements, from, startOf); index < replacements.length; index++) {
      const { start, end, text, move } = replacements[index]!;
      if (start > to) break;
      if (start < this.#at || end > to || (moved !== undefined && move === moved)) continue;
      this.#copyTo(start, move, false, start !== end);
      this.#append(text, start, false);
      this.#at = end;
      if (move === undefined) this.#skip(end);
      else this.#skip(end, move, true);
    }
    this.#copyTo(to, moved, true, true);
  }

  /**
   * Copies up to an offset with the insertions on the way. At the offset itself it writes those that belong to the contents of
   * a move, or its surroundings; without a move all, or those that close a range.
   */
  #copyTo(end: number, move: Move | undefined, within: boolean, all: boolean): void {
    for (; this.#next < this.insertions.length; this.#next++) {
      const insertion = this.insertions[this.#next]!;
      if (insertion.at > end) break;
      const isAsked = move === undefined ? all || insertion.side === 0 : isWithin(insertion, move) === within;
      if (insertion.at === end && !isAsked) break;
      this.#copy(insertion.at);
      this.#write(insertion);
    }
    this.#copy(end);
  }

  /** Leaves out the insertions before an offset, and those at it that belong to the contents of a move, or its surroundings. */
  #skip(end: number, move?: Move, within?: boolean): void {
    for (; this.#next < this.insertions.length; this.#next++) {
      const insertion = this.insertions[this.#next]!;
      const isSkipped = insertion.at === end && move !== undefined && isWithin(insertion, move) === within;
      if (insertion.at >= end && !isSkipped) break;
    }
  }

  #copy(end: number): void {
    if (end > this.#at) this.#append(this.source.slice(this.#at, end), this.#at, true);
    this.#at = end;
  }

  #write({ at, content }: Insertion): void {
    if (typeof content === 'string') return this.#append(content, at, false);
    const [place, next] = [this.#at, this.#next];
    this.#append(content.before, content.start, false);
    this.render(content.start, content.end, content);
    this.#append(content.after, content.end, false);
    this.#at = place;
    this.#next = next;
  }

  #append(text: string, sourceStart: number, copied: boolean): void {
    if (text === '') return;
    this.segments.push({ generatedStart: this.text.length, sourceStart, copied });
    this.text += text;
  }
}

const placeOf = ({ at }: Insertion): number => at;
const startOf = ({ start }: Replacement): number => start;

/** Index of the first of sorted items that stands at an offset or after it. */
function firstFrom<T>(items: readonly T[], offset: number, place: (item: T) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place(items[middle]!) >= offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether an insertion belongs to the contents of a range, rather than to its surroundings. */
function isWithin({ at, side, otherEnd }: Insertion, { start, end }: Move): boolean {
  if (start < at && at < end) return true;
  return (at === start && side === 2 && otherEnd <= end) || (at === end && side === 0 && otherEnd >= start);
}

/** A move comes before a replacement of the same range, which it takes along. */
function compareReplacements(a: Replacement, b: Replacement): number {
  return a.start - b.start || b.end - a.end || Number(b.move !== undefined) - Number(a.move !== undefined);
}

function compareInsertions(a: Insertion, b: Insertion): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.side !== b.side) return a.side - b.side;
  // Closing: the innermost range first, which starts last. Opening: the outermost first, which ends last.
  if (a.side !== 1 && a.otherEnd !== b.otherEnd) return b.otherEnd - a.otherEnd;
  return a.side === 0 ? b.rank - a.rank || b.serial - a.serial : a.rank - b.rank || a.serial - b.serial;
}

/** The edited text, with a map from its positions to the source. */
export class EditedText {
  #generatedLines: number[] | undefined;
  #sourceLines: number[] | undefined;

  constructor(
    readonly text: string,
    /** In the order of the text, which they make up. */
    readonly segments: readonly Segment[],
    readonly source: string,
  ) {}

  /** Offset in the source of an offset in the text: where the text was inserted, the place of the insertion. */
  sourceOffset(generated: number): number | undefined {
    const segment = this.#segmentAt(generated);
    if (segment === undefined) return undefined;
    return segment.copied ? segment.sourceStart + generated - segment.generatedStart : segment.sourceStart;
  }

  /** Whether the character at an offset in the text is copied from the source. */
  isCopied(generated: number): boolean {
    return this.#segmentAt(generated)?.copied === true;
  }

  /** Offset in the text of a character of the source; `undefined` if the character was replaced. */
  generatedOffset(source: number): number | undefined {
    for (const [index, segment] of this.segments.entries()) {
      if (!segment.copied || segment.sourceStart > source) continue;
      const length = (this.segments[index + 1]?.generatedStart ?? this.text.length) - segment.generatedStart;
      if (source < segment.sourceStart + length) return segment.generatedStart + source - segment.sourceStart;
    }
    return undefined;
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

  #segmentAt(generated: number): Segment | undefined {
    let low = 0;
    let high = this.segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.segments[middle]!.generatedStart <= generated) low = middle + 1;
      else high = middle;
    }
    return this.segments[low - 1];
  }
}

const lineBreak = /\r\n|[\n\r\u2028\u2029]/g;

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(lineBreak)) starts.push(match.index + match[0].length);
  return starts;
}

/** The line and column of one offset. Of several, `lineStarts` serves all. */
export const positionAt = (text: string, offset: number): Position => positionIn(lineStarts(text), offset);

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
