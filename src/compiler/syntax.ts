/**
 * A node of the syntax tree: ESTree with TypeScript's nodes, as acorn and its TypeScript plugin make it, with
 * `ParenthesizedExpression` kept so that every range is exact. One wide type, since passes look at few fields of many kinds.
 */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly id?: SyntaxNode | null;
  readonly key?: SyntaxNode;
  readonly label?: SyntaxNode | null;
  readonly local?: SyntaxNode;
  readonly imported?: SyntaxNode;
  readonly exported?: SyntaxNode | null;
  readonly left?: SyntaxNode;
  readonly right?: SyntaxNode;
  readonly init?: SyntaxNode | null;
  readonly test?: SyntaxNode | null;
  readonly update?: SyntaxNode | null;
  readonly object?: SyntaxNode;
  readonly property?: SyntaxNode;
  readonly callee?: SyntaxNode;
  readonly tag?: SyntaxNode;
  readonly quasi?: SyntaxNode;
  readonly argument?: SyntaxNode | null;
  readonly expression?: SyntaxNode | boolean;
  readonly source?: SyntaxNode | null;
  readonly declaration?: SyntaxNode | null;
  readonly superClass?: SyntaxNode | null;
  readonly block?: SyntaxNode;
  readonly handler?: SyntaxNode | null;
  readonly finalizer?: SyntaxNode | null;
  readonly param?: SyntaxNode | null;
  readonly consequent?: SyntaxNode | readonly SyntaxNode[];
  readonly alternate?: SyntaxNode | null;
  readonly discriminant?: SyntaxNode;
  readonly meta?: SyntaxNode;
  readonly body?: SyntaxNode | readonly SyntaxNode[];
  readonly params?: readonly SyntaxNode[];
  readonly declarations?: readonly SyntaxNode[];
  readonly elements?: readonly (SyntaxNode | null)[];
  readonly properties?: readonly SyntaxNode[];
  readonly specifiers?: readonly SyntaxNode[];
  readonly arguments?: readonly SyntaxNode[];
  readonly cases?: readonly SyntaxNode[];
  readonly members?: readonly SyntaxNode[];
  readonly decorators?: readonly SyntaxNode[] | null;
  readonly value?: unknown;
  readonly raw?: string;
  readonly name?: string;
  readonly kind?: string;
  readonly operator?: string;
  readonly directive?: string;
  readonly async?: boolean;
  readonly generator?: boolean;
  readonly await?: boolean;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
  readonly static?: boolean;
  readonly method?: boolean;
  readonly delegate?: boolean;
  readonly optional?: boolean;
  readonly definite?: boolean;
  readonly declare?: boolean;
  readonly abstract?: boolean;
  readonly const?: boolean;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly accessibility?: string | null;
  readonly readonly?: boolean;
  readonly override?: boolean;
  readonly accessor?: boolean;
  readonly parameter?: SyntaxNode;
}

/** A token of the source; comments are none. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** acorn's label: `name`, `(`, `=>`, `;`, `await`'s is `name` too. */
  readonly label: string;
  readonly value: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Statements of a program, block, static block, module block or class body. */
export function bodyList(node: SyntaxNode): readonly SyntaxNode[] {
  return Array.isArray(node.body) ? (node.body as readonly SyntaxNode[]) : [];
}

/** The one body of a function, loop, label or clause. */
export function bodyNode(node: SyntaxNode): SyntaxNode {
  return node.body as SyntaxNode;
}

export function isFunction(node: SyntaxNode): boolean {
  return node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression';
}

/** What only TypeScript has and nothing remains of: passes that look for code never enter it. */
export function isTypeOnly(node: SyntaxNode): boolean {
  const { type } = node;
  if (node.declare === true) return true;
  if (type.startsWith('TS')) return !runtimeTypeScript.has(type);
  if ((type === 'ImportDeclaration' || type === 'ImportSpecifier') && node.importKind === 'type') return true;
  if (type.startsWith('Export') && node.exportKind === 'type') return true;
  return (type === 'MethodDefinition' || type === 'PropertyDefinition') && node.abstract === true;
}

/** TypeScript's nodes that hold code. */
const runtimeTypeScript: ReadonlySet<string> = new Set([
  'TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression', 'TSEnumDeclaration',
  'TSEnumMember', 'TSModuleDeclaration', 'TSModuleBlock', 'TSParameterProperty', 'TSImportEqualsDeclaration', 'TSExportAssignment',
]);

const typeFields: ReadonlySet<string> = new Set([
  'typeAnnotation', 'typeParameters', 'typeArguments', 'returnType', 'superTypeParameters', 'superTypeArguments', 'implements', 'loc', 'range',
]);

const childFields = new Map<string, readonly string[]>();

/** Names of the fields of a node that hold nodes with code in them, in the order of the source; made once for each kind of node. */
function fieldsOf(node: SyntaxNode): readonly string[] {
  // Optional fields are absent from some nodes of a kind, so the table grows as kinds show more of them.
  const known = childFields.get(node.type);
  const fields = node as unknown as Record<string, unknown>;
  let merged = known;
  for (const name in fields) {
    if (merged?.includes(name) === true || typeFields.has(name)) continue;
    const value = fields[name];
    if (Array.isArray(value) ? value.some(isNode) : isNode(value)) merged = [...(merged ?? []), name];
  }
  if (merged !== undefined && merged !== known) childFields.set(node.type, merged);
  return merged ?? [];
}

/** Calls back for each child that code remains of. */
export function forEachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  const fields = node as unknown as Record<string, unknown>;
  for (const name of fieldsOf(node)) {
    const value = fields[name];
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item) && !isTypeOnly(item)) visit(item);
    } else if (isNode(value) && !isTypeOnly(value)) visit(value);
  }
}

/** The expression inside parentheses and type assertions. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (
    inner.type === 'ParenthesizedExpression' || inner.type === 'TSAsExpression' || inner.type === 'TSSatisfiesExpression' ||
    inner.type === 'TSNonNullExpression' || inner.type === 'TSTypeAssertion' || inner.type === 'TSInstantiationExpression'
  ) inner = inner.expression as SyntaxNode;
  return inner;
}
