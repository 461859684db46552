import { maxBuffers, minBufferBytes } from './format.js';
import type { CodecBounds } from './options.js';

/** Characters of a value that is no string: a number, or an index and the brackets of a node. */
const charactersPerValue = 16;

/** The remaining room of an encoder. Each `take…` takes the whole amount, or takes nothing and returns `false`. */
export class Budget {
  readonly #bounds: CodecBounds;
  #values = 0;
  #characters = 0;
  #bytes = 0;
  /** Of the whole payload: a packet takes so many, whatever they belong to. */
  #buffers = maxBuffers;

  constructor(bounds: CodecBounds) {
    this.#bounds = bounds;
    this.refill(bounds.maxCharacters);
  }

  /** Negative when more was written than could be foreseen. */
  get characters(): number {
    return this.#characters;
  }

  refill(characters: number): void {
    this.#values = this.#bounds.maxValues;
    this.#characters = characters;
    this.#bytes = this.#bounds.maxBytes;
  }

  takeValues(count: number, depth: number): boolean {
    const characters = count * charactersPerValue;
    if (depth > this.#bounds.maxDepth || count > this.#values || characters > this.#characters) return false;
    this.#values -= count;
    this.#characters -= characters;
    return true;
  }

  takeCharacters(count: number): boolean {
    if (count > this.#characters) return false;
    this.#characters -= count;
    return true;
  }

  /** Of binary data, which goes beside the text or, where it is small or there is no buffer left, into it as base64. */
  takeBytes(count: number): boolean {
    if (count > this.#bytes) return false;
    // Admitted first, written first: what is promised a buffer here finds one when it is written.
    if (count >= minBufferBytes && this.#buffers > 0) this.#buffers -= 1;
    else if (!this.takeCharacters(Math.ceil(count / 3) * 4)) return false;
    this.#bytes -= count;
    return true;
  }

  /** Counts text whose length was unknown before it was written. */
  spend(characters: number): void {
    this.#characters -= characters;
  }

  /** Counts the part of a number's text that is longer than the share of a value. */
  spendNumber(characters: number): void {
    if (characters >= charactersPerValue) this.#characters -= characters + 1 - charactersPerValue;
  }
}
