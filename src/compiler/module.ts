import type {
  CallExpression,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Identifier,
  ImportDeclaration,
  ModuleName,
} from './parse/nodes.js';
import { exportNameOf } from './bind/bind-cell.js';
import { refuseTooDeep } from './compile-error.js';
import { DirectEvals, withNativeEval } from './bind/direct-evals.js';
import { Edits, Rank } from './output/edits.js';
import { eraseTypes } from './erase/erase.js';
import { functionOrigins } from './output/function-origins.js';
import { functionSources } from './output/function-sources.js';
import { GeneratedNames } from './output/generated-names.js';
import { keepHashbang, separateComparisons } from './parse/comments.js';
import { addGuards } from './guard/guard.js';
import { instrument } from './instrument/instrument.js';
import { activationFunctionsPattern, nameActivations, topLevelActivation } from './instrument/instrument-names.js';
import { lowerElements } from './jsx/jsx.js';
import { parse } from './parse/parse.js';
import {
  separateExpression,
  visitReferences,
  type ReferenceRole,
  type ReferenceSite,
  type ReferenceVisitor,
} from './parse/references.js';
import { forEachBinding, nameRange, type Scope } from './parse/scopes.js';
import { bodyList, isExportedAlias, isTypeOnly, propertyKey, type SyntaxNode } from './parse/syntax.js';
import type { CompiledModule, CompileOptions } from './types.js';

/**
 * Compiles an ECMAScript module to a generator function of a `ModuleRuntime`. Its first step links: functions are hoisted,
 * exports are told as getters, so that cycles, live bindings and the dead zone are the specification's. The second evaluates.
 * @throws CompileError
 */
export function compileModule(source: string, options: CompileOptions): CompiledModule {
  return refuseTooDeep(() => moduleOf(source, options));
}

function moduleOf(source: string, options: CompileOptions): CompiledModule {
  const language = options.language ?? 'js';
  const parsed = parse(source, {
    language,
    jsx: options.elements ?? 'fallback',
    sourceType: 'module',
    allowAwait: true,
  });
  const { program, tokens } = parsed;
  const edits = new Edits(source);
  const names = new GeneratedNames(tokens);
  const runtime = names.of('m');

  const elements = lowerElements(source, parsed, options.jsx, (index) => names.of(`n_${index}`));
  if (language === 'ts' || elements !== undefined)
    eraseTypes(program, tokens, edits, { runtime, keepImports: language === 'js' });
  const binder = new ModuleBinder(program, edits, names, runtime);
  binder.bind();
  const activationNames = nameActivations(names);
  keepHashbang(edits);
  separateComparisons(tokens, edits);
  const instrumented = instrument(program, tokens, edits, { names: activationNames, topLevel: 'async', strict: true });
  const guarded = options.guards === true ? addGuards(program, edits, names, runtime) : '';
  const { suspends } = instrumented;
  const { open, close } = topLevelActivation(activationNames, instrumented);
  elements?.write(edits);

  const body = edits.apply();
  const evaluating = binder.evaluates ? withNativeEval(runtime) : undefined;
  const start = `(${suspends ? 'async ' : ''}function*(${evaluating === undefined ? runtime : ''})`;
  const header =
    `${evaluating === undefined ? '' : `(${runtime})=>(${evaluating.open}`}${start}{"use strict";${guarded}const ${activationFunctionsPattern(activationNames)}=${runtime}.activations;` +
    `${open}${binder.linkText()}${suspends ? `${activationNames.resume}(${activationNames.topActivation},yield ${activationNames.suspendYield}(${activationNames.topActivation},void 0));` : 'yield;'}`;
  const footer = `\n${close}})${evaluating === undefined ? '' : `())${evaluating.close}`}\n//# sourceURL=${options.fileName}`;
  return {
    code: header + body.text + footer,
    imports: binder.specifiers,
    suspends,
    originalPosition: ({ line, column }) =>
      line === 1 && column <= header.length
        ? undefined
        : body.originalPosition({ line, column: line === 1 ? column - header.length : column }),
    functionSources: () => functionSources(program, body),
    functionOrigins: () => functionOrigins(program, body, 'module', elements?.pragmas),
  };
}

/** Turns imports into reads of namespace objects, and exports into getters. Local names stay. */
class ModuleBinder implements ReferenceVisitor {
  readonly specifiers: string[] = [];
  readonly #program: SyntaxNode;
  readonly #edits: Edits;
  readonly #names: GeneratedNames;
  readonly #runtime: string;
  /** Local name of an import to the text that reads it. */
  readonly #imports = new Map<string, string>();
  readonly #exports = new Map<string, string>();
  readonly #stars: string[] = [];
  readonly #evals: DirectEvals;
  #hoistedDefault: string | undefined;

  constructor(program: SyntaxNode, edits: Edits, names: GeneratedNames, runtime: string) {
    this.#evals = new DirectEvals(edits, names, runtime, {
      dynamic: false,
      hasNamespace: false,
      lenient: false,
      locals: new Set(),
    });
    this.#program = program;
    this.#edits = edits;
    this.#names = names;
    this.#runtime = runtime;
  }

  bind(): void {
    for (const statement of bodyList(this.#program)) {
      if (isTypeOnly(statement)) continue;
      if (statement.type === 'ImportDeclaration') this.#import(statement);
    }
    visitReferences(this.#program, this);
  }

  /** Declares the namespaces of imported modules, and registers the exports. */
  linkText(): string {
    const namespaces = this.specifiers.map(
      (specifier, index) => `const ${this.#variable(index)}=${this.#runtime}.namespace(${JSON.stringify(specifier)});`,
    );
    const getters = [...this.#exports].map(([name, text]) => `[${JSON.stringify(name)}]:()=>${text}`);
    const stars = this.#stars.map((specifier) => `${this.#runtime}.exportStar(${JSON.stringify(specifier)});`);
    const naming =
      this.#hoistedDefault === undefined
        ? ''
        : `Object.defineProperty(${this.#hoistedDefault},"name",{value:"default"});`;
    return `${naming}${namespaces.join('')}${this.#evals.declareText(Object.fromEntries(this.#imports))}${this.#runtime}.exports({__proto__:null,${getters.join(',')}});${stars.join('')}`;
  }

  declaration(node: SyntaxNode, visit: (node: SyntaxNode) => void): boolean {
    switch (node.type) {
      case 'ImportDeclaration':
        this.#edits.erase(node);
        return true;
      case 'TSImportEqualsDeclaration':
        if (!isExportedAlias(node)) return false;
        this.#edits.erase({ start: node.start, end: node.start + 'export'.length });
        this.#exportLocal(node.id.name, node.id.name);
        return false;
      case 'ExportNamedDeclaration':
        this.#exportNamed(node, visit);
        return true;
      case 'ExportDefaultDeclaration':
        this.#exportDefault(node, visit);
        return true;
      case 'ExportAllDeclaration':
        this.#exportAll(node);
        return true;
      default:
        return false;
    }
  }

  get evaluates(): boolean {
    return this.#evals.any;
  }

  directEval(call: CallExpression, scope: Scope | undefined, site: ReferenceSite): void {
    this.#evals.add(call, scope, site);
  }

  reference(identifier: Identifier, role: ReferenceRole): void {
    const name = identifier.name;
    // The function that a module is compiled to has `arguments`, and the module none.
    if (name === 'arguments')
      return this.#edits.replace(nameRange(this.#edits.source, identifier), this.#names.of('arguments'));
    const place = this.#imports.get(name);
    if (place === undefined) return;
    const range = nameRange(this.#edits.source, identifier);
    if (role === 'call') this.#edits.replace(range, `(0,${place})`);
    else this.#edits.replace(range, role.startsWith('shorthand') ? `${propertyKey(name)}:${place}` : place);
  }

  named(): void {
    // Names of a module stay variables, so functions still take their names from them.
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

  #variable(index: number): string {
    return this.#names.of(`n_${index}`);
  }

  #namespaceOf(statement: ImportDeclaration | ExportNamedDeclaration | ExportAllDeclaration): string {
    const specifier = statement.source!.value as string;
    let index = this.specifiers.indexOf(specifier);
    if (index < 0) index = this.specifiers.push(specifier) - 1;
    return this.#variable(index);
  }

  #import(statement: ImportDeclaration): void {
    const namespace = this.#namespaceOf(statement);
    for (const specifier of statement.specifiers ?? []) {
      if (isTypeOnly(specifier)) continue;
      const exported = exportNameOf(specifier);
      this.#imports.set(
        specifier.local.name,
        exported === undefined ? namespace : `${namespace}[${JSON.stringify(exported)}]`,
      );
    }
  }

  #exportNamed(statement: ExportNamedDeclaration, visit: (node: SyntaxNode) => void): void {
    const { declaration } = statement;
    if (declaration != null) {
      // Decorators may stand before `export`, and belong to the declaration.
      if (statement.start < declaration.start) this.#edits.erase({ start: statement.start, end: declaration.start });
      if (isTypeOnly(declaration)) return;
      if (declaration.id != null) this.#exportLocal(declaration.id.name!, declaration.id.name!);
      for (const { id } of declaration.declarations ?? [])
        forEachBinding(id, ({ name }) => this.#exportLocal(name, name));
      visit(declaration);
      return;
    }
    const namespace = statement.source == null ? undefined : this.#namespaceOf(statement);
    for (const specifier of statement.specifiers ?? []) {
      if (specifier.exportKind === 'type') continue;
      const local = moduleName(specifier.local);
      const exported = moduleName(specifier.exported);
      if (namespace === undefined) this.#exportLocal(exported, local);
      else this.#exports.set(exported, `${namespace}[${JSON.stringify(local)}]`);
    }
    this.#edits.erase(statement);
  }

  #exportLocal(exported: string, local: string): void {
    this.#exports.set(exported, this.#imports.get(local) ?? local);
  }

  #exportDefault(statement: ExportDefaultDeclaration, visit: (node: SyntaxNode) => void): void {
    const declaration = statement.declaration;
    if (isTypeOnly(declaration)) return;
    const keyword = { start: statement.start, end: declaration.start };
    if (declaration.id != null && /^(?:Function|Class)Declaration$/.test(declaration.type)) {
      if (keyword.start < keyword.end) this.#edits.erase(keyword);
      this.#exports.set('default', declaration.id.name!);
    } else {
      const variable = this.#names.of('default');
      this.#exports.set('default', variable);
      if (declaration.type === 'FunctionDeclaration') {
        // Hoisted: it can be called before its line is reached, by modules of a cycle. It needs a name for that.
        this.#edits.erase(keyword);
        this.#edits.insert(this.#edits.source.indexOf('(', declaration.start), ` ${variable}`, Rank.bind);
        this.#hoistedDefault = variable;
      } else {
        if (keyword.start < keyword.end) this.#edits.erase(keyword);
        this.#edits.wrap(declaration, `const ${variable}=({default:`, '}).default;', Rank.bind);
      }
    }
    visit(declaration);
  }

  #exportAll(statement: ExportAllDeclaration): void {
    const namespace = this.#namespaceOf(statement);
    if (statement.exported == null) this.#stars.push(statement.source.value);
    else this.#exports.set(moduleName(statement.exported), namespace);
    this.#edits.erase(statement);
  }
}

function moduleName(node: ModuleName): string {
  return node.name ?? (node.value as string);
}
