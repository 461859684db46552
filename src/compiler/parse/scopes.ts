import type { FunctionDeclaration, FunctionNode, Identifier, VariableDeclaration } from './nodes.js';
import { bodyList, forEachChild, isTypeOnly, unwrapped, type SyntaxNode } from './syntax.js';

/** The names that one function, block or clause declares, and the enclosing scope. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

export function isDeclared(scope: Scope | undefined, name: string): boolean {
  for (let at = scope; at !== undefined; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

/** Every name that is declared in a scope or around it. */
export function scopeNames(scope: Scope | undefined): Set<string> {
  const names = new Set<string>();
  for (let at = scope; at !== undefined; at = at.parent) for (const name of at.names) names.add(name);
  return names;
}

/** Calls back for each identifier that a pattern binds. */
export function forEachBinding(pattern: SyntaxNode | null | undefined, visit: (identifier: Identifier) => void): void {
  if (pattern === null || pattern === undefined) return;
  switch (pattern.type) {
    case 'Identifier':
      visit(pattern);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties ?? []) {
        forEachBinding(property.type === 'RestElement' ? property : property.value, visit);
      }
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements ?? []) forEachBinding(element, visit);
      return;
    case 'AssignmentPattern':
      forEachBinding(pattern.left, visit);
      return;
    case 'RestElement':
      forEachBinding(pattern.argument, visit);
      return;
    case 'TSParameterProperty':
      forEachBinding(pattern.parameter, visit);
      return;
    default:
      return;
  }
}

/** Where a `var` of the same function may stand. */
const holdsStatements: ReadonlySet<string> = new Set([
  'BlockStatement',
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'TryStatement',
  'CatchClause',
  'LabeledStatement',
  'SwitchStatement',
  'SwitchCase',
  'WithStatement',
  'ExportNamedDeclaration',
]);

/** Calls back for each `var` of a function or program, including blocks, excluding nested functions. */
export function forEachVar(root: SyntaxNode, visit: (declaration: VariableDeclaration) => void): void {
  forEachChild(root, visitVars, visit);
}

function visitVars(node: SyntaxNode, visit: (declaration: VariableDeclaration) => void): void {
  if (node.type === 'VariableDeclaration') {
    if (node.kind === 'var') visit(node);
  } else if (holdsStatements.has(node.type)) forEachChild(node, visitVars, visit);
}

const declaresItsName: ReadonlySet<string> = new Set([
  'ClassDeclaration',
  'FunctionDeclaration',
  'TSEnumDeclaration',
  'TSModuleDeclaration',
  'TSImportEqualsDeclaration',
]);

/**
 * Functions in blocks of a sloppy function or program that are variables of it as well: where a `var` in place of one would
 * not be an error (ECMA-262, B.3.2).
 */
export function functionsOfBlocks(
  root: SyntaxNode,
): { readonly node: FunctionDeclaration; readonly parent: SyntaxNode }[] {
  const found: { node: FunctionDeclaration; parent: SyntaxNode }[] = [];
  const lexical = new Set<string>();
  addLexicalNames(
    bodyList(root).filter(({ type }) => type !== 'FunctionDeclaration'),
    lexical,
  );
  const visit = (node: SyntaxNode, hidden: ReadonlySet<string>): void => {
    forEachChild(node, (child) => {
      if (child.type === 'FunctionDeclaration') {
        const isPlain = child.async !== true && child.generator !== true;
        if (node !== root && isPlain && !hidden.has(child.id!.name!)) found.push({ node: child, parent: node });
      } else if (holdsStatements.has(child.type)) visit(child, new Set([...hidden, ...namesAround(child)]));
    });
  };
  visit(root, lexical);
  return found;
}

/** Names that a statement declares for its inner statements, except functions of its own list. */
function namesAround(node: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  const isLexical = ({ type }: SyntaxNode): boolean => type !== 'FunctionDeclaration';
  if (node.type === 'BlockStatement') addLexicalNames(bodyList(node).filter(isLexical), names);
  else if (node.type === 'SwitchStatement')
    addLexicalNames((node.cases ?? []).flatMap((one) => one.consequent).filter(isLexical), names);
  else if (node.type === 'CatchClause' && node.param?.type !== 'Identifier')
    forEachBinding(node.param, ({ name }) => names.add(name));
  else if (node.type.startsWith('For'))
    for (const name of forScope(node.init ?? node.left, undefined)?.names ?? []) names.add(name);
  return names;
}

/** Names that a list of statements declares for itself: `let`, `const`, `using`, classes, functions, enums. */
export function addLexicalNames(statements: readonly SyntaxNode[], names: Set<string>): void {
  for (const statement of statements) {
    if (isTypeOnly(statement)) continue;
    const declaration =
      statement.type.startsWith('Export') && statement.declaration != null ? statement.declaration : statement;
    if (declaration.type === 'VariableDeclaration' && declaration.kind !== 'var') {
      for (const { id } of declaration.declarations ?? []) forEachBinding(id, ({ name }) => names.add(name));
    } else if (declaresItsName.has(declaration.type) && declaration.id != null) {
      names.add(declaration.id.name!);
    }
  }
}

function addVarNames(root: SyntaxNode, names: Set<string>): void {
  forEachVar(root, (declaration) => {
    for (const { id } of declaration.declarations ?? []) forEachBinding(id, ({ name }) => names.add(name));
  });
}

/** The scope of a function's parameters: the parameters and the enclosing scope, without the body. */
export function parameterScope(node: FunctionNode, parent: Scope | undefined): Scope {
  const names = new Set<string>();
  for (const param of node.params ?? []) forEachBinding(param, ({ name }) => names.add(name));
  if (node.type !== 'ArrowFunctionExpression') names.add('arguments');
  return { names, parent: node.type === 'FunctionExpression' && node.id != null ? nameScope(node.id, parent) : parent };
}

/** The scope of a function's body, inside the scope of its parameters. */
export function functionScope(node: FunctionNode, parameters: Scope, strict = true): Scope {
  const names = new Set<string>();
  addVarNames(node, names);
  const body = node.body;
  if (body.type === 'BlockStatement') {
    addLexicalNames(bodyList(body), names);
    if (!strict)
      for (const {
        node: { id },
      } of functionsOfBlocks(body))
        names.add(id!.name!);
  }
  return names.size === 0 ? parameters : { names, parent: parameters };
}

export function nameScope(id: Identifier, parent: Scope | undefined): Scope {
  return { names: new Set([id.name]), parent };
}

/** An empty set for the next block: most blocks declare nothing, and need none. */
let unused = new Set<string>();

export function blockScope(statements: readonly SyntaxNode[], parent: Scope | undefined): Scope | undefined {
  const names = unused;
  addLexicalNames(statements, names);
  if (names.size === 0) return parent;
  unused = new Set();
  return { names, parent };
}

/** A static block is a function of its own as far as `var` goes. */
export function staticBlockScope(node: SyntaxNode, parent: Scope | undefined): Scope {
  const names = new Set<string>(['arguments']);
  addVarNames(node, names);
  addLexicalNames(bodyList(node), names);
  return { names, parent };
}

export function patternScope(pattern: SyntaxNode | null | undefined, parent: Scope | undefined): Scope | undefined {
  if (pattern === null || pattern === undefined) return parent;
  const names = new Set<string>();
  forEachBinding(pattern, ({ name }) => names.add(name));
  return { names, parent };
}

/** The scope of a `for` head that declares with `let`, `const` or `using`. */
export function forScope(head: SyntaxNode | null | undefined, parent: Scope | undefined): Scope | undefined {
  if (head?.type !== 'VariableDeclaration' || head.kind === 'var') return parent;
  const names = new Set<string>();
  for (const { id } of head.declarations ?? []) forEachBinding(id, ({ name }) => names.add(name));
  return { names, parent };
}

/** ECMA-262, IsAnonymousFunctionDefinition: a function that takes its name from the target of an assignment. */
export function isAnonymousFunction(node: SyntaxNode): boolean {
  const inner = unwrapped(node);
  if (inner.type === 'ArrowFunctionExpression') return true;
  return (inner.type === 'FunctionExpression' || inner.type === 'ClassExpression') && inner.id == null;
}

const escapedName = /(?:\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|[\p{ID_Continue}$\u200c\u200d])+/uy;

/** Where an identifier stands in the source: its node may take in a type annotation, and its name may be written with escapes. */
export function nameRange(source: string, identifier: Identifier): { readonly start: number; readonly end: number } {
  const { start } = identifier;
  const name = identifier.name;
  // A name that an element stands for, which the source does not have.
  if (source[start] === '<' || source[start] === '>') return { start, end: start + 1 };
  if (source.startsWith(name, start)) return { start, end: start + name.length };
  escapedName.lastIndex = start;
  return { start, end: start + (escapedName.exec(source)?.[0].length ?? name.length) };
}
