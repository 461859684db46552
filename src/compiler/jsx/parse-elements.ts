import { tokTypes, type Node, type Parser, type TokenType } from 'acorn';

/** Members of the TypeScript parser for its subclass. */
interface ElementInternals {
  readonly input: string;
  readonly start: number;
  readonly type: TokenType;
  pos: number;
  exprAllowed: boolean;
  readonly acornTypeScript: { readonly tokTypes: { readonly jsxName: TokenType } };
  readToken(code: number): void;
  finishToken(type: TokenType, value: string): void;
  parseStatement(...parameters: unknown[]): Node;
}

const name = /(?:[\p{ID_Continue}$-]|\u200c|\u200d)+/uy;

/** Reads an element at the start of a statement, where the statement before has no semicolon: the `<` was read as an operator. */
export function withElementStatements(base: typeof Parser): typeof Parser {
  class ElementParser extends (base as unknown as new (...parameters: unknown[]) => ElementInternals) {
    /** A name may have letters that take two characters. */
    jsx_readWord(): void {
      const start = this.pos;
      name.lastIndex = start;
      name.test(this.input);
      this.pos = name.lastIndex;
      this.finishToken(this.acornTypeScript.tokTypes.jsxName, this.input.slice(start, this.pos));
    }

    override parseStatement(...parameters: unknown[]): Node {
      if (this.type === tokTypes.relational && this.input[this.start] === '<') {
        this.pos = this.start;
        this.exprAllowed = true;
        this.readToken('<'.charCodeAt(0));
      }
      return super.parseStatement(...parameters);
    }
  }
  return ElementParser as unknown as typeof Parser;
}
