import { tokTypes, type Node, type Parser, type TokenType } from 'acorn';
import type { SyntaxNode } from '../syntax.js';

/** Members of the parser of `@sveltejs/acorn-typescript` for its subclasses. */
interface TypeScriptInternals {
  value: unknown;
  readonly start: number;
  readonly lastTokEnd: number;
  readonly input: string;
  readonly context: readonly unknown[];
  readonly decoratorStack: readonly (readonly Node[])[];
  readonly acornTypeScript: { tokenIsIdentifier(type: TokenType): boolean };
  type: TokenType;
  inType: boolean;
  yieldPos: number;
  awaitPos: number;
  getTokenFromCode(code: number): unknown;
  match(type: unknown): boolean;
  eat(type: unknown): boolean;
  expect(type: unknown): void;
  unexpected(offset?: number): never;
  isContextual(name: string): boolean;
  isAbstractClass(): boolean;
  next(): void;
  startNode(): Node;
  startNodeAt(position: number, location: unknown): Node;
  finishNode(node: Node, type: string): Node;
  raise(offset: number, message: string): never;
  canInsertSemicolon(): boolean;
  insertSemicolon(): boolean;
  tsMatchLeftRelational(): boolean;
  readonly tsParseConstModifier: (node: Node) => void;
  parseExprAtom(...parameters: unknown[]): Node;
  parseIdent(liberal?: boolean): Node;
  parsePrivateIdent(): Node;
  parseClassId(node: Node, isStatement: boolean | 'nullableID'): void;
  parseLabeledStatement(node: Node, name: string, label: Node, context: null): Node;
  parseExpressionStatement(node: Node, expression: Node): Node;
  tsParseExpressionStatement(node: Node, expression: Node): Node | undefined;
  tsParseEntityName(): Node;
  tsParseImportType(): Node;
  tsParseType(): Node;
  tsParseTypeOperatorOrHigher(): Node;
  tsParseTypeParameter(parseModifiers?: (node: Node) => void): Node;
  parseLiteral(value: unknown): Node;
  parseTemplate(options?: object): Node;
  parseMaybeAssign(...parameters: unknown[]): Node;
  tsParseTypeParameters(...parameters: unknown[]): Node;
  tsTryParseTypeParameters(parseModifiers: unknown): Node | undefined;
  readonly parseEffects: { truncate(list: readonly unknown[], length: number): void };
  parseExprOp(left: Node, ...parameters: unknown[]): Node;
  lookaheadCharCode(): number;
  tsParseTypeAssertion(): Node;
  tsTryNextParseConstantContext(): Node | undefined;
  tsNextThenParseType(): Node;
  parseMaybeUnary(): Node;
  parseClass(node: Node, isStatement: true | 'nullableID'): Node;
  parseExport(node: Node, exports: unknown): Node;
  parseExportDeclaration(node: Node): Node;
  parseExportDefaultDeclaration(): Node;
  parseDecorators(): void;
  parseDecorator(): Node;
  tsParseDeclaration(...parameters: unknown[]): Node | undefined;
  tsParseHeritageClause(...parameters: unknown[]): readonly Node[];
  parseImport(node: Node): Node;
  toAssignable(node: Node, isBinding?: boolean, errors?: unknown, keepsTypes?: boolean): Node;
  tsParseEnumMember(): Node;
  tsParseTypeArguments(inExpression?: boolean): Node;
  tsParseTypeArgumentsInExpression(): Node | undefined;
  parseSubscript(...parameters: unknown[]): Node;
  tsTryParseGenericAsyncArrowFunction(position: number, location: unknown, forInit: unknown): Node | undefined;
}

type Base = new (...parameters: unknown[]) => TypeScriptInternals;

const typeOperator: TokenType = { ...tokTypes.name, startsExpr: false } as TokenType;
const asyncValue = /async\s+(?:as|satisfies)\b(?!\s*=>)/y;
const typeNamedFrom = /import\s+type\s+from\s+from\b/y;
const unassignable = /^TS(?:As|Satisfies)Expression$|^TSTypeAssertion$/;
const uniqueType = /unique\b(?!\s+symbol\b)/y;

/** Adds TypeScript syntax that the parser refuses. */
export function withMissingSyntax(parser: typeof Parser): typeof Parser {
  class CompleteParser extends (parser as unknown as Base) {
    // A reading that failed once at a place fails there again. Retrying nested readings would take exponential time.
    readonly #noTypeArguments = new Set<number>();
    readonly #noAsyncArrows = new Set<number>();
    /** The failure of what starts with `<` and is no function with type parameters. */
    readonly #noArrows = new Map<number, unknown>();
    /** The token that stands for `as` or `satisfies` after type arguments. */
    #operator: TokenType = tokTypes.name;

    override tsParseTypeArguments(inExpression?: boolean): Node {
      const { start } = this;
      if (this.#noTypeArguments.has(start)) this.unexpected();
      try {
        return super.tsParseTypeArguments(inExpression);
      } catch (error) {
        this.#noTypeArguments.add(start);
        throw error;
      }
    }

    override parseMaybeAssign(...parameters: unknown[]): Node {
      const { start } = this;
      if (this.input[start] !== '<') return super.parseMaybeAssign(...parameters);
      try {
        const node = super.parseMaybeAssign(...parameters);
        if (node.type !== 'ArrowFunctionExpression') this.#noArrows.set(start, undefined);
        return node;
      } catch (error) {
        this.#noArrows.set(start, error);
        throw error;
      }
    }

    /** `function* <T>() {}` with elements of JSX: the tokenizer took `<` for the start of one. */
    override tsTryParseTypeParameters(parseModifiers: unknown): Node | undefined {
      if (this.type.label === 'jsxTagStart') {
        this.parseEffects.truncate(this.context, this.context.length - 2);
        this.type = tokTypes.relational;
        this.value = '<';
      }
      return super.tsTryParseTypeParameters(parseModifiers);
    }

    /** The parser takes `<T>` without an expression for one. */
    override tsParseTypeAssertion(): Node {
      const node = this.startNode();
      const typeAnnotation = this.tsTryNextParseConstantContext() ?? this.tsNextThenParseType();
      this.expect(tokTypes.relational);
      Object.assign(node, { typeAnnotation, expression: this.parseMaybeUnary() });
      return this.finishNode(node, 'TSTypeAssertion');
    }

    override tsParseTypeParameters(...parameters: unknown[]): Node {
      if (this.#noArrows.has(this.start)) throw this.#noArrows.get(this.start) ?? this.unexpected();
      return super.tsParseTypeParameters(...parameters);
    }

    override tsTryParseGenericAsyncArrowFunction(
      position: number,
      location: unknown,
      forInit: unknown,
    ): Node | undefined {
      if (this.#noAsyncArrows.has(position)) return undefined;
      // The parser refuses parameters with `await`, and forgets that the `await` that it saw was before them.
      const { yieldPos, awaitPos } = this;
      this.yieldPos = this.awaitPos = 0;
      const arrow = super.tsTryParseGenericAsyncArrowFunction(position, location, forInit);
      Object.assign(this, { yieldPos, awaitPos });
      if (arrow === undefined) this.#noAsyncArrows.add(position);
      return arrow;
    }

    /** `f<T> as U` is no comparison: what follows the type arguments is an operator. */
    override tsParseTypeArgumentsInExpression(): Node | undefined {
      const typeArguments = super.tsParseTypeArgumentsInExpression();
      if (this.isContextual('as') || this.isContextual('satisfies')) {
        this.#operator = this.type;
        this.type = typeOperator;
      }
      return typeArguments;
    }

    override parseSubscript(...parameters: unknown[]): Node {
      const expression = super.parseSubscript(...parameters);
      if (this.type === typeOperator) this.type = this.#operator;
      return expression;
    }

    /** A field that ends with its type may be followed by a decorator. */
    override getTokenFromCode(code: number): unknown {
      if (!this.inType || code !== '@'.charCodeAt(0)) return super.getTokenFromCode(code);
      this.inType = false;
      const token = super.getTokenFromCode(code);
      this.inType = true;
      return token;
    }

    /** `<T extends U>(x: T) => x` with elements of JSX. */
    reportReservedArrowTypeParam(): void {}

    /** `type`, `declare` and other contextual keywords have their own tokens: here they are names. */
    #takeName(): void {
      if (this.acornTypeScript.tokenIsIdentifier(this.type)) this.type = tokTypes.name;
    }

    /** A label, or a name that is a statement of its own. */
    override parseExpressionStatement(node: Node, expression: Node): Node {
      const name = expression.type === 'Identifier' && (expression as Node & { readonly name: string }).name;
      return name !== false && this.eat(tokTypes.colon)
        ? this.parseLabeledStatement(node, name, expression, null)
        : super.parseExpressionStatement(node, expression);
    }

    override tsParseExpressionStatement(node: Node, expression: Node): Node | undefined {
      const { start, name } = expression as Node & { readonly name: string };
      const isKeyword = !this.match(tokTypes.semi) && this.input.startsWith(name, start);
      return isKeyword ? super.tsParseExpressionStatement(node, expression) : undefined;
    }

    /** `type as = T` names a type, and `type as T` is an expression. */
    override parseExprOp(left: Node, ...parameters: unknown[]): Node {
      const { name } = left as Node & { readonly name?: string };
      const namesType =
        name === 'type' &&
        (this.isContextual('as') || this.isContextual('satisfies')) &&
        this.lookaheadCharCode() === '='.charCodeAt(0);
      return namesType ? left : super.parseExprOp(left, ...parameters);
    }

    /** Where a statement does not end after `break`, its label follows. */
    override insertSemicolon(): boolean {
      if (super.insertSemicolon()) return true;
      this.#takeName();
      return false;
    }

    /** `export default class implements T {}` has no name. */
    override parseClassId(node: Node, isStatement: boolean | 'nullableID'): void {
      if (isStatement !== true && this.isContextual('implements')) return;
      this.#takeName();
      super.parseClassId(node, isStatement);
    }

    /** After `async` comes the parameter of a function, or the key of a method. */
    override parseIdent(liberal?: boolean): Node {
      // `typeof this.#a` as a type
      if (this.inType && this.type.label === 'privateId') return this.parsePrivateIdent();
      const node = super.parseIdent(liberal);
      if ((node as Node & { readonly name: string }).name === 'async' && !this.canInsertSemicolon()) this.#takeName();
      return node;
    }

    /** `import type from from 'x'` */
    override parseImport(node: Node): Node {
      typeNamedFrom.lastIndex = this.start;
      if (!typeNamedFrom.test(this.input)) return super.parseImport(node);
      this.next();
      return Object.assign(super.parseImport(node), { importKind: 'type' });
    }

    /** `async as T` */
    override parseExprAtom(...parameters: unknown[]): Node {
      asyncValue.lastIndex = this.start;
      return asyncValue.test(this.input) ? this.parseIdent(false) : super.parseExprAtom(...parameters);
    }

    /** `unique` is a name where no `symbol` follows. */
    override tsParseTypeOperatorOrHigher(): Node {
      uniqueType.lastIndex = this.start;
      if (uniqueType.test(this.input)) this.#takeName();
      return super.tsParseTypeOperatorOrHigher();
    }

    /** `<const T>() => T` as a type. */
    override tsParseTypeParameter(parseModifiers = this.tsParseConstModifier): Node {
      return super.tsParseTypeParameter(parseModifiers);
    }

    /** `import('x', { with: { 'resolution-mode': 'import' } })` as a type. */
    override tsParseImportType(): Node {
      const node = this.startNode();
      this.next();
      this.expect(tokTypes.parenL);
      if (!this.match(tokTypes.string)) this.raise(this.start, 'The module of a type import must be a string.');
      this.next();
      if (this.eat(tokTypes.comma) && !this.match(tokTypes.parenR)) {
        this.tsParseType();
        this.eat(tokTypes.comma);
      }
      this.expect(tokTypes.parenR);
      if (this.eat(tokTypes.dot)) this.tsParseEntityName();
      if (this.tsMatchLeftRelational()) this.tsParseTypeArguments();
      return this.finishNode(node, 'TSImportType');
    }

    /** A key of an enum may be a template, and in brackets. */
    override tsParseEnumMember(): Node {
      if (!this.match(tokTypes.bracketL) && !this.match(tokTypes.backQuote)) return super.tsParseEnumMember();
      const node = this.startNode();
      const isComputed = this.eat(tokTypes.bracketL);
      if (!this.match(tokTypes.backQuote) && !this.match(tokTypes.string)) this.unexpected();
      const id = this.match(tokTypes.backQuote) ? constantOf(this.parseTemplate()) : this.parseLiteral(this.value);
      if (isComputed) this.expect(tokTypes.bracketR);
      Object.assign(node, { id }, this.eat(tokTypes.eq) ? { initializer: this.parseMaybeAssign() } : {});
      return this.finishNode(node, 'TSEnumMember');
    }

    /** `for ((x as T) of y)` */
    override toAssignable(node: Node, isBinding?: boolean, errors?: unknown, keepsTypes?: boolean): Node {
      // `x as T = y`, where `[x as T] = y` is one.
      if (unassignable.test(node.type) && this.match(tokTypes.eq) && node.end === this.lastTokEnd) this.unexpected();
      return super.toAssignable(
        node,
        isBinding === true || this.isContextual('of') || this.match(tokTypes._in),
        errors,
        keepsTypes,
      );
    }

    /** The parser goes on after the `module` of `declare module }`. */
    override tsParseDeclaration(...parameters: unknown[]): Node | undefined {
      const { start } = this;
      const declaration = super.tsParseDeclaration(...parameters);
      return declaration === undefined && this.start !== start ? this.unexpected() : declaration;
    }

    override tsParseHeritageClause(...parameters: unknown[]): readonly Node[] {
      const list = super.tsParseHeritageClause(...parameters);
      if (this.input[this.lastTokEnd - 1] === ',') this.unexpected();
      return list;
    }

    override parseDecorator(): Node {
      const decorator = super.parseDecorator();
      if (this.match(tokTypes.semi) || this.match(tokTypes.braceR)) this.unexpected();
      return decorator;
    }

    override parseExport(node: Node, exports: unknown): Node {
      const { start } = this;
      const statement = super.parseExport(node, exports);
      const { declaration } = statement as Node & {
        readonly declaration?: (Node & { readonly decorators?: readonly Node[] }) | null;
      };
      const decorators = declaration?.decorators ?? [];
      const last = decorators.at(-1);
      if (last !== undefined && last.start > start && decorators[0]!.start < start)
        this.raise(last.start, 'Decorators stand before `export` or after it.');
      const decorator = this.decoratorStack.at(-1)?.[0];
      if (decorator !== undefined) this.raise(decorator.start, 'Only a class can have decorators.');
      return statement;
    }

    override parseExportDeclaration(node: Node): Node {
      const { start } = this;
      const declaration = super.parseExportDeclaration(node);
      if (declaration.type.endsWith('Statement')) this.raise(start, 'A name must follow on the same line.');
      return declaration;
    }

    /** `export default @d class C {}` declares C, and `export default abstract class {}` needs no name. */
    override parseExportDefaultDeclaration(): Node {
      if (this.type.label === '@') this.parseDecorators();
      if (!this.isAbstractClass()) return super.parseExportDefaultDeclaration();
      const node = this.startNode();
      this.next();
      Object.assign(node, { abstract: true });
      return this.parseClass(node, 'nullableID');
    }
  }
  return CompleteParser as unknown as typeof Parser;
}

/** A template without substitutions as a literal. */
function constantOf(template: Node): Node {
  const { quasis } = template as Node & { readonly quasis: readonly { readonly value: { readonly cooked: string } }[] };
  const { type, start, end }: Pick<SyntaxNode, 'type' | 'start' | 'end'> = {
    type: 'Literal',
    start: template.start,
    end: template.end,
  };
  return { type, start, end, value: quasis.map(({ value }) => value.cooked).join('') } as unknown as Node;
}
