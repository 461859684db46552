import { tokTypes, type Node, type Parser } from 'acorn';

/** Members of the TypeScript parser for its subclass. */
interface ParameterInternals {
  isAmbientContext: boolean;
  match(type: unknown): boolean;
  raise(offset: number, message: string): never;
  raiseRecoverable(offset: number, message: string): void;
  parseMethod(...parameters: unknown[]): Node;
  parseBindingList(close: unknown, ...parameters: unknown[]): readonly Node[];
  parseBindingListItem(param: Node): Node;
  parseFunctionBody(node: Node, isArrow: boolean, ...parameters: unknown[]): Node;
  checkParams(node: FunctionParts, ...parameters: unknown[]): void;
}

interface FunctionParts {
  params: readonly (Node & { readonly name?: string })[];
}

/** Reads parameters as TypeScript does: `this` of accessors, and optional patterns in overloads. */
export function withParameters(parser: typeof Parser): typeof Parser {
  class ParameterParser extends (parser as unknown as new (...parameters: unknown[]) => ParameterInternals) {
    /** How many parameters the last method has, without `this`. */
    #parameters = 0;
    #isArrayPattern = false;
    /** Whether the function whose body comes next is an arrow, which has no `this`. */
    #isArrow = false;

    /** An accessor may tell its `this`. */
    override parseMethod(...parameters: unknown[]): Node {
      const method = super.parseMethod(...parameters);
      const { params } = method as Node & { readonly params: readonly (Node & { readonly name?: string })[] };
      this.#parameters = params.length - (params[0]?.name === 'this' ? 1 : 0);
      return method;
    }

    override raiseRecoverable(offset: number, message: string): void {
      const expected = message.startsWith('getter should') ? 0 : message.startsWith('setter should') ? 1 : undefined;
      if (expected === undefined || expected !== this.#parameters) super.raiseRecoverable(offset, message);
    }

    /** Whether a function has a body shows only after its parameters. */
    override parseBindingListItem(param: Node): Node {
      // The types of `[a, b]` stand after it.
      if (this.#isArrayPattern) return param;
      const { isAmbientContext } = this;
      this.isAmbientContext = true;
      super.parseBindingListItem(param);
      this.isAmbientContext = isAmbientContext;
      return param;
    }

    override parseBindingList(close: unknown, ...parameters: unknown[]): readonly Node[] {
      const around = this.#isArrayPattern;
      this.#isArrayPattern = close === tokTypes.bracketR;
      const list = super.parseBindingList(close, ...parameters);
      this.#isArrayPattern = around;
      return list;
    }

    override parseFunctionBody(node: Node, isArrow: boolean, ...parameters: unknown[]): Node {
      const { params } = node as Node & { readonly params: readonly (Node & { readonly optional?: boolean })[] };
      const optional = params.find((param) => param.type !== 'Identifier' && param.optional === true);
      if (!isArrow && optional !== undefined && this.match(tokTypes.braceL))
        this.raise(optional.start, 'A pattern can be optional only in an overload. Give it a default value: `= {}`.');
      this.#isArrow = isArrow;
      return super.parseFunctionBody(node, isArrow, ...parameters);
    }

    override checkParams(node: FunctionParts, ...parameters: unknown[]): void {
      const { params } = node;
      if (!this.#isArrow && params[0]?.name === 'this') node.params = params.slice(1);
      super.checkParams(node, ...parameters);
      node.params = params;
    }
  }
  return ParameterParser as unknown as typeof Parser;
}
