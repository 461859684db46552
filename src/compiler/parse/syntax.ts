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
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

export const loopTypes: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
]);

/** What only TypeScript has and nothing remains of: passes that look for code never enter it. */
export function isTypeOnly(node: SyntaxNode): boolean {
  const { type } = node;
  if (alwaysCode.has(type)) return false;
  if (node.declare === true) return true;
  if (type === 'TSModuleDeclaration') return holdsOnlyTypes(bodyNode(node));
  if (type.startsWith('TS')) return node.importKind === 'type' || !runtimeTypeScript.has(type);
  if ((type === 'ImportDeclaration' || type === 'ImportSpecifier') && node.importKind === 'type') return true;
  if (type.startsWith('Export') && node.exportKind === 'type') return true;
  return (type === 'MethodDefinition' || type === 'PropertyDefinition') && node.abstract === true;
}

/** Of a namespace that holds only types nothing remains, nor of aliases in it that it does not export. */
function holdsOnlyTypes(body: SyntaxNode): boolean {
  if (body.type === 'TSModuleDeclaration') return isTypeOnly(body);
  return bodyList(body).every((statement) => {
    // An import stays, for the passes to refuse it.
    if (statement.type === 'ImportDeclaration') return false;
    const isAlias = statement.type === 'TSImportEqualsDeclaration';
    return (isAlias && !isExportedAlias(statement)) || isTypeOnly(statement.declaration ?? statement);
  });
}

/** `export import A = B.c` */
export function isExportedAlias(node: SyntaxNode): boolean {
  return (node as { readonly isExport?: boolean }).isExport === true;
}

/** The first `await` or `yield` in a node that suspends the function around the node; `undefined` where none does. */
export function firstSuspension(node: SyntaxNode): SyntaxNode | undefined {
  const isSuspension =
    /^(?:Await|Yield)Expression$/.test(node.type) || node.await === true || node.kind === 'await using';
  if (isSuspension) return node;
  let found: SyntaxNode | undefined;
  forEachChild(node, (child) => {
    if (!isFunction(child)) found ??= firstSuspension(child);
  });
  return found;
}

/** TypeScript's nodes that hold code. */
const runtimeTypeScript: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSEnumDeclaration',
  'TSEnumMember',
  'TSModuleDeclaration',
  'TSModuleBlock',
  'TSParameterProperty',
  'TSImportEqualsDeclaration',
  'TSExportAssignment',
]);

/** Fields that hold nodes with code in them, of ECMAScript's kinds of nodes, in the order of the source. */
const codeFields = {
  ArrayExpression: ['elements'],
  ArrayPattern: ['decorators', 'elements'],
  ArrowFunctionExpression: ['params', 'body'],
  AssignmentExpression: ['left', 'right'],
  AssignmentPattern: ['decorators', 'left', 'right'],
  AwaitExpression: ['argument'],
  BinaryExpression: ['left', 'right'],
  BlockStatement: ['body'],
  BreakStatement: ['label'],
  CallExpression: ['callee', 'arguments'],
  CatchClause: ['param', 'body'],
  ChainExpression: ['expression'],
  ClassBody: ['body'],
  ClassDeclaration: ['decorators', 'id', 'superClass', 'body'],
  ClassExpression: ['decorators', 'id', 'superClass', 'body'],
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  ContinueStatement: ['label'],
  DebuggerStatement: [],
  DoWhileStatement: ['body', 'test'],
  EmptyStatement: [],
  ExportAllDeclaration: ['exported', 'source', 'attributes'],
  ExportDefaultDeclaration: ['declaration'],
  ExportNamedDeclaration: ['declaration', 'specifiers', 'source', 'attributes'],
  ExportSpecifier: ['local', 'exported'],
  ExpressionStatement: ['expression'],
  ForInStatement: ['left', 'right', 'body'],
  ForOfStatement: ['left', 'right', 'body'],
  ForStatement: ['init', 'test', 'update', 'body'],
  FunctionDeclaration: ['id', 'params', 'body'],
  FunctionExpression: ['id', 'params', 'body'],
  Identifier: ['decorators'],
  IfStatement: ['test', 'consequent', 'alternate'],
  ImportAttribute: ['key', 'value'],
  ImportDeclaration: ['specifiers', 'source', 'attributes'],
  ImportDefaultSpecifier: ['local'],
  ImportExpression: ['source', 'options', 'arguments'],
  ImportNamespaceSpecifier: ['local'],
  ImportSpecifier: ['imported', 'local'],
  LabeledStatement: ['label', 'body'],
  Literal: [],
  LogicalExpression: ['left', 'right'],
  MemberExpression: ['object', 'property'],
  MetaProperty: ['meta', 'property'],
  MethodDefinition: ['decorators', 'key', 'value'],
  NewExpression: ['callee', 'arguments'],
  ObjectExpression: ['properties'],
  ObjectPattern: ['decorators', 'properties'],
  ParenthesizedExpression: ['expression'],
  PrivateIdentifier: [],
  Program: ['body'],
  Property: ['key', 'value'],
  PropertyDefinition: ['decorators', 'key', 'value'],
  RestElement: ['decorators', 'argument'],
  ReturnStatement: ['argument'],
  SequenceExpression: ['expressions'],
  SpreadElement: ['argument'],
  StaticBlock: ['body'],
  Super: [],
  SwitchCase: ['test', 'consequent'],
  SwitchStatement: ['discriminant', 'cases'],
  TaggedTemplateExpression: ['tag', 'quasi'],
  TemplateElement: [],
  TemplateLiteral: ['quasis', 'expressions'],
  ThisExpression: [],
  ThrowStatement: ['argument'],
  TryStatement: ['block', 'handler', 'finalizer'],
  UnaryExpression: ['argument'],
  UpdateExpression: ['argument'],
  VariableDeclaration: ['declarations'],
  VariableDeclarator: ['id', 'init'],
  WhileStatement: ['test', 'body'],
  WithStatement: ['object', 'body'],
  YieldExpression: ['argument'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const childFields: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(codeFields));

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

/**
 * Calls back for each child that code remains of. `a + b + c` has three: a chain of operators may have thousands of operands, which
 * are as deep a tree.
 */
export function forEachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') return forEachOperand(node, visit);
  const names = childFields.get(node.type) ?? Object.keys(node).filter((name) => !typeFields.has(name));
  const fields = node as unknown as Record<string, unknown>;
  for (let index = 0; index < names.length; index++) {
    const value = fields[names[index]!];
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item) && !isTypeOnly(item)) visit(item);
    } else if (isNode(value) && !isTypeOnly(value)) visit(value);
  }
}

function forEachOperand(chain: SyntaxNode, visit: (operand: SyntaxNode) => void): void {
  const later: SyntaxNode[] = [];
  let first = chain;
  while (first.type === 'BinaryExpression' || first.type === 'LogicalExpression') {
    later.push(first.right!);
    first = first.left!;
  }
  visit(first);
  for (let index = later.length - 1; index >= 0; index--) visit(later[index]!);
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
    inner = inner.expression as SyntaxNode;
  return inner;
}
