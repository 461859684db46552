import type { EditedText } from './edits.js';
import { pairedFunctions } from './function-sources.js';
import { visitReferences } from '../parse/references.js';
import {
  addLexicalNames,
  blockScope,
  forEachBinding,
  forEachVar,
  forScope,
  functionScope,
  isDeclared,
  nameScope,
  patternScope,
  staticBlockScope,
  type Scope,
} from '../parse/scopes.js';
import { bodyList, forEachChild, isFunction, type SyntaxNode } from '../parse/syntax.js';
import type { FunctionOrigin } from '../types.js';

/**
 * Text of each function, method and class in the output, to what it takes to make it anew: its own text, and what it uses
 * of the functions around it, which is gone with them.
 * @param unit what the program is: names of a cell's top level are the namespace's, those of a module its own
 */
export function functionOrigins(
  program: SyntaxNode,
  text: EditedText,
  unit: 'cell' | 'module' | 'script',
): ReadonlyMap<string, FunctionOrigin> {
  const functions = pairedFunctions(program, text);
  const captures = new CaptureWalk(new Set(functions.map(([, { node }]) => node)));
  captures.walk(program, topLevelScope(program, unit));
  return new Map(
    functions.map(([generated, { source, node }]) => [
      generated,
      { source, captured: captures.of(node), hasPrivate: isClass(node) && hasPrivateMember(node) },
    ]),
  );
}

/** What of the top level is no name of the namespace. */
function topLevelScope(program: SyntaxNode, unit: 'cell' | 'module' | 'script'): Scope | undefined {
  if (unit === 'cell') return undefined;
  const names = new Set<string>();
  for (const statement of bodyList(program)) {
    if (unit === 'script' && statement.type === 'FunctionDeclaration') continue;
    addLexicalNames([statement], names);
    for (const { local } of statement.specifiers ?? [])
      if (statement.type === 'ImportDeclaration') names.add(local!.name!);
  }
  if (unit === 'module') {
    forEachVar(program, ({ declarations }) => {
      for (const { id } of declarations ?? []) forEachBinding(id, ({ name }) => names.add(name!));
    });
  }
  return { names, parent: undefined };
}

/** Walks a program with the scopes around each function, and notes what the function uses of them. */
class CaptureWalk {
  readonly #functions: ReadonlySet<SyntaxNode>;
  readonly #captured = new Map<SyntaxNode, readonly string[]>();

  constructor(functions: ReadonlySet<SyntaxNode>) {
    this.#functions = functions;
  }

  of(node: SyntaxNode): readonly string[] {
    return this.#captured.get(node) ?? [];
  }

  /** @param hasThis whether a function, method or class around the node gives it a `this` */
  walk(node: SyntaxNode, scope: Scope | undefined, hasThis = false): void {
    if (this.#functions.has(node)) {
      const names = freeNames(node).filter((name) => isDeclared(scope, name));
      this.#captured.set(node, [...names, ...(hasThis ? thisNames(node) : [])]);
    }
    const inner = scopeOf(node, scope);
    const inside = hasThis || givesThis(node);
    forEachChild(node, (child) => this.walk(child, inner, inside));
  }
}

function scopeOf(node: SyntaxNode, scope: Scope | undefined): Scope | undefined {
  if (isFunction(node)) return functionScope(node, scope);
  switch (node.type) {
    case 'BlockStatement':
      return blockScope(bodyList(node), scope);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return node.id == null ? scope : nameScope(node.id, scope);
    case 'StaticBlock':
    case 'TSModuleBlock':
      return staticBlockScope(node, scope);
    case 'SwitchStatement':
      return blockScope(
        (node.cases ?? []).flatMap((one) => one.consequent as readonly SyntaxNode[]),
        scope,
      );
    case 'CatchClause':
      return patternScope(node.param, scope);
    case 'ForStatement':
      return forScope(node.init, scope);
    case 'ForInStatement':
    case 'ForOfStatement':
      return forScope(node.left, scope);
    default:
      return scope;
  }
}

/** Names that the function uses and does not declare. */
function freeNames(node: SyntaxNode): string[] {
  const names = new Set<string>();
  const value = node.type === 'MethodDefinition' || node.type === 'Property' ? (node.value as SyntaxNode) : node;
  const statement: SyntaxNode = { type: 'ExpressionStatement', start: node.start, end: node.end, expression: value };
  visitReferences(
    { type: 'Program', start: node.start, end: node.end, body: [statement] },
    {
      reference: (identifier) => names.add(identifier.name!),
      named: () => undefined,
      declaration: () => false,
    },
  );
  return [...names];
}

const isClass = (node: SyntaxNode): boolean => node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

const givesThis = (node: SyntaxNode): boolean =>
  node.type === 'FunctionDeclaration' ||
  node.type === 'FunctionExpression' ||
  node.type === 'PropertyDefinition' ||
  node.type === 'StaticBlock';

/** `this` and `super` of an arrow function are those of the function around it; `super` of a method those of its object. */
function thisNames(node: SyntaxNode): string[] {
  if (node.type !== 'ArrowFunctionExpression') return [];
  const names = new Set<string>();
  const visit = (part: SyntaxNode): void => {
    if (part.type === 'ThisExpression') names.add('this');
    else if (part.type === 'Super') names.add('super');
    else if (!givesThis(part)) forEachChild(part, visit);
  };
  visit(node);
  return [...names];
}

function hasPrivateMember(node: SyntaxNode): boolean {
  return bodyList(node.body as SyntaxNode).some(
    (member) =>
      member.key?.type === 'PrivateIdentifier' || member.type === 'AccessorProperty' || member.accessor === true,
  );
}
