import type { EnumDeclarationNode, TemplateLiteral } from '../parse/nodes.js';
import { Rank } from '../output/edits.js';
import { enumInitializer } from './erase-imports.js';
import type { ErasedText } from './erase-text.js';
import { forEachChild, isNode, propertyKey, unwrapped, type SyntaxNode } from '../parse/syntax.js';

/** How an enum is declared in JavaScript. */
export interface EnumDeclaration {
  /** Statements that make `object` an empty object; text on one line, which may be empty if it already is one. */
  readonly statement: string;
  /** Expression for the object. */
  readonly object: string;
}

type Constant = number | string;
type Members = Map<string, Constant | undefined>;

interface Member {
  readonly key: string;
  readonly constant: Constant | undefined;
}

/**
 * Turns enums into statements that fill an object, in place: `enum E { a, b = f() }` into
 * `var E = {}; E[E["a"] = 0] = "a"; E[E["b"] = f()] = "b";`. Members whose values are constants, as TypeScript has them
 * (https://www.typescriptlang.org/docs/handbook/enums.html#computed-and-constant-members), are written as values; the
 * initializers of others stay where they are, so that edits of theirs stay too.
 */
export class EnumEraser {
  /** By the name of the enum. Scopes share the map, since lookups name only enums in scope. */
  readonly #enums = new Map<string, Members>();
  readonly #references = new Set<SyntaxNode>();

  constructor(readonly text: ErasedText) {}

  /** Identifiers in initializers that name an earlier member, and were edited to read it from the object. */
  get references(): ReadonlySet<SyntaxNode> {
    return this.#references;
  }

  /** `merged`: whether an enum of this name stands before it in the same list of statements. */
  erase(node: EnumDeclarationNode, merged: boolean, { statement, object }: EnumDeclaration): void {
    const name = node.id.name;
    const members: Members = (merged ? this.#enums.get(name) : undefined) ?? new Map<string, Constant | undefined>();
    this.#enums.set(name, members);
    let at = node.start;
    let before = statement;
    let previous: Member | undefined;
    for (const member of node.members ?? []) {
      const key = String(member.id.name ?? member.id.value);
      const initializer = enumInitializer(member);
      const target = `${object}[${JSON.stringify(key)}]`;
      const constant = initializer === undefined ? this.#following(member, previous) : this.#fold(initializer, members);
      this.text.replace({ start: at, end: member.start }, before);
      before = '';
      if (initializer === undefined || constant !== undefined) {
        const value = JSON.stringify(constant);
        const assignment = `${target} = ${Object.is(constant, -0) ? '-0' : value}`;
        const filled = typeof constant === 'string' ? assignment : `${object}[${assignment}] = ${JSON.stringify(key)}`;
        this.text.replace(member, ` ${filled};`);
      } else {
        this.#readMembers(initializer, members, object);
        this.text.replace({ start: member.start, end: initializer.start }, ` ${object}[${target} = `);
        this.text.edits.insert(initializer.end, `] = ${JSON.stringify(key)};`, Rank.erase);
      }
      members.set(key, constant);
      previous = { key, constant };
      at = member.end;
    }
    this.text.replace({ start: at, end: node.end }, before);
  }

  #following(member: SyntaxNode, previous: Member | undefined): number {
    if (previous === undefined) return 0;
    if (typeof previous.constant === 'number') return previous.constant + 1;
    const hint = `because "${previous.key}" before it is not a constant number`;
    throw this.text.error(member, `This enum member needs a value, ${hint}. Write \`= …\`.`);
  }

  /** The value of a constant expression, `undefined` if it is none. */
  #fold(expression: SyntaxNode, members: Members): Constant | undefined {
    const node = unwrapped(expression);
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'number' || typeof node.value === 'string' ? finite(node.value) : undefined;
      case 'Identifier':
        return members.get(node.name);
      case 'MemberExpression': {
        const name = node.computed === true ? node.property.value : node.property.name;
        const known = node.object.type === 'Identifier' ? this.#enums.get(node.object.name) : undefined;
        return typeof name === 'string' ? known?.get(name) : undefined;
      }
      case 'TemplateLiteral':
        return this.#foldTemplate(node, members);
      case 'UnaryExpression': {
        const value = this.#fold(node.argument, members);
        return typeof value === 'number' ? finite(unary(node.operator, value)) : undefined;
      }
      case 'BinaryExpression': {
        const left = this.#fold(node.left, members);
        const right = this.#fold(node.right, members);
        if (left === undefined || right === undefined) return undefined;
        if (typeof left === 'number' && typeof right === 'number') return finite(binary(node.operator, left, right));
        return node.operator === '+' ? `${left}${right}` : undefined;
      }
      default:
        return undefined;
    }
  }

  #foldTemplate(node: TemplateLiteral, members: Members): string | undefined {
    const { quasis, expressions } = node as unknown as {
      readonly quasis: readonly { readonly value: { readonly cooked: string } }[];
      readonly expressions: readonly SyntaxNode[];
    };
    const values = expressions.map((expression) => this.#fold(expression, members));
    if (values.includes(undefined)) return undefined;
    return quasis.map(({ value }, index) => value.cooked + String(values[index] ?? '')).join('');
  }

  /** Lets an initializer that stays read the members it names. */
  #readMembers(node: SyntaxNode, members: Members, object: string): void {
    if (node.type === 'Identifier') {
      if (!members.has(node.name)) return;
      this.text.replace(node, `${object}[${JSON.stringify(node.name)}]`);
      this.#references.add(node);
      return;
    }
    if (node.type === 'Property' && node.shorthand === true) {
      const value = node.value;
      if (members.has(value.name ?? '')) {
        this.text.replace(node, `${propertyKey(value.name!)}: ${object}[${JSON.stringify(value.name)}]`);
        this.#references.add(value);
      }
      return;
    }
    forEachChild(node, (child) => {
      const named = child === node.property || child === node.key;
      if (!named || node.computed === true) this.#readMembers(child, members, object);
    });
  }
}

/** The enum that a statement declares, exported or not. */
export function enumOf(statement: SyntaxNode): EnumDeclarationNode | undefined {
  const declaration = isNode(statement.declaration) ? statement.declaration : statement;
  return declaration.type === 'TSEnumDeclaration' && declaration.declare !== true ? declaration : undefined;
}

function finite(value: Constant | undefined): Constant | undefined {
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}

function unary(operator: string, value: number): number | undefined {
  switch (operator) {
    case '+':
      return value;
    case '-':
      return -value;
    case '~':
      return ~value;
    default:
      return undefined;
  }
}

function binary(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    case '|':
      return left | right;
    case '&':
      return left & right;
    case '^':
      return left ^ right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '>>>':
      return left >>> right;
    default:
      return undefined;
  }
}
