import type { CallExpression, FunctionDeclaration, Identifier, VariableDeclaration } from '../parse/nodes.js';
import { CompileError } from '../compile-error.js';
import { positionAt, Rank, type Edits } from '../output/edits.js';
import { DirectEvals } from './direct-evals.js';
import { LinkTable, usedByTypes } from './link-table.js';
import { FreeNames } from '../parse/free-names.js';
import type { GeneratedNames } from '../output/generated-names.js';
import { bindRules, type BindRules, type BindTarget } from './bind-target.js';
import {
  separateExpression,
  visitReferences,
  type ReferenceRole,
  type ReferenceSite,
  type ReferenceVisitor,
} from '../parse/references.js';
import {
  addLexicalNames,
  forEachBinding,
  forEachVar,
  functionsOfBlocks,
  isAnonymousFunction,
  nameRange,
  staticBlockScope,
  type Scope,
} from '../parse/scopes.js';
import { bodyList, isTypeOnly, propertyKey, type SyntaxNode } from '../parse/syntax.js';
import type { DeclarationKind, ModuleLinks, NamespaceScope } from '../types.js';

export interface BoundCell {
  readonly declarations: ReadonlyMap<string, DeclarationKind>;
  readonly links: ModuleLinks;
  /** Declares the slots and records that the code uses; goes before the code. */
  readonly declare: string;
  /** Links names to the modules of a variable. Goes before the hoisted functions. */
  linkText(modules: string): string;
  /** Fills the slots of hoisted functions; goes into the same block as the code. */
  readonly hoist: string;
  /** Whether the cell contains a direct `eval`. */
  readonly evaluates: boolean;
}

const unshadowable: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);

/** The exported declaration, or the statement itself. */
function declarationIn(statement: SyntaxNode): SyntaxNode {
  return statement.type.startsWith('Export') && statement.declaration != null ? statement.declaration : statement;
}

/**
 * Binds a cell to slots of a namespace: its own declarations to slots that it declares, names of earlier cells to their
 * records, undeclared names that are assigned to new slots. Other undeclared names are looked up at run time.
 */
export function bindCell(
  program: SyntaxNode,
  edits: Edits,
  scope: NamespaceScope,
  names: GeneratedNames,
  runtime: string,
  target: BindTarget,
): BoundCell {
  return new CellBinder(program, edits, scope, names, runtime, bindRules(target, program)).bind();
}

class CellBinder implements ReferenceVisitor {
  readonly #program: SyntaxNode;
  readonly #edits: Edits;
  readonly #scope: NamespaceScope;
  readonly #names: GeneratedNames;
  readonly #runtime: string;
  readonly #declarations = new Map<string, DeclarationKind>();
  readonly #free: FreeNames;
  readonly #evals: DirectEvals;
  readonly #functionNames: { readonly fn: SyntaxNode; readonly name: string }[] = [];
  readonly #functions = new Map<string, SyntaxNode>();
  readonly #table: LinkTable;
  readonly #used = new Set<string>();
  /** Names declared at the top level or around the program that are not in the namespace. */
  readonly #locals: Set<string>;
  readonly #rules: BindRules;

  constructor(
    program: SyntaxNode,
    edits: Edits,
    scope: NamespaceScope,
    names: GeneratedNames,
    runtime: string,
    rules: BindRules,
  ) {
    this.#rules = rules;
    this.#program = program;
    this.#edits = edits;
    this.#scope = scope;
    this.#names = names;
    this.#runtime = runtime;
    this.#locals = new Set(rules.locals);
    const { dynamic, places, lenient } = rules;
    this.#table = new LinkTable(edits.source);
    this.#free = new FreeNames(edits, scope, names, runtime, {
      declarations: this.#declarations,
      places,
      dynamic,
      lenient,
    });
    this.#evals = new DirectEvals(edits, names, runtime, {
      dynamic,
      hasNamespace: true,
      lenient,
      locals: this.#locals,
    });
  }

  bind(): BoundCell {
    this.#collect();
    visitReferences(this.#program, this, this.#rules);
    this.#free.rewrite();
    for (const { fn, name } of this.#functionNames) this.#free.nameFunction(fn, name);
    return {
      declarations: this.#free.declared(),
      links: this.#links(),
      declare: this.#free.declareText() + (this.#evals.any ? this.#evals.declareText(this.#free.places()) : ''),
      linkText: (modules) =>
        this.#table.imports
          .map(({ local, from, requested }) => {
            if (local === undefined) return '';
            const name = requested === undefined ? 'void 0' : JSON.stringify(requested.name);
            return `${this.#own(local)}.link(${modules}[${from}],${name},${JSON.stringify(this.#table.specifier(from))});`;
          })
          .join(''),
      hoist: [...this.#functions.keys()].map((name) => `${this.#own(name)}.init=${name};`).join(''),
      evaluates: this.#evals.any,
    };
  }

  // Declarations

  #collect(): void {
    const { localLexicals, localVariables } = this.#rules;
    if (localVariables) {
      for (const name of staticBlockScope(this.#program, undefined).names) this.#locals.add(name);
      if (!this.#rules.strict)
        for (const { node } of functionsOfBlocks(this.#program)) this.#locals.add(node.id!.name!);
      return;
    }
    forEachVar(this.#program, (node) => this.#declareAll(node, 'var'));
    if (!this.#rules.strict)
      for (const { node, parent } of functionsOfBlocks(this.#program)) this.#blockFunction(node, parent);
    for (const statement of bodyList(this.#program)) {
      const node = declarationIn(statement);
      if (isTypeOnly(statement) || isTypeOnly(node) || this.#rules.erasure?.erased.has(statement) === true) continue;
      if (localLexicals && node.type !== 'FunctionDeclaration') {
        addLexicalNames([node], this.#locals);
        continue;
      }
      if (node.type === 'TSImportEqualsDeclaration') this.#declareName(node.id, 'const');
      if (node.type === 'FunctionDeclaration' && node.id != null) {
        const earlier = this.#functions.get(node.id.name);
        if (earlier !== undefined) this.#edits.erase(earlier);
        this.#declareName(node.id, 'function');
        this.#functions.set(node.id.name, node);
      } else if (node.type === 'ClassDeclaration' && node.id != null) this.#declareName(node.id, 'class');
      else if (node.type === 'TSEnumDeclaration' || node.type === 'TSModuleDeclaration') this.#declareObject(node.id);
      else if (node.type === 'VariableDeclaration' && node.kind !== 'var')
        this.#declareAll(node, node.kind === 'let' ? 'let' : 'const');
      else if (node.type === 'ImportDeclaration') {
        for (const specifier of node.specifiers ?? [])
          if (!isTypeOnly(specifier)) this.#declareName(specifier.local, 'import');
      }
    }
  }

  /** Its value goes to the variable outside of the block when the block comes to it. */
  #blockFunction(node: FunctionDeclaration, parent: SyntaxNode): void {
    const name = node.id!.name!;
    this.#declarations.set(name, 'var');
    const isAlone = parent.type === 'IfStatement';
    this.#edits.wrap(
      node,
      isAlone ? '{' : '',
      `var ${this.#names.of('v')}=${this.#own(name)}.init=${name};${isAlone ? '}' : ''}`,
      Rank.bind,
    );
  }

  /** It may merge with an earlier class or function of the same name. */
  #declareObject(id: Identifier): void {
    if (!this.#declarations.has(id.name)) this.#declareName(id, 'let');
  }

  #declareAll(declaration: VariableDeclaration, kind: DeclarationKind): void {
    for (const { id } of declaration.declarations ?? [])
      forEachBinding(id, (identifier) => this.#declareName(identifier, kind));
  }

  /** As Chromium's console: a name may be declared again in its own family, `var` and functions, or everything else. */
  #declareName(identifier: Identifier, kind: DeclarationKind): void {
    const name = identifier.name;
    const known = this.#scope.kind(name);
    const isConflict = known !== undefined && isVarLike(known) !== isVarLike(kind);
    if (isConflict || (unshadowable.has(name) && !isVarLike(kind))) {
      const hint = isConflict
        ? `. An earlier cell declared it as ${known}: use another name, or reset the session`
        : '';
      throw new CompileError(`Identifier '${name}' has already been declared${hint}`, {
        ...positionAt(this.#edits.source, identifier.start),
        length: name.length,
      });
    }
    this.#declarations.set(name, kind);
  }

  declaration(node: SyntaxNode, visit: (node: SyntaxNode) => void, parent: SyntaxNode): boolean {
    const { localLexicals, localVariables } = this.#rules;
    if (localVariables || (localLexicals && node.kind !== 'var')) return false;
    if (this.#rules.erasure?.erased.has(node) === true) return true;
    switch (node.type) {
      case 'VariableDeclaration':
        this.#variables(node, visit, parent);
        return true;
      case 'ClassDeclaration':
        if (node.id != null) this.#edits.wrap(node, `;${this.#own(node.id.name)}.init=`, ';', Rank.bind);
        return false;
      case 'TSImportEqualsDeclaration':
        this.#edits.replace({ start: node.start, end: node.id.end }, `;${this.#own(node.id.name)}.init`);
        this.#edits.wrap(node, '', ';', Rank.bind);
        return false;
      case 'ImportDeclaration':
        this.#edits.erase(node);
        this.#table.import(node);
        return true;
      case 'ExportNamedDeclaration':
        if (node.source != null && !isTypeOnly(node)) this.#table.reexport(node);
        if (node.declaration == null) this.#edits.erase(node);
        else this.#exported(node, node.declaration, visit);
        return true;
      case 'ExportDefaultDeclaration':
        if (isTypeOnly(node.declaration)) return true;
        if (node.declaration.id != null && /^(?:Function|Class)Declaration$/.test(node.declaration.type)) {
          this.#exported(node, node.declaration, visit);
        } else {
          this.#eraseUpTo(node.declaration, node);
          this.#edits.wrap(node.declaration, `;${this.#runtime}.value=(`, ');', Rank.bind);
          visit(node.declaration);
        }
        return true;
      case 'ExportAllDeclaration':
        if (!isTypeOnly(node)) this.#table.reexport(node);
        this.#edits.erase(node);
        return true;
      default:
        return false;
    }
  }

  #exported(statement: SyntaxNode, declaration: SyntaxNode, visit: (node: SyntaxNode) => void): void {
    this.#eraseUpTo(declaration, statement);
    if (!isTypeOnly(declaration) && !this.declaration(declaration, visit, statement)) visit(declaration);
  }

  /** Decorators may stand before `export`: eraseTypes takes that away with them. */
  #eraseUpTo(declaration: SyntaxNode, statement: SyntaxNode): void {
    if (statement.start < declaration.start) this.#edits.erase({ start: statement.start, end: declaration.start });
  }

  /** `let a = 1, { b } = x` becomes the assignments that initialise the slots. */
  #variables(node: VariableDeclaration, visit: (node: SyntaxNode) => void, parent: SyntaxNode): void {
    const declarators = node.declarations ?? [];
    const first = declarators[0];
    const isTarget = parent.type === 'ForInStatement' || parent.type === 'ForOfStatement';
    // A declaration has no completion value. Where the engine computes the completion value, that must stay so.
    const variable =
      this.#rules.localLexicals && (!isTarget || first.init != null) ? `${this.#names.of('v')}=` : undefined;
    if (variable === undefined) this.#edits.erase({ start: node.start, end: first.start });
    const isHead = first.init == null && first.id.type !== 'Identifier';
    for (const declarator of declarators) {
      const id = declarator.id;
      if (id.type === 'Identifier') {
        const place = this.#free.initialiser(id.name);
        const range = nameRange(this.#edits.source, id);
        // A `var` without a value keeps the one it has; so does the target in the head of `for (var x of …)`.
        if (declarator.init != null || isTarget) this.#edits.replace(range, `${variable ?? ''}${place}`);
        else this.#edits.replace(range, node.kind === 'var' ? `${variable ?? ''}void 0` : `${place}=void 0`);
        if (declarator.init != null && isAnonymousFunction(declarator.init))
          this.#free.nameFunction(declarator.init, id.name);
      } else {
        if (!isHead) this.#edits.wrap(declarator, `${variable ?? 'void'}(`, ')', Rank.bind);
        this.#pattern(id, visit);
      }
      if (declarator.init != null) visit(declarator.init);
    }
    const last = declarators.at(-1)!;
    const isTerminated = this.#edits.source[node.end - 1] === ';' || parent.type === 'ForStatement';
    if (last.init == null && !isTarget && !isTerminated) this.#edits.insert(node.end, ';', Rank.bind);
  }

  #pattern(pattern: SyntaxNode, visit: (node: SyntaxNode) => void, shorthand = false): void {
    switch (pattern.type) {
      case 'Identifier': {
        const place = this.#free.initialiser(pattern.name);
        this.#edits.replace(
          nameRange(this.#edits.source, pattern),
          shorthand ? `${propertyKey(pattern.name)}:${place}` : place,
        );
        return;
      }
      case 'AssignmentPattern':
        this.#pattern(pattern.left, visit, shorthand);
        if (pattern.left.type === 'Identifier' && isAnonymousFunction(pattern.right))
          this.#free.nameFunction(pattern.right, pattern.left.name);
        return visit(pattern.right);
      case 'RestElement':
        return this.#pattern(pattern.argument, visit);
      case 'ArrayPattern':
        for (const element of pattern.elements ?? []) if (element !== null) this.#pattern(element, visit);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties ?? []) {
          if (property.type === 'RestElement') this.#pattern(property, visit);
          else {
            if (property.computed === true) visit(property.key);
            this.#pattern(property.value, visit, property.shorthand);
          }
        }
        return;
      default:
    }
  }

  // References

  reference(identifier: Identifier, role: ReferenceRole, parent: SyntaxNode, site: ReferenceSite): void {
    this.#used.add(identifier.name);
    const isEdited = this.#rules.erasure?.memberReferences.has(identifier) === true;
    if (!isEdited && !this.#locals.has(identifier.name)) this.#free.add(identifier, role, parent, site);
  }

  directEval(call: CallExpression, scope: Scope | undefined, site: ReferenceSite): void {
    if (this.#locals.has('eval')) return;
    this.#free.addDirectEval();
    this.#evals.add(call, scope, site);
  }

  named(fn: SyntaxNode, name: string): void {
    if (!this.#locals.has(name)) this.#functionNames.push({ fn, name });
  }

  expressionAfter(statement: SyntaxNode, previous: SyntaxNode): void {
    separateExpression(this.#edits, statement, previous);
  }

  importExpression(node: SyntaxNode): void {
    this.#edits.replace({ start: node.start, end: node.start + 'import'.length }, `${this.#runtime}.import`);
  }

  metaProperty(node: SyntaxNode): void {
    if (node.meta?.name === 'import') this.#edits.replace(node, `${this.#runtime}.meta`);
  }

  // Texts around the code

  #own(name: string): string {
    return this.#free.own(name);
  }

  #links(): ModuleLinks {
    const { erasure, tokens } = this.#rules;
    if (erasure === undefined || tokens === undefined || this.#table.imports.length === 0) return this.#table.links();
    const isType = usedByTypes(tokens);
    return this.#table.links((local) => !this.#used.has(local) && isType(local));
  }
}

function isVarLike(kind: DeclarationKind): boolean {
  return kind === 'var' || kind === 'function';
}
