import { bodyList, forEachChild, isTypeOnly, unwrapped, type SyntaxNode } from './syntax.js';

/** The names that one function, block or clause declares, and what is around it. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | undefined;
}

export function isDeclared(scope: Scope | undefined, name: string): boolean {
  for (let at = scope; at !== undefined; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

/** Calls back for each identifier that a pattern binds. */
export function forEachBinding(pattern: SyntaxNode | null | undefined, visit: (identifier: SyntaxNode) => void): void {
  if (pattern === null || pattern === undefined) return;
  switch (pattern.type) {
    case 'Identifier':
      visit(pattern);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties ?? []) {
        forEachBinding(property.type === 'RestElement' ? property : (property.value as SyntaxNode), visit);
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
  'BlockStatement', 'IfStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement', 'TryStatement',
  'CatchClause', 'LabeledStatement', 'SwitchStatement', 'SwitchCase', 'WithStatement', 'ExportNamedDeclaration',
]);

/** Calls back for each `var` of a function or program, in blocks too and in nested functions not. */
export function forEachVar(root: SyntaxNode, visit: (declaration: SyntaxNode) => void): void {
  forEachChild(root, (child) => {
    if (child.type === 'VariableDeclaration') {
      if (child.kind === 'var') visit(child);
    } else if (holdsStatements.has(child.type)) forEachVar(child, visit);
  });
}

const declaresItsName: ReadonlySet<string> = new Set(['ClassDeclaration', 'FunctionDeclaration', 'TSEnumDeclaration', 'TSModuleDeclaration', 'TSImportEqualsDeclaration']);

/** What statements of one list declare for that list: `let`, `const`, `using`, classes, functions, enums. */
export function addLexicalNames(statements: readonly SyntaxNode[], names: Set<string>): void {
  for (const statement of statements) {
    if (isTypeOnly(statement)) continue;
    const declaration = statement.type.startsWith('Export') && statement.declaration != null ? statement.declaration : statement;
    if (declaration.type === 'VariableDeclaration' && declaration.kind !== 'var') {
      for (const { id } of declaration.declarations ?? []) forEachBinding(id, ({ name }) => names.add(name!));
    } else if (declaresItsName.has(declaration.type) && declaration.id != null) {
      names.add(declaration.id.name!);
    }
  }
}

function addVarNames(root: SyntaxNode, names: Set<string>): void {
  forEachVar(root, (declaration) => {
    for (const { id } of declaration.declarations ?? []) forEachBinding(id, ({ name }) => names.add(name!));
  });
}

/** The scope of a function's parameters and body together: what shadows is the same for both. */
export function functionScope(node: SyntaxNode, parent: Scope | undefined): Scope {
  const names = new Set<string>();
  for (const param of node.params ?? []) forEachBinding(param, ({ name }) => names.add(name!));
  addVarNames(node, names);
  const body = node.body as SyntaxNode;
  if (body.type === 'BlockStatement') addLexicalNames(bodyList(body), names);
  if (node.type !== 'ArrowFunctionExpression') names.add('arguments');
  const own: Scope = { names, parent };
  return node.type === 'FunctionExpression' && node.id != null ? { names, parent: nameScope(node.id, parent) } : own;
}

export function nameScope(id: SyntaxNode, parent: Scope | undefined): Scope {
  return { names: new Set([id.name!]), parent };
}

export function blockScope(statements: readonly SyntaxNode[], parent: Scope | undefined): Scope | undefined {
  const names = new Set<string>();
  addLexicalNames(statements, names);
  return names.size === 0 ? parent : { names, parent };
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
  forEachBinding(pattern, ({ name }) => names.add(name!));
  return { names, parent };
}

/** The scope of a `for` head that declares with `let`, `const` or `using`. */
export function forScope(head: SyntaxNode | null | undefined, parent: Scope | undefined): Scope | undefined {
  if (head?.type !== 'VariableDeclaration' || head.kind === 'var') return parent;
  const names = new Set<string>();
  for (const { id } of head.declarations ?? []) forEachBinding(id, ({ name }) => names.add(name!));
  return { names, parent };
}

/** ECMA-262, IsAnonymousFunctionDefinition: a function that takes its name from what it is assigned to. */
export function isAnonymousFunction(node: SyntaxNode): boolean {
  const inner = unwrapped(node);
  if (inner.type === 'ArrowFunctionExpression') return true;
  return (inner.type === 'FunctionExpression' || inner.type === 'ClassExpression') && inner.id == null;
}

const escapedName = /(?:\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|[\p{ID_Continue}$\u200c\u200d])+/uy;

/** Where an identifier stands in the source: its node may take in a type annotation, and its name may be written with escapes. */
export function nameRange(source: string, identifier: SyntaxNode): { readonly start: number; readonly end: number } {
  const { start } = identifier;
  const name = identifier.name!;
  if (source.startsWith(name, start)) return { start, end: start + name.length };
  escapedName.lastIndex = start;
  return { start, end: start + (escapedName.exec(source)?.[0].length ?? name.length) };
}
