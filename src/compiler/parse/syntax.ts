import { codeFields } from './code-fields.js';
import type { ClassNode, FunctionNode, SyntaxNode } from './nodes.js';

export type { SyntaxNode } from './nodes.js';

/** A token of a source; comments are none. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** acorn's label: `name`, `(`, `=>`, `;`, `await`'s is `name` too. */
  readonly label: string;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Statements of a program, block, static block, module block or class body. */
export function bodyList(node: SyntaxNode): readonly SyntaxNode[] {
  return Array.isArray(node.body) ? node.body : [];
}

/** The one body of a function, loop, label or clause. */
export function bodyNode(node: SyntaxNode): SyntaxNode {
  return node.body as SyntaxNode;
}

export function isFunction(node: SyntaxNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

export function isClass(node: SyntaxNode): node is ClassNode {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

export const loopTypes: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);

/** TypeScript's nodes that are erased completely: passes that look for code skip them. */
export function isTypeOnly(node: SyntaxNode): boolean {
  const { type } = node;
  if (alwaysCode.has(type)) return false;
  if (node.declare === true) return true;
  if (type === 'TSModuleDeclaration') return !isNode(node.body) || holdsOnlyTypes(node.body);
  if (type.startsWith('TS')) return node.importKind === 'type' || !runtimeTypeScript.has(type);
  if ((type === 'ImportDeclaration' || type === 'ImportSpecifier') && node.importKind === 'type') return true;
  if (type.startsWith('Export') && node.exportKind === 'type') return true;
  return (type === 'MethodDefinition' || type === 'PropertyDefinition') && node.abstract === true;
}

/** A namespace with only types is erased; so are aliases in a namespace that are not exported. */
function holdsOnlyTypes(body: SyntaxNode): boolean {
  if (body.type === 'TSModuleDeclaration') return isTypeOnly(body);
  return bodyList(body).every((statement) => {
    // An import stays, so that a pass can refuse it.
    if (statement.type === 'ImportDeclaration') return false;
    const isAlias = statement.type === 'TSImportEqualsDeclaration';
    return (isAlias && !isExportedAlias(statement)) || isTypeOnly(statement.declaration ?? statement);
  });
}

/** `export import A = B.c` */
export function isExportedAlias(node: SyntaxNode): boolean {
  return node.isExport === true;
}

/** The first `await` or `yield` in a node that suspends the function around the node; `undefined` where none does. */
export function firstSuspension(node: SyntaxNode): SyntaxNode | undefined {
  const isSuspension =
    /^(?:Await|Yield)Expression$/.test(node.type) || node.await === true || node.kind === 'await using';
  if (isSuspension) return node;
  let found: SyntaxNode | undefined;
  anyChild(node, (child) => !isFunction(child) && (found = firstSuspension(child)) !== undefined);
  return found;
}

export function anyChild(node: SyntaxNode, holds: (child: SyntaxNode) => boolean): boolean {
  let found = false;
  forEachChild(node, (child) => {
    found ||= holds(child);
  });
  return found;
}

/** TypeScript's nodes that hold code. */
const runtimeTypeScript: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSTypeCastExpression',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
  'TSImportEqualsDeclaration',
  'TSExportAssignment',
]);

const childFields: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...Object.entries(codeFields),
  ...['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'].map(
    (type) => [type, ['expression']] as const,
  ),
]);

/** ECMAScript's kinds that TypeScript can't declare away. */
const alwaysCode: ReadonlySet<string> = new Set(
  Object.keys(codeFields).filter(
    (type) =>
      !/^(?:Import(?:Declaration|Specifier)|Export\w+|(?:Variable|Class|Function)Declaration|(?:Method|Property)Definition)$/.test(
        type,
      ),
  ),
);

const typeFields: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'superTypeParameters',
  'superTypeArguments',
  'implements',
  'loc',
  'range',
]);

/** Whether a node is an operator with two operands. */
export const isOperation = ({ type }: { readonly type: string }): boolean =>
  type === 'BinaryExpression' || type === 'LogicalExpression';

/** The children come with the two values that were given along. */
type ChildVisitor<A, B> = (child: SyntaxNode, a: A, b: B) => void;

/**
 * Calls back for each child that is not erased. `a + b + c` has three: a chain of operators may have thousands of operands, in a
 * tree of the same depth. Passes over the whole tree give what they know of the node along, and make no closure for each one.
 */
export function forEachChild<A, B>(node: SyntaxNode, visit: ChildVisitor<A, B>, a?: A, b?: B): void {
  if (isOperation(node)) return forEachOperand(node, visit, a, b);
  const names = childFields.get(node.type) ?? Object.keys(node).filter((name) => !typeFields.has(name));
  const fields = node as unknown as Record<string, unknown>;
  for (let index = 0; index < names.length; index++) {
    const value = fields[names[index]!];
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item) && !isTypeOnly(item)) visit(item, a!, b!);
    } else if (isNode(value) && !isTypeOnly(value)) visit(value, a!, b!);
  }
}

function forEachOperand<A, B>(chain: SyntaxNode, visit: ChildVisitor<A, B>, a?: A, b?: B): void {
  let first = chain.left!;
  if (!isOperation(first)) {
    visit(first, a!, b!);
    return visit(chain.right!, a!, b!);
  }
  const later = [chain.right!];
  while (isOperation(first)) {
    later.push(first.right!);
    first = first.left!;
  }
  visit(first, a!, b!);
  for (let index = later.length - 1; index >= 0; index--) visit(later[index]!, a!, b!);
}

/** The key of an own property in the text of an object: `__proto__: x` would set the prototype. */
export function propertyKey(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : name;
}

/** The expression inside parentheses and type assertions. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (
    inner.type === 'ParenthesizedExpression' ||
    inner.type === 'TSAsExpression' ||
    inner.type === 'TSSatisfiesExpression' ||
    inner.type === 'TSNonNullExpression' ||
    inner.type === 'TSTypeAssertion' ||
    inner.type === 'TSInstantiationExpression'
  )
    inner = inner.expression;
  return inner;
}
