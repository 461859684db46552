import type { NamespaceNode, VariableDeclaration } from '../parse/nodes.js';
import { Rank } from '../output/edits.js';
import type { EnumDeclaration } from './erase-enums.js';
import type { ErasedText } from './erase-text.js';
import { visitReferences } from '../parse/references.js';
import { forEachBinding, nameRange, staticBlockScope } from '../parse/scopes.js';
import { bodyList, isExportedAlias, isTypeOnly, propertyKey, type SyntaxNode } from '../parse/syntax.js';

/** State that the blocks of one namespace share: blocks with one name in one list of statements merge. */
interface SharedNamespace {
  readonly exported: Set<string>;
  /** Of the namespaces in it, by name. */
  readonly inner: Map<string, SharedNamespace>;
}

/**
 * Turns namespaces that hold values into functions that fill an object, in place: `namespace N { export const a = 1 }` into
 * `var N = {};((ns)=>{ const a = 1;ns.a=a; })(N);`. Functions are members from the start, `let` and `var` are accessors, so that
 * they stay live; everything else becomes a member right after its declaration, as TypeScript has it
 * (https://www.typescriptlang.org/docs/handbook/namespaces.html).
 */
export class NamespaceEraser {
  readonly #text: ErasedText;
  readonly #references = new Set<SyntaxNode>();
  /** By the list of statements that a namespace stands in; blocks of a nested one share the list of the first. */
  readonly #shared = new Map<object, Map<string, SharedNamespace>>();
  /** The text that names the object of a namespace, by the statements in it. */
  readonly #objects = new Map<object, string>();
  #serial = 0;

  constructor(text: ErasedText) {
    this.#text = text;
  }

  /** Identifiers that name an export of an earlier block, and were edited to read it from the object. */
  get references(): ReadonlySet<SyntaxNode> {
    return this.#references;
  }

  /**
   * @param list the statements that the namespace stands among
   * @param visitBody erases the types of the statements inside, namespaces in them included
   */
  erase(
    node: NamespaceNode,
    list: object,
    declaration: EnumDeclaration,
    visitBody: (statements: readonly SyntaxNode[]) => void,
  ): void {
    const objects = [declaration.object];
    let open = `;${declaration.statement}((${this.#nextName()})=>{`;
    let shared = this.#sharedOf(list, node.id.name);
    let body = node.body;
    while (body.type === 'TSModuleDeclaration') {
      const name = body.id.name;
      const outer = this.#currentName();
      shared.exported.add(name);
      shared = innerOf(shared.inner, name);
      objects.push(name);
      open += `const ${name}=${outer}.${name}??={};((${this.#nextName()})=>{`;
      body = body.body;
    }
    const object = this.#currentName();
    const statements = bodyList(body);
    const imports = statements.find(({ type }) => type === 'ImportDeclaration');
    if (imports !== undefined) {
      throw this.#text.error(imports, "A namespace can't import modules. Move this import to the top of the file.");
    }
    this.#shared.set(statements, shared.inner);
    this.#text.replace({ start: node.start, end: body.start + 1 }, open + this.#early(statements, object));
    this.#readEarlierBlocks(body, object, shared.exported);
    visitBody(statements);
    for (const statement of statements) this.#export(statement, object, shared.exported);
    const close = objects
      .toReversed()
      .map((target) => `})(${target});`)
      .join('');
    this.#text.replace({ start: body.end - 1, end: body.end }, close);
  }

  /** How a namespace inside of another is declared. */
  declareInner(name: string, isExported: boolean, list: object): EnumDeclaration {
    const outer = isExported ? this.#objects.get(list) : undefined;
    return { statement: `const ${name}=${outer === undefined ? '' : `${outer}.${name}??=`}{};`, object: name };
  }

  #nextName(): string {
    this.#serial++;
    return this.#currentName();
  }

  #currentName(): string {
    return this.#text.names.of(`ns_${this.#serial}`);
  }

  #sharedOf(list: object, name: string): SharedNamespace {
    let named = this.#shared.get(list);
    if (named === undefined) this.#shared.set(list, (named = new Map()));
    return innerOf(named, name);
  }

  /** Members that exist before the first statement runs: functions, since they are hoisted, and accessors of variables. */
  #early(statements: readonly SyntaxNode[], object: string): string {
    this.#objects.set(statements, object);
    let text = '';
    for (const { type, declaration } of statements) {
      if (type !== 'ExportNamedDeclaration' || declaration == null || isTypeOnly(declaration)) continue;
      if (declaration.type === 'FunctionDeclaration')
        text += `${object}.${declaration.id!.name!}=${declaration.id!.name!};`;
      if (declaration.type !== 'VariableDeclaration' || declaration.kind === 'const') continue;
      const value = this.#text.names.of('value');
      for (const name of declaredNames(declaration)) {
        text += `Object.defineProperty(${object},"${name}",{get:()=>${name},set:(${value})=>{${name}=${value}},enumerable:true,configurable:true});`;
      }
    }
    return text;
  }

  /** Removes `export`, and makes members of the exported names. */
  #export(statement: SyntaxNode, object: string, exported: Set<string>): void {
    if (statement.type === 'TSImportEqualsDeclaration') {
      if (!isExportedAlias(statement)) return;
      this.#text.remove(this.#text.tokenFrom(statement.start));
      this.#publish(statement, [statement.id.name], object, exported);
      return;
    }
    if (!statement.type.startsWith('Export') || isTypeOnly(statement)) return;
    const { declaration } = statement;
    if (statement.type !== 'ExportNamedDeclaration' || declaration == null) {
      throw this.#text.error(
        statement,
        'A namespace can export only declarations. Write `export` before the declaration.',
      );
    }
    if (isTypeOnly(declaration)) return;
    if (statement.start < declaration.start) this.#text.remove({ start: statement.start, end: declaration.start });
    const isVariable = declaration.type === 'VariableDeclaration';
    const names = isVariable ? declaredNames(declaration) : [declaration.id!.name!];
    const isTold =
      declaration.type === 'FunctionDeclaration' ||
      declaration.type === 'TSModuleDeclaration' ||
      (isVariable && declaration.kind !== 'const');
    this.#publish(statement, names, isTold ? undefined : object, exported);
  }

  #publish(statement: SyntaxNode, names: readonly string[], object: string | undefined, exported: Set<string>): void {
    for (const name of names) exported.add(name);
    if (object === undefined) return;
    this.#text.edits.insert(
      statement.end,
      `;${names.map((name) => `${object}.${name}=${name};`).join('')}`,
      Rank.erase,
    );
  }

  /** Lets names that earlier blocks exported be read from the object. */
  #readEarlierBlocks(block: SyntaxNode, object: string, exported: ReadonlySet<string>): void {
    if (exported.size === 0) return;
    const own = staticBlockScope(block, undefined).names;
    visitReferences(block, {
      declaration: () => false,
      named: () => undefined,
      reference: (identifier, role) => {
        const name = identifier.name;
        if (!exported.has(name) || own.has(name)) return;
        this.#references.add(identifier);
        const prefix = role.startsWith('shorthand') ? `${propertyKey(name)}:` : '';
        this.#text.edits.replace(nameRange(this.#text.source, identifier), `${prefix}${object}.${name}`);
      },
    });
  }
}

function innerOf(namespaces: Map<string, SharedNamespace>, name: string): SharedNamespace {
  let known = namespaces.get(name);
  if (known === undefined) namespaces.set(name, (known = { exported: new Set(), inner: new Map() }));
  return known;
}

function declaredNames(declaration: VariableDeclaration): string[] {
  const names: string[] = [];
  for (const { id } of declaration.declarations ?? []) forEachBinding(id, ({ name }) => names.push(name));
  return names;
}
