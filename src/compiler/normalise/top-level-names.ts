import { isFunction, unwrapped, type SyntaxNode } from '../parse/syntax.js';
import type { FunctionNode } from '../parse/nodes.js';

/** A function that the top level of a program declares. */
export interface NamedFunction {
  readonly name: string;
  readonly fn: FunctionNode;
  /** The statement that declares it. */
  readonly statement: SyntaxNode;
}

/** The declaration that a statement exports, or the statement. */
export function declarationOf(statement: SyntaxNode): SyntaxNode {
  return statement.type === 'ExportNamedDeclaration' ? (statement.declaration ?? statement) : statement;
}

/** Names of declarations, without those in patterns. */
export function topLevelNames(statements: readonly SyntaxNode[]): readonly string[] {
  return statements.map(declarationOf).flatMap((declaration) => {
    if (declaration.type === 'VariableDeclaration') {
      return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
    }
    return declaration.id?.name === undefined ? [] : [declaration.id.name];
  });
}

/** Functions that a program declares and that can be called: no generators. */
export function topLevelFunctions(statements: readonly SyntaxNode[]): readonly NamedFunction[] {
  return statements.flatMap((statement): readonly NamedFunction[] => {
    const declaration = declarationOf(statement);
    if (declaration.type === 'VariableDeclaration') {
      return declaration.declarations.flatMap(({ id, init }) => {
        const fn = callable(init);
        return fn === undefined || id.type !== 'Identifier' ? [] : [{ name: id.name, fn, statement }];
      });
    }
    const fn = callable(declaration);
    return fn?.id == null ? [] : [{ name: fn.id.name, fn, statement }];
  });
}

/** The function that an expression or declaration is, unless it is a generator. */
export function callable(node: SyntaxNode | null | undefined): FunctionNode | undefined {
  if (node == null) return undefined;
  const inner = unwrapped(node);
  return isFunction(inner) && !inner.generator ? inner : undefined;
}
