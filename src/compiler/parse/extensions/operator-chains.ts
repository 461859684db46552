import type { Node, Parser } from 'acorn';

interface OperatorInternals {
  readonly type: { readonly label: string; readonly binop?: number | null };
  parseExprOp(left: Node, position: number, location: unknown, precedence: number, forInit: unknown): Node;
}

/** A chain of operators that is being read. */
interface Chain {
  readonly position: number;
  readonly precedence: number;
  /** Whether another operator may follow. */
  goesOn: boolean;
}

/** Reads `a + b + c + …` in a loop, where acorn recurses for each operator: generated text may have thousands. */
export function withOperatorChains(base: typeof Parser): typeof Parser {
  class ChainParser extends (base as unknown as new (...parameters: unknown[]) => OperatorInternals) {
    #chain: Chain | undefined;

    override parseExprOp(left: Node, position: number, location: unknown, precedence: number, forInit: unknown): Node {
      const { binop, label } = this.type;
      // Most expressions have no operator. Some operators of TypeScript's are words.
      if (binop == null && label < 'A') return left;
      const outer = this.#chain;
      if (outer?.position === position && outer.precedence === precedence) {
        outer.goesOn = true;
        return left;
      }
      const chain: Chain = { position, precedence, goesOn: true };
      let read = left;
      try {
        while (chain.goesOn) {
          chain.goesOn = false;
          this.#chain = chain;
          read = super.parseExprOp(read, position, location, precedence, forInit);
        }
      } finally {
        this.#chain = outer;
      }
      return read;
    }
  }
  return ChainParser as unknown as typeof Parser;
}
