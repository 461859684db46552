import type { FunctionNode } from './nodes.js';
import type { Token } from './syntax.js';

/**
 * The tokens of a source, and the punctuation among them, which no node stands for. Kept as lists of numbers: an object for each
 * token would cost as much as to read it.
 */
export class TokenIndex {
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly #labels: string[] = [];
  /** Offsets, in their order. */
  readonly #marks: number[] = [];

  constructor(readonly source: string) {}

  /** Adds a token in place of those from its start on, which a reading that failed has left. */
  add(start: number, end: number, label: string): void {
    const { starts, ends } = this;
    while (ends.length > 0 && ends[ends.length - 1]! > start) {
      starts.pop();
      ends.pop();
      this.#labels.pop();
    }
    starts.push(start);
    ends.push(end);
    this.#labels.push(label);
  }

  /** Marks an offset as one that instrumentation has to visit. */
  mark(offset: number): void {
    const marks = this.#marks;
    let index = marks.length;
    while (index > 0 && marks[index - 1]! >= offset) index--;
    if (marks[index] !== offset) marks.splice(index, 0, offset);
  }

  /** Whether a range holds a mark. */
  isMarked({ start, end }: { readonly start: number; readonly end: number }): boolean {
    const mark = this.#marks[firstFrom(this.#marks, start)];
    return mark !== undefined && mark < end;
  }

  /** The first token with this label that starts at an offset or after it. */
  after(offset: number, label: string): Token {
    const index = this.#labels.indexOf(label, firstFrom(this.starts, offset));
    return this.#at(index) ?? this.#missing(label);
  }

  /** The last token with this label that starts before an offset. */
  before(offset: number, label: string): Token {
    return this.#at(this.#labels.lastIndexOf(label, firstFrom(this.starts, offset) - 1)) ?? this.#missing(label);
  }

  /** The first token that starts at an offset or after it. */
  from(offset: number): Token | undefined {
    return this.#at(firstFrom(this.starts, offset));
  }

  /** The last token that starts before an offset. */
  previous(offset: number): Token | undefined {
    return this.#at(firstFrom(this.starts, offset) - 1);
  }

  /** The parenthesis that closes the parameters of a function with a body of statements. */
  closeOfParameters(node: FunctionNode): Token {
    const last = node.params?.at(-1);
    if (last !== undefined) return this.after(last.end, ')');
    const { typeParameters } = node;
    return this.after(this.after(typeParameters?.end ?? node.id?.end ?? node.start, '(').end, ')');
  }

  #at(index: number): Token | undefined {
    const start = this.starts[index];
    return start === undefined ? undefined : { start, end: this.ends[index]!, label: this.#labels[index]! };
  }

  #missing(label: string): never {
    throw new RangeError(`Expected a token ${label}, but the source has none there.`);
  }
}

/** Index of the first of sorted offsets that is not less than this one. */
function firstFrom(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
