import type { FunctionNode } from './nodes.js';
import type { Token } from './syntax.js';

/** Finds the punctuation of a source, which no node stands for. */
export class TokenIndex {
  constructor(readonly tokens: readonly Token[]) {}

  /** The first token with this label that starts at an offset or after it. */
  after(offset: number, label: string): Token {
    for (let index = this.#from(offset); index < this.tokens.length; index++) {
      if (this.tokens[index]!.label === label) return this.tokens[index]!;
    }
    throw new RangeError(`Expected a token ${label} after offset ${offset}, but the source has none.`);
  }

  /** The last token with this label that starts before an offset. */
  before(offset: number, label: string): Token {
    for (let index = this.#from(offset) - 1; index >= 0; index--) {
      if (this.tokens[index]!.label === label) return this.tokens[index]!;
    }
    throw new RangeError(`Expected a token ${label} before offset ${offset}, but the source has none.`);
  }

  /** The first token that starts at an offset or after it. */
  from(offset: number): Token | undefined {
    return this.tokens[this.#from(offset)];
  }

  /** The last token that starts before an offset. */
  previous(offset: number): Token | undefined {
    return this.tokens[this.#from(offset) - 1];
  }

  /** The parenthesis that closes the parameters of a function with a body of statements. */
  closeOfParameters(node: FunctionNode): Token {
    const last = node.params?.at(-1);
    if (last !== undefined) return this.after(last.end, ')');
    const { typeParameters } = node;
    return this.after(this.after(typeParameters?.end ?? node.id?.end ?? node.start, '(').end, ')');
  }

  /** Index of the first token that starts at an offset or after it. */
  #from(offset: number): number {
    let low = 0;
    let high = this.tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tokens[middle]!.start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
