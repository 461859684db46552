import { tokTypes, type Node, type Parser } from 'acorn';

/** Members of the TypeScript parser for its subclass. */
interface ChoiceInternals {
  readonly start: number;
  readonly context: readonly unknown[];
  match(type: unknown): boolean;
  expect(type: unknown): void;
  unexpected(offset?: number): never;
  next(): void;
  startNodeAt(position: number, location: unknown): Node;
  finishNode(node: Node, type: string): Node;
  parseMaybeAssign(...parameters: unknown[]): Node;
  parseConditional(expression: Node, position: number, location: unknown, forInit: unknown, errors: unknown): Node;
  shouldParseArrow(list: readonly Node[]): boolean;
  shouldParseAsyncArrow(): boolean;
  tryParse(read: () => Node): { readonly node: Node | null };
}

/** Reads `a ? (b) : c => d` as a choice that ends in a function, where reading `(b): c => d` as a function led nowhere. */
export function withParenthesizedChoices(parser: typeof Parser): typeof Parser {
  class ChoosingParser extends (parser as unknown as new (...parameters: unknown[]) => ChoiceInternals) {
    /** How many brackets are open around the part of a choice between `?` and `:`. */
    #brackets = -1;
    /** Where such parts begin that no `:` follows otherwise. Trying them again would take exponential time. */
    readonly #withoutTypes = new Set<number>();

    override parseConditional(
      expression: Node,
      position: number,
      location: unknown,
      forInit: unknown,
      errors: unknown,
    ): Node {
      if (!this.match(tokTypes.question))
        return super.parseConditional(expression, position, location, forInit, errors);
      const node = this.startNodeAt(position, location);
      const consequent = this.#parseConsequent();
      this.expect(tokTypes.colon);
      Object.assign(node, { test: expression, consequent, alternate: this.parseMaybeAssign(forInit) });
      return this.finishNode(node, 'ConditionalExpression');
    }

    /** Functions with return types may be in it if a `:` follows then, as TypeScript decides it. */
    #parseConsequent(): Node {
      const around = this.#brackets;
      const { start } = this;
      const read = (): Node => {
        this.next();
        return this.parseMaybeAssign();
      };
      try {
        if (!this.#withoutTypes.has(start)) {
          this.#brackets = -1;
          const { node } = this.tryParse(() => {
            const consequent = read();
            return this.match(tokTypes.colon) ? consequent : this.unexpected();
          });
          if (node !== null) return node;
          this.#withoutTypes.add(start);
        }
        this.#brackets = this.context.length;
        return read();
      } finally {
        this.#brackets = around;
      }
    }

    get #isChoice(): boolean {
      return this.match(tokTypes.colon) && this.context.length === this.#brackets;
    }

    override shouldParseArrow(list: readonly Node[]): boolean {
      return !this.#isChoice && super.shouldParseArrow(list);
    }

    override shouldParseAsyncArrow(): boolean {
      return !this.#isChoice && super.shouldParseAsyncArrow();
    }
  }
  return ChoosingParser as unknown as typeof Parser;
}
