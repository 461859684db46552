import { tokTypes, type Node, type Parser } from 'acorn';

/** Members of the TypeScript parser for its subclass. */
interface NameInternals {
  readonly isAmbientContext: boolean;
  importOrExportOuterKind: string | undefined;
  match(type: unknown): boolean;
  unexpected(offset?: number): never;
  startNode(): Node;
  finishNode(node: Node, type: string): Node;
  raise(offset: number, message: string): never;
  checkUnreserved(name: Node): void;
  checkLValSimple(target: Node, binding?: number, clashes?: unknown): void;
  declareName(name: string, binding: number, offset: number): void;
  parseModuleExportName(): Node;
  parseImportSpecifier(): Node;
  parseExportSpecifier(exports: unknown): Node;
  parseImport(node: Node): Node;
  parseExport(node: Node, exports: unknown): Node;
}

type NameNode = Node & { readonly name?: string };

/** `import x = require('y')` and `export = x` */
type NodeAssignment = Node & {
  readonly id?: Node;
  readonly moduleReference?: Node & { readonly expression?: Node };
  readonly importKind?: string;
  readonly expression?: Node;
};

/** Kinds of declarations in acorn and in the TypeScript parser. */
const noDeclaration = 0;
const lexical = 2;
const typeAlias = 6;
const typeInterface = 7;

const assertion = /^TS(?:As|Satisfies|NonNull)Expression$|^TSTypeAssertion$/;

/** Reads which names a module imports, exports and declares, as TypeScript does. */
export function withModuleNames(parser: typeof Parser): typeof Parser {
  class NameParser extends (parser as unknown as new (...parameters: unknown[]) => NameInternals) {
    /** Types have scopes of their own; what is declared for the checker, such as `declare class C`, has none. */
    override declareName(name: string, binding: number, offset: number): void {
      if (binding === typeAlias || binding === typeInterface) return;
      if (!this.isAmbientContext && this.importOrExportOuterKind !== 'type') super.declareName(name, binding, offset);
    }

    override checkLValSimple(target: Node, binding = noDeclaration, clashes?: unknown): void {
      if (binding !== noDeclaration && assertion.test(target.type))
        this.raise(target.start, 'A name that is declared has no type assertion. Write its type after a colon.');
      if (binding !== noDeclaration && (target as NameNode).name === 'this') this.unexpected(target.start);
      if (!this.isAmbientContext) super.checkLValSimple(target, binding, clashes);
    }

    override parseImportSpecifier(): Node {
      const node = this.startNode();
      const { isType, first, last } = this.#parseNames();
      this.checkUnreserved(last);
      if (last.name === undefined) this.raise(last.start, 'Give the imported name one of this module: `as name`.');
      if (!isType) this.checkLValSimple(last, lexical);
      Object.assign(node, { imported: first, local: last, importKind: isType ? 'type' : 'value' });
      return this.finishNode(node, 'ImportSpecifier');
    }

    override parseExportSpecifier(): Node {
      const node = this.startNode();
      const { isType, first, last } = this.#parseNames();
      Object.assign(node, { local: first, exported: last, exportKind: isType ? 'type' : 'value' });
      return this.finishNode(node, 'ExportSpecifier');
    }

    /** `a`, `a as b`, `type a` or `type a as b`: each word may be a name, so their number tells. */
    #parseNames(): { readonly isType: boolean; readonly first: NameNode; readonly last: NameNode } {
      const names: NameNode[] = [];
      do names.push(this.parseModuleExportName());
      while (names.length < 4 && !this.match(tokTypes.comma) && !this.match(tokTypes.braceR));
      const isType = names.length % 2 === 0;
      if (isType && names.shift()!.name !== 'type') this.unexpected(names[0]!.start);
      const [first, as] = names as [NameNode, NameNode?];
      if (as !== undefined && as.name !== 'as') this.unexpected(as.start);
      return { isType, first, last: names.at(-1)! };
    }

    /** `import x = require('y')` imports what CommonJS exports: by way of ECMAScript's modules, the default. */
    override parseImport(node: Node): Node {
      return this.#importOf(super.parseImport(node));
    }

    override parseExport(node: Node, exports: unknown): Node {
      const statement: NodeAssignment = super.parseExport(node, exports);
      this.importOrExportOuterKind = 'value';
      const { type, expression } = statement;
      if (type !== 'TSExportAssignment') return this.#importOf(statement);
      return Object.assign(statement, { type: 'ExportDefaultDeclaration', declaration: expression });
    }

    #importOf(statement: NodeAssignment): Node {
      const { id, moduleReference } = statement;
      if (id === undefined || moduleReference?.expression === undefined) return statement;
      const { start, end } = id;
      const specifiers = [{ type: 'ImportDefaultSpecifier', start, end, local: id }];
      return Object.assign(statement, { type: 'ImportDeclaration', specifiers, source: moduleReference.expression });
    }
  }
  return NameParser as unknown as typeof Parser;
}
