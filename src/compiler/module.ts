import type { CallExpression, ExportDefaultDeclaration, ExportNamedDeclaration, Identifier } from './parse/nodes.js';
import { LinkTable, moduleName } from './bind/link-table.js';
import { CompileError, refuseTooDeep } from './compile-error.js';
import { DirectEvals, withNativeEval } from './bind/direct-evals.js';
import { Edits, positionAt, Rank } from './output/edits.js';
import { eraseTypes } from './erase/erase.js';
import { functionOrigins } from './output/function-origins.js';
import { functionSources } from './output/function-sources.js';
import { GeneratedNames } from './output/generated-names.js';
import { afterComments, keepHashbang, separateComparisons } from './parse/comments.js';
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
import type { CompiledModule, CompileOptions, ModuleLinks, RequestedName } from './types.js';

/**
 * Compiles an ECMAScript module to a generator function of a `ModuleRuntime`. Its first step links: functions are hoisted,
 * own exports are told as getters, so that cycles, live bindings and the dead zone are the specification's. The second evaluates.
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
  const names = new GeneratedNames(source);
  const runtime = names.of('m');

  const elements = lowerElements(source, parsed, options.jsx, (index) => names.of(`bindings_${index}`));
  const erasure =
    language === 'ts' || elements !== undefined
      ? eraseTypes(program, tokens, edits, { runtime, keepImports: language === 'js' })
      : undefined;
  const binder = new ModuleBinder(program, edits, names, runtime, erasure?.erased);
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
    links: binder.links,
    suspends,
    originalPosition: ({ line, column }) =>
      line === 1 && column <= header.length
        ? undefined
        : body.originalPosition({ line, column: line === 1 ? column - header.length : column }),
    functionSources: () => functionSources(program, body),
    functionOrigins: () => functionOrigins(program, body, 'module', elements?.pragmas),
  };
}

/** Turns imports into reads of what is linked, and own exports into getters. Local names stay. */
class ModuleBinder implements ReferenceVisitor {
  readonly #table: LinkTable;
  readonly #program: SyntaxNode;
  readonly #edits: Edits;
  readonly #names: GeneratedNames;
  readonly #runtime: string;
  /** Nodes that type erasure removed. */
  readonly #erased: ReadonlySet<SyntaxNode> | undefined;
  /** Local name of an import to the text that reads it, and to the name in its module. */
  readonly #imports = new Map<string, { readonly text: string; readonly requested: RequestedName | undefined }>();
  /** Variables of imported modules, with the text of their values. */
  readonly #modules = new Map<string, string>();
  readonly #exports = new Map<string, string>();
  /** The specifier, or the local name of the declaration, that exports a name. */
  readonly #exporters = new Map<string, unknown>();
  readonly #evals: DirectEvals;
  #hoistedDefault: string | undefined;

  constructor(
    program: SyntaxNode,
    edits: Edits,
    names: GeneratedNames,
    runtime: string,
    erased: ReadonlySet<SyntaxNode> | undefined,
  ) {
    this.#table = new LinkTable(edits.source);
    this.#erased = erased;
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
      if (isTypeOnly(statement) || this.#erased?.has(statement) === true) continue;
      if (statement.type === 'ImportDeclaration') this.#table.import(statement, this.#erased);
      else if (statement.type === 'ExportAllDeclaration') this.#table.reexport(statement);
      else if (statement.type === 'ExportNamedDeclaration' && statement.source != null) this.#table.reexport(statement);
    }
    for (const { local, from, requested } of this.#table.imports) {
      const part = requested === undefined ? 'namespace' : 'bindings';
      const variable = this.#names.of(`${part}_${from}`);
      this.#modules.set(variable, `${this.#runtime}.module(${from}).${part}`);
      if (local === undefined) continue;
      this.#imports.set(local, {
        requested,
        text: requested === undefined ? variable : `${variable}[${JSON.stringify(requested.name)}]`,
      });
    }
    visitReferences(this.#program, this);
  }

  get links(): ModuleLinks {
    return this.#table.links();
  }

  /** Declares the imported modules, and tells the own exports. */
  linkText(): string {
    const modules = [...this.#modules].map(([name, value]) => `const ${name}=${value};`);
    const places = Object.fromEntries([...this.#imports].map(([local, { text }]) => [local, text]));
    const getters = [...this.#exports].map(([name, text]) => `[${JSON.stringify(name)}]:()=>${text}`);
    return `${modules.join('')}${this.#evals.declareText(places)}${this.#runtime}.exports({__proto__:null,${getters.join(',')}},${this.#hoistedDefault ?? 'void 0'});`;
  }

  declaration(node: SyntaxNode, visit: (node: SyntaxNode) => void): boolean {
    if (this.#erased?.has(node) === true) return true;
    switch (node.type) {
      case 'ImportDeclaration':
        this.#edits.erase(node);
        if (isExportedAlias(node))
          for (const { local } of node.specifiers ?? []) this.#exportLocal(local.name, local.name, node);
        return true;
      case 'TSImportEqualsDeclaration':
        if (!isExportedAlias(node)) return false;
        this.#edits.erase({ start: node.start, end: node.start + 'export'.length });
        this.#exportLocal(node.id.name, node.id.name, node.id);
        return false;
      case 'ExportNamedDeclaration':
        this.#exportNamed(node, visit);
        return true;
      case 'ExportDefaultDeclaration':
        this.#exportDefault(node, visit);
        return true;
      case 'ExportAllDeclaration':
        if (node.exported != null) this.#claim(moduleName(node.exported), node);
        this.#edits.erase(node);
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
    const place = this.#imports.get(name)?.text;
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

  #exportNamed(statement: ExportNamedDeclaration, visit: (node: SyntaxNode) => void): void {
    const { declaration } = statement;
    if (declaration != null) {
      // Decorators may stand before `export`, and belong to the declaration.
      if (statement.start < declaration.start) this.#edits.erase({ start: statement.start, end: declaration.start });
      if (isTypeOnly(declaration)) return;
      if (declaration.id != null) this.#exportLocal(declaration.id.name!, declaration.id.name!, declaration.id);
      for (const { id } of declaration.declarations ?? [])
        forEachBinding(id, (binding) => this.#exportLocal(binding.name, binding.name, binding));
      visit(declaration);
      return;
    }
    for (const specifier of statement.specifiers ?? []) {
      if (specifier.exportKind === 'type' || this.#erased?.has(specifier) === true) continue;
      const exported = moduleName(specifier.exported);
      if (statement.source == null) this.#exportLocal(exported, moduleName(specifier.local), specifier);
      else this.#claim(exported, specifier);
    }
    this.#edits.erase(statement);
  }

  /** A name that is imported is exported from its module: ECMA-262, 16.2.1.7.1, ParseModule. */
  #exportLocal(exported: string, local: string, node: SyntaxNode): void {
    this.#claim(exported, node, node.type === 'ExportSpecifier' ? node : local);
    const { text, requested } = this.#imports.get(local) ?? {};
    if (requested === undefined) this.#exports.set(exported, text ?? local);
    else this.#table.exportImported(requested, exported);
  }

  /** Where the name of a function without one would stand. */
  #nameOf({ start }: SyntaxNode): number {
    let at = start;
    for (const word of ['async', 'function', '*'])
      if (this.#edits.source.startsWith(word, at)) at = afterComments(this.#edits.source, at + word.length);
    return at;
  }

  /** A name is exported once; declarations that TypeScript merges are one. @throws CompileError */
  #claim(exported: string, node: SyntaxNode, exporter: unknown = node): void {
    if ((this.#exporters.get(exported) ?? exporter) !== exporter)
      throw new CompileError(`Duplicate export '${exported}'`, positionAt(this.#edits.source, node.start));
    this.#exporters.set(exported, exporter);
  }

  #exportDefault(statement: ExportDefaultDeclaration, visit: (node: SyntaxNode) => void): void {
    const declaration = statement.declaration;
    if (isTypeOnly(declaration)) return;
    this.#claim('default', statement);
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
        this.#edits.insert(this.#nameOf(declaration), ` ${variable}`, Rank.bind);
        this.#hoistedDefault = variable;
      } else {
        if (keyword.start < keyword.end) this.#edits.erase(keyword);
        this.#edits.wrap(declaration, `const ${variable}=({default:`, '}).default;', Rank.bind);
      }
    }
    visit(declaration);
  }
}
