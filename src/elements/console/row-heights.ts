import { SlidingList } from './sliding-list.js';

const blockSize = 256;

/** Heights of neighbouring rows. Rows before `start` were dropped and do not count. */
interface Block {
  readonly heights: number[];
  start: number;
  sum: number;
}

/**
 * Heights of rows in pixels: measured, or estimated. Rows are added at the end and dropped at the front. A look-up of an offset or of a
 * row takes about n / 256 steps for n rows.
 */
export class RowHeights {
  readonly #estimate: number;
  readonly #blocks = new SlidingList<Block>();
  #length = 0;
  #total = 0;

  constructor(estimate: number) {
    this.#estimate = estimate;
  }

  get length(): number {
    return this.#length;
  }

  /** Total height in pixels. */
  get total(): number {
    return this.#total;
  }

  push(height = this.#estimate): void {
    let block = this.#blocks.at(-1);
    if (block === undefined || block.heights.length === blockSize) {
      block = { heights: [], start: 0, sum: 0 };
      this.#blocks.push(block);
    }
    block.heights.push(height);
    block.sum += height;
    this.#total += height;
    this.#length++;
  }

  dropFirst(count: number): void {
    for (let left = Math.min(count, this.#length); left > 0; left--) {
      const block = this.#blocks.at(0)!;
      const height = block.heights[block.start++]!;
      block.sum -= height;
      this.#total -= height;
      this.#length--;
      if (block.start === block.heights.length) this.#blocks.dropFirst(1);
    }
  }

  clear(): void {
    this.#blocks.clear();
    this.#length = 0;
    this.#total = 0;
  }

  /** Sets the measured height of a row. */
  set(row: number, height: number): void {
    const [block, at] = this.#find(row);
    const change = height - block.heights[at]!;
    block.heights[at] = height;
    block.sum += change;
    this.#total += change;
  }

  /** Returns the pixels above a row; the total height for the index after the last row. */
  offsetOf(row: number): number {
    let offset = 0;
    let left = row;
    for (let index = 0; index < this.#blocks.length; index++) {
      const { heights, start, sum } = this.#blocks.at(index)!;
      if (left >= heights.length - start) {
        offset += sum;
        left -= heights.length - start;
        continue;
      }
      for (let at = start; at < start + left; at++) offset += heights[at]!;
      break;
    }
    return offset;
  }

  /** Returns the row at an offset in pixels from the top, clamped to the first and last row. */
  rowAt(offset: number): number {
    let top = 0;
    let row = 0;
    for (let index = 0; index < this.#blocks.length; index++) {
      const { heights, start, sum } = this.#blocks.at(index)!;
      if (top + sum <= offset) {
        top += sum;
        row += heights.length - start;
        continue;
      }
      for (let at = start; at < heights.length && top + heights[at]! <= offset; at++) {
        top += heights[at]!;
        row++;
      }
      break;
    }
    return Math.max(0, Math.min(row, this.#length - 1));
  }

  #find(row: number): readonly [Block, number] {
    const first = this.#blocks.at(0);
    if (first === undefined || row < 0 || row >= this.#length)
      throw new RangeError(`Expected a row below ${this.#length}, but got ${row}.`);
    // All blocks except the first and the last are full.
    const position = first.start + row;
    return [this.#blocks.at(Math.floor(position / blockSize))!, position % blockSize];
  }
}
