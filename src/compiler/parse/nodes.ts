import type { codeFields } from './code-fields.js';
import type { NodeFields as NodeFieldsOf } from './node-fields.js';

/*
 * The syntax tree: ESTree with TypeScript's nodes, as acorn and its TypeScript plugin make it, with `ParenthesizedExpression` kept so
 * that every range is exact. The kinds that passes look into are told apart by `type`.
 */

interface NodeFields extends NodeFieldsOf<SyntaxNode> {}

export interface Identifier extends NodeFields {
  readonly type: 'Identifier';
  readonly name: string;
}

interface PrivateIdentifier extends NodeFields {
  readonly type: 'PrivateIdentifier';
  readonly name: string;
}

interface Literal extends NodeFields {
  readonly type: 'Literal';
  readonly value: unknown;
}

/** `TSDeclareMethod` and `TSDeclareFunction` are functions without a body, and other nodes. */
interface FunctionFields extends NodeFields {
  readonly params: readonly SyntaxNode[];
  readonly async: boolean;
  readonly generator: boolean;
}

export interface FunctionDeclaration extends FunctionFields {
  readonly type: 'FunctionDeclaration';
  /** `null` for a default export without a name. */
  readonly id: Identifier | null;
  readonly body: Block;
}

interface FunctionExpression extends FunctionFields {
  readonly type: 'FunctionExpression';
  readonly id?: Identifier | null;
  readonly body: Block;
}

export interface ArrowFunctionExpression extends FunctionFields {
  readonly type: 'ArrowFunctionExpression';
  readonly id?: null;
  /** A block, or an expression. */
  readonly body: SyntaxNode;
}

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

export interface ClassNode extends NodeFields {
  readonly type: 'ClassDeclaration' | 'ClassExpression';
  readonly id: Identifier | null;
  readonly superClass: SyntaxNode | null;
  readonly body: Block;
}

export interface MethodDefinition extends NodeFields {
  readonly type: 'MethodDefinition';
  readonly kind: 'constructor' | 'method' | 'get' | 'set';
  readonly key: SyntaxNode;
  /** A function; for an overload `TSDeclareMethod`. */
  readonly value: FunctionExpression | OtherNode;
}

interface PropertyDefinition extends NodeFields {
  readonly type: 'PropertyDefinition';
  readonly key: SyntaxNode;
  readonly value: SyntaxNode | null;
}

export type MemberNode = MethodDefinition | PropertyDefinition;

export interface Property extends NodeFields {
  readonly type: 'Property';
  readonly kind: 'init' | 'get' | 'set';
  readonly key: SyntaxNode;
  readonly value: SyntaxNode;
}

/** Statements, or the members of a class. */
export interface Block extends NodeFields {
  readonly type: 'BlockStatement' | 'StaticBlock' | 'TSModuleBlock' | 'ClassBody' | 'Program';
  readonly body: readonly SyntaxNode[];
}

interface ExpressionStatement extends NodeFields {
  readonly type: 'ExpressionStatement';
  readonly expression: SyntaxNode;
}

interface IfStatement extends NodeFields {
  readonly type: 'IfStatement' | 'ConditionalExpression';
  readonly test: SyntaxNode;
  readonly consequent: SyntaxNode;
  readonly alternate: SyntaxNode | null;
}

interface SwitchStatement extends NodeFields {
  readonly type: 'SwitchStatement';
  readonly discriminant: SyntaxNode;
  readonly cases: readonly SwitchCase[];
}

interface SwitchCase extends NodeFields {
  readonly type: 'SwitchCase';
  /** `null` for `default`. */
  readonly test: SyntaxNode | null;
  readonly consequent: readonly SyntaxNode[];
}

export interface TryStatement extends NodeFields {
  readonly type: 'TryStatement';
  readonly block: Block;
  readonly handler: CatchClause | null;
  readonly finalizer: Block | null;
}

interface CatchClause extends NodeFields {
  readonly type: 'CatchClause';
  readonly param: SyntaxNode | null;
  readonly body: Block;
}

export interface LabeledStatement extends NodeFields {
  readonly type: 'LabeledStatement';
  readonly label: Identifier;
  readonly body: SyntaxNode;
}

interface WithStatement extends NodeFields {
  readonly type: 'WithStatement';
  readonly object: SyntaxNode;
  readonly body: SyntaxNode;
}

interface WhileStatement extends NodeFields {
  readonly type: 'WhileStatement' | 'DoWhileStatement';
  readonly test: SyntaxNode;
  readonly body: SyntaxNode;
}

export interface ForStatement extends NodeFields {
  readonly type: 'ForStatement';
  readonly init: SyntaxNode | null;
  readonly test: SyntaxNode | null;
  readonly update: SyntaxNode | null;
  readonly body: SyntaxNode;
}

export interface ForInStatement extends NodeFields {
  readonly type: 'ForInStatement' | 'ForOfStatement';
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
  readonly body: SyntaxNode;
}

export interface VariableDeclaration extends NodeFields {
  readonly type: 'VariableDeclaration';
  readonly kind: 'var' | 'let' | 'const' | 'using' | 'await using';
  /** At least one. */
  readonly declarations: readonly [VariableDeclarator, ...VariableDeclarator[]];
}

interface VariableDeclarator extends NodeFields {
  readonly type: 'VariableDeclarator';
  readonly id: SyntaxNode;
  readonly init: SyntaxNode | null;
}

interface MemberExpression extends NodeFields {
  readonly type: 'MemberExpression';
  readonly object: SyntaxNode;
  readonly property: SyntaxNode;
}

export interface CallExpression extends NodeFields {
  readonly type: 'CallExpression' | 'NewExpression';
  readonly callee: SyntaxNode;
  readonly arguments: readonly SyntaxNode[];
}

interface TaggedTemplateExpression extends NodeFields {
  readonly type: 'TaggedTemplateExpression';
  readonly tag: SyntaxNode;
  readonly quasi: SyntaxNode;
}

export interface TemplateLiteral extends NodeFields {
  readonly type: 'TemplateLiteral';
  readonly quasis: readonly { readonly value: { readonly cooked: string } }[];
  readonly expressions: readonly SyntaxNode[];
}

export interface UnaryExpression extends NodeFields {
  readonly type: 'UnaryExpression' | 'UpdateExpression';
  readonly operator: string;
  readonly argument: SyntaxNode;
}

export interface BinaryExpression extends NodeFields {
  readonly type: 'BinaryExpression' | 'LogicalExpression' | 'AssignmentExpression';
  readonly operator: string;
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}

interface AssignmentPattern extends NodeFields {
  readonly type: 'AssignmentPattern';
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
}

export interface ArgumentNode extends NodeFields {
  readonly type: 'SpreadElement' | 'AwaitExpression' | 'ThrowStatement';
  readonly argument: SyntaxNode;
}

export interface RestElement extends NodeFields {
  readonly type: 'RestElement';
  readonly argument: SyntaxNode;
}

interface ArrayPattern extends NodeFields {
  readonly type: 'ArrayPattern' | 'ArrayExpression';
  readonly elements: readonly (SyntaxNode | null)[];
}

interface ObjectPattern extends NodeFields {
  readonly type: 'ObjectPattern';
  readonly properties: readonly (Property | RestElement)[];
}

/** A wrapper around an expression, with the same value. */
export interface WrappedExpression extends NodeFields {
  readonly type:
    | 'ParenthesizedExpression'
    | 'TSAsExpression'
    | 'TSSatisfiesExpression'
    | 'TSNonNullExpression'
    | 'TSTypeAssertion'
    | 'TSInstantiationExpression';
  readonly expression: SyntaxNode;
}

export interface ImportDeclaration extends NodeFields {
  readonly type: 'ImportDeclaration';
  readonly source: StringLiteral;
  readonly specifiers: readonly ImportedName[];
}

interface StringLiteral extends Literal {
  readonly value: string;
}

interface ImportSpecifier extends NodeFields {
  readonly type: 'ImportSpecifier';
  readonly imported: ModuleName;
  readonly local: Identifier;
}

interface ImportOther extends NodeFields {
  readonly type: 'ImportDefaultSpecifier' | 'ImportNamespaceSpecifier';
  readonly local: Identifier;
}

export type ImportedName = ImportSpecifier | ImportOther;

/** `a`, or `'a b'`. */
export type ModuleName = Identifier | StringLiteral;

export interface ExportNamedDeclaration extends NodeFields {
  readonly type: 'ExportNamedDeclaration';
  readonly declaration: SyntaxNode | null;
  readonly specifiers: readonly ExportSpecifier[];
  readonly source: StringLiteral | null;
}

export interface ExportSpecifier extends NodeFields {
  readonly type: 'ExportSpecifier';
  readonly local: ModuleName;
  readonly exported: ModuleName;
}

export interface ExportDefaultDeclaration extends NodeFields {
  readonly type: 'ExportDefaultDeclaration';
  readonly declaration: SyntaxNode;
}

export interface ExportAllDeclaration extends NodeFields {
  readonly type: 'ExportAllDeclaration';
  readonly exported: ModuleName | null;
  readonly source: StringLiteral;
}

export interface EnumDeclarationNode extends NodeFields {
  readonly type: 'TSEnumDeclaration';
  readonly id: Identifier;
  readonly members: readonly EnumMemberNode[];
}

interface EnumMemberNode extends NodeFields {
  readonly type: 'TSEnumMember';
  readonly id: Identifier | Literal;
  readonly initializer?: SyntaxNode;
}

export interface NamespaceNode extends NodeFields {
  readonly type: 'TSModuleDeclaration';
  /** A string only with `declare`. */
  readonly id: Identifier;
  /** A block, or the namespace `B` of `namespace A.B {}`. */
  readonly body: NamespaceNode | Block;
}

export interface ImportAlias extends NodeFields {
  readonly type: 'TSImportEqualsDeclaration';
  readonly id: Identifier;
  readonly isExport?: boolean;
  readonly moduleReference: SyntaxNode;
}

interface ParameterProperty extends NodeFields {
  readonly type: 'TSParameterProperty';
  readonly parameter: SyntaxNode;
}

type KnownNode =
  | Identifier
  | PrivateIdentifier
  | Literal
  | FunctionNode
  | ClassNode
  | MemberNode
  | Property
  | Block
  | ExpressionStatement
  | IfStatement
  | SwitchStatement
  | SwitchCase
  | TryStatement
  | CatchClause
  | LabeledStatement
  | WithStatement
  | WhileStatement
  | ForStatement
  | ForInStatement
  | VariableDeclaration
  | VariableDeclarator
  | MemberExpression
  | CallExpression
  | TaggedTemplateExpression
  | TemplateLiteral
  | UnaryExpression
  | BinaryExpression
  | AssignmentPattern
  | RestElement
  | ArgumentNode
  | ArrayPattern
  | ObjectPattern
  | WrappedExpression
  | ImportDeclaration
  | ImportedName
  | ExportNamedDeclaration
  | ExportSpecifier
  | ExportDefaultDeclaration
  | ExportAllDeclaration
  | EnumDeclarationNode
  | EnumMemberNode
  | NamespaceNode
  | ImportAlias
  | ParameterProperty;

/** Kinds of which passes visit only the children, if those contain code. */
interface OtherNode extends NodeFields {
  readonly type: Exclude<keyof typeof codeFields | OtherKind, KnownNode['type']>;
}

/** Kinds of TypeScript and JSX that passes name. */
type OtherKind =
  | 'AccessorProperty'
  | 'JSXElement'
  | 'JSXFragment'
  | 'TSDeclareFunction'
  | 'TSDeclareMethod'
  | 'TSExportAssignment'
  | 'TSExternalModuleReference'
  | 'TSInterfaceDeclaration'
  | 'TSNamespaceExportDeclaration'
  | 'TSQualifiedName'
  | 'TSTypeAliasDeclaration'
  | 'TSTypeAnnotation'
  | 'TSTypeCastExpression';

export type SyntaxNode = KnownNode | OtherNode;
