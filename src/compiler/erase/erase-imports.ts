import type { Identifier } from '../parse/nodes.js';
import { bodyList, forEachChild, isNode, isTypeOnly, type SyntaxNode } from '../parse/syntax.js';

/** The names of a program, by their use. */
export interface NameUse {
  /** Read or written by code somewhere in the program; scopes are not told apart, so that in doubt an import stays. */
  readonly values: ReadonlySet<string>;
  /** Declared at the top level as an interface, a type or a type-only import, and as nothing that has a value. */
  readonly typeDeclarations: ReadonlySet<string>;
}

export function nameUse(program: SyntaxNode): NameUse {
  const values = new Set<string>();
  collectValues(program, values);
  return { values, typeDeclarations: typeDeclarations(program) };
}

function collectValues(node: SyntaxNode, names: Set<string>): void {
  const visit = (child: SyntaxNode | null | undefined): void => {
    if (isNode(child) && !isTypeOnly(child)) collectValues(child, names);
  };
  switch (node.type) {
    case 'Identifier':
      names.add(node.name);
      return;
    case 'MemberExpression':
      visit(node.object);
      if (node.computed === true) visit(node.property);
      return;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      for (const decorator of node.decorators ?? []) visit(decorator);
      if (node.computed === true) visit(node.key);
      if (isNode(node.value)) visit(node.value);
      return;
    case 'VariableDeclarator':
      collectPattern(node.id, names);
      visit(node.init);
      return;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      for (const param of node.params ?? []) collectPattern(param, names);
      visit(node.body);
      return;
    case 'ClassDeclaration':
    case 'ClassExpression':
      for (const decorator of node.decorators ?? []) visit(decorator);
      visit(node.superClass);
      visit(node.body);
      return;
    case 'CatchClause':
      if (isNode(node.param)) collectPattern(node.param, names);
      visit(node.body);
      return;
    case 'LabeledStatement':
      visit(node.body);
      return;
    case 'ExportNamedDeclaration':
      visit(node.declaration);
      if (isNode(node.source)) return;
      for (const specifier of node.specifiers ?? []) if (specifier.exportKind !== 'type') visit(specifier.local);
      return;
    case 'TSImportEqualsDeclaration':
      names.add(aliasedName(node)?.name ?? '');
      return;
    case 'TSEnumDeclaration':
      for (const member of node.members ?? []) visit(enumInitializer(member));
      return;
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return;
    default:
      forEachChild(node, visit);
  }
}

/** The expressions in a binding pattern: default values and computed keys, not declared names. */
function collectPattern(node: SyntaxNode, names: Set<string>): void {
  switch (node.type) {
    case 'Identifier':
      return;
    case 'AssignmentPattern':
      collectPattern(node.left, names);
      collectValues(node.right, names);
      return;
    case 'Property':
      if (node.computed === true) collectValues(node.key, names);
      collectPattern(node.value, names);
      return;
    default:
      forEachChild(node, (child) => collectPattern(child, names));
  }
}

function typeDeclarations(program: SyntaxNode): Set<string> {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const statement of bodyList(program)) {
    const declaration = statement.declaration ?? statement;
    switch (declaration.type) {
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        types.add(declaration.id!.name!);
        break;
      case 'TSModuleDeclaration':
        (isTypeOnly(declaration) ? types : values).add(declaration.id.name ?? '');
        break;
      case 'ImportDeclaration':
        for (const specifier of declaration.specifiers ?? []) {
          (isTypeOnly(declaration) || isTypeOnly(specifier) ? types : values).add(specifier.local.name);
        }
        break;
      case 'VariableDeclaration':
        for (const { id } of declaration.declarations) declaredNames(id, values);
        break;
      default:
        if (declaration.id?.name !== undefined) values.add(declaration.id.name);
    }
  }
  for (const name of values) types.delete(name);
  return types;
}

function declaredNames(pattern: SyntaxNode, names: Set<string>): void {
  if (pattern.type === 'Identifier') names.add(pattern.name);
  else if (pattern.type === 'Property') declaredNames(pattern.value, names);
  else if (pattern.type === 'AssignmentPattern') declaredNames(pattern.left, names);
  else forEachChild(pattern, (child) => declaredNames(child, names));
}

/** `N` of `import A = N.B.C`. */
export function aliasedName(node: SyntaxNode): Identifier | undefined {
  let reference = node.moduleReference;
  while (reference?.left !== undefined) reference = reference.left;
  return reference?.type === 'Identifier' ? reference : undefined;
}

export function enumInitializer(member: SyntaxNode): SyntaxNode | undefined {
  return member.initializer;
}

/** Whether a condition holds for all of at least one node. */
export function isEveryOne<T extends SyntaxNode>(nodes: readonly T[], holds: (node: T) => boolean): boolean {
  return nodes !== undefined && nodes.length > 0 && nodes.every(holds);
}
