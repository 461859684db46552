import { apply, defineOwn, hasOwn } from '../../../src/context/pristine-built-ins.js';
import type { CompileError } from '../../../src/compiler/compile-error.js';
import { positionAt } from '../../../src/compiler/output/edits.js';
import { ClassDecoration } from '../../../src/compiler/erase/decorate.js';
import type { JsxOptions } from '../../../src/compiler/jsx/jsx-options.js';
import type { Evaluation, ModuleRuntime } from '../../../src/compiler/runtime-types.js';
import type { GuardRuntime } from '../../../src/compiler/guard/guard.js';
import type { CompiledModule, ModuleLinks } from '../../../src/compiler/types.js';
import { activations } from '../../../src/context/activations/activations.js';
import { intrinsics } from '../realm/intrinsics.js';
import type { ModuleSource } from '../../../src/protocol/messages/wire.js';
import { ModuleEvaluation } from './evaluation.js';
import { importedType } from './import-options.js';
import type { ImportMapResolver } from './import-map.js';
import { separately } from './separate-turns.js';
import { ModuleRecord } from './module-record.js';
import { compileSource, readCompiled } from './module-text.js';

export interface ModuleGraphOptions {
  readonly evaluation: Evaluation;
  /** Checked by loops and calls in modules. */
  readonly guard: GuardRuntime;
  readonly resolver: ImportMapResolver;
  /** Called with each compiled module. */
  onCompiled(url: string, compiled: CompiledModule): void;
  fetch(url: string): Promise<ModuleSource>;
  /** How elements of JSX are compiled. */
  readonly jsx: JsxOptions | undefined;
  /** Whether the code that imports restores a checkpoint, which keeps no import attributes. */
  isRestoring(): boolean;
  /** Evaluates the text of an expression in the global scope. */
  evaluate(expression: string): unknown;
  /** Runs a module's code with the reader's built-ins and in the empty context. */
  run<T>(code: () => T): T;
}

/** A cell that imports. */
export interface ImportingCell {
  readonly fileName: string;
  readonly source: string;
  readonly links: ModuleLinks;
}

/** Who imports by `import()`. */
export interface Importing {
  /** Absolute address of a module; none for a cell. */
  readonly importer?: string;
  /** The importer as an error names it. @default importer */
  readonly shown?: string;
  /** Called in the bracket before the promise rejects. */
  failed?(thrown: unknown): void;
}

const noLinks: ModuleLinks = { requests: [], names: [], reexports: [], stars: [] };
const NativePromise = Promise;
const NativeSyntaxError = SyntaxError;
const NativeTypeError = TypeError;
const nativeThen = Promise.prototype.then;

/**
 * The modules of a session: fetched through the host, and compiled like cells so that context propagates in them too. As
 * in ECMA-262, 16.2.1, a graph is first loaded as a whole, then linked as a whole, then evaluated.
 */
export class ModuleGraph {
  readonly #options: ModuleGraphOptions;
  readonly #loading = new Map<string, Promise<ModuleRecord>>();
  readonly #evaluation: ModuleEvaluation<ModuleRecord>;
  /** Resolves when the code of all that is linked waits to be evaluated. */
  #instantiated: Promise<unknown> | undefined;

  constructor(options: ModuleGraphOptions) {
    this.#options = options;
    this.#evaluation = new ModuleEvaluation((record) => this.#execute(record));
  }

  /** Addresses of the modules that have loaded or are loading. */
  get addresses(): readonly string[] {
    return [...this.#loading.keys()];
  }

  /**
   * The namespace object of a module, loaded, linked and evaluated. Called outside of the bracket: reading the arguments may
   * run code.
   * @throws ModuleResolutionError, ModuleLoadError, a SyntaxError that names the module, or what a module throws
   */
  import(specifier: unknown, options: unknown, { importer, shown = importer, failed }: Importing): Promise<object> {
    return new NativePromise((resolve, reject) => {
      const text = `${specifier as string}`;
      const type = importedType(options);
      const refuse = (thrown: unknown): never => {
        failed?.(thrown);
        throw thrown;
      };
      intrinsics.enter(() => {
        const loading = new NativePromise<ModuleRecord>((done) => done(this.#load(text, type, importer, shown)));
        const evaluated = after(loading, (record) => after(separately(this.#evaluate(record)), () => record));
        // Resolved outside of the bracket: a module may export `then`, which is read.
        apply(nativeThen, after(evaluated, undefined, refuse), [
          ({ namespace }: ModuleRecord) => resolve(namespace),
          reject,
        ]);
      });
    });
  }

  /**
   * The modules that a cell imports, each linked before any is evaluated.
   * @param failed called before the promise rejects, with the offset of the import that failed
   */
  importAll(
    { fileName, source, links }: ImportingCell,
    failed: (thrown: unknown, at: number) => void,
  ): Promise<readonly ModuleRecord[]> {
    return intrinsics.enter(() => {
      const cell = new ModuleRecord({ url: fileName, sourceOf: () => source, links, isCell: true });
      return after(
        separately(this.#evaluate(cell)),
        () => cell.dependencies,
        (thrown) => {
          const index = cell.dependencies.findIndex((record) => record.failure !== undefined || hasUnlinked(record));
          failed(thrown, cell.failedAt ?? links.requests[index]?.at ?? 0);
          throw thrown;
        },
      );
    });
  }

  /** `import.meta` of a module, or of a cell, which has a file name alone. */
  metaOf(url: string, importer?: string): object {
    const resolve = (specifier: unknown): string => {
      const text = `${specifier as string}`;
      return intrinsics.enter(() => this.#options.resolver.resolve(text, importer, url));
    };
    return { __proto__: null, url, resolve } as object;
  }

  #evaluate(record: ModuleRecord): Promise<void> {
    const loaded = NativePromise.resolve(this.#loadDependencies(record, new Set()));
    const linked = after(loaded, () => this.#link(record));
    return after(linked, () => this.#evaluation.evaluate(record));
  }

  // Loading

  #load(specifier: string, type?: string, importer?: string, shown?: string): Promise<ModuleRecord> {
    if (type !== undefined && type !== 'json') throw new NativeTypeError(`"${type}" is not a valid module type.`);
    const url = this.#options.resolver.resolve(specifier, importer, shown);
    let loading = this.#loading.get(url);
    if (loading === undefined) {
      // What failed to load may be tried again. What failed to compile stays as it is.
      const fetching = after(this.#options.fetch(url), undefined, (error) => {
        this.#loading.delete(url);
        throw error;
      });
      loading = after(fetching, (module) => this.#recordOf(module));
      this.#loading.set(url, loading);
    }
    if (type === undefined && this.#options.isRestoring()) return loading;
    return after(loading, (record) => {
      const isJson = record.description.compiled === undefined;
      if (isJson === (type === 'json')) return record;
      throw new NativeTypeError(
        isJson
          ? `The module ${url} is JSON. Import it with { type: 'json' }: import data from ${JSON.stringify(specifier)} with { type: 'json' }.`
          : `The module ${url} is imported as JSON, but it is JavaScript.`,
      );
    });
  }

  #recordOf({ url, source, json = false, hint, compiled: data }: ModuleSource): ModuleRecord {
    if (json) {
      const value = named(url, () => JSON.parse(source) as unknown);
      return new ModuleRecord({ url, sourceOf: () => source, links: noLinks, exports: exportsOf(() => value) });
    }
    const compile = (text: string): CompiledModule => compileSource({ url, source: text, jsx: this.#options.jsx });
    const { sourceOf, ...compiled } =
      data === undefined
        ? { ...named(url, () => compile(source)), sourceOf: () => source }
        : readCompiled(data, compile);
    this.#options.onCompiled(url, compiled);
    return new ModuleRecord({ url, sourceOf, links: compiled.links, compiled, ...(hint !== undefined && { hint }) });
  }

  #loadDependencies(record: ModuleRecord, visited: Set<ModuleRecord>): Promise<unknown> | undefined {
    if (visited.has(record) || record.isLinked) return undefined;
    visited.add(record);
    const { url, links, isCell } = record.description;
    const loads = links.requests.map(({ specifier, type, at }, index) => {
      const importer = isCell === true ? undefined : url;
      const loading = new NativePromise<ModuleRecord>((resolve) => resolve(this.#load(specifier, type, importer, url)));
      const loaded = after(loading, (dependency) => {
        record.dependencies[index] = dependency;
        return this.#loadDependencies(dependency, visited);
      });
      return after(loaded, undefined, (thrown) => {
        if (isCell === true) record.failedAt ??= at;
        throw thrown;
      });
    });
    return NativePromise.all(loads);
  }

  // Linking

  /** Links all that the module reaches, or nothing of it. @throws SyntaxError */
  #link(root: ModuleRecord): Promise<unknown> | undefined {
    const found: ModuleRecord[] = [];
    const visited = new Set<ModuleRecord>();
    const visit = (record: ModuleRecord): void => {
      if (record.isLinked || visited.has(record)) return;
      visited.add(record);
      for (const dependency of record.dependencies) visit(dependency);
      found.push(record);
    };
    visit(root);
    for (const record of found) this.#instantiate(record);
    for (const record of found) resolveNames(record);
    for (const record of found) record.linked();
    return this.#instantiated;
  }

  /** Runs a module's code, once, up to the place where it has hoisted its functions and told its exports. */
  #instantiate(record: ModuleRecord): void {
    const { compiled, url } = record.description;
    if (compiled === undefined || record.code !== undefined) return;
    const make = named(url, () => this.#options.evaluate(compiled.code)) as (
      runtime: ModuleRuntime,
    ) => NonNullable<ModuleRecord['code']>;
    const { run } = this.#options;
    const code = run(() => make(this.#runtimeOf(record)));
    record.code = code;
    const { next } = code;
    const step = run(() => apply(next, code, []) as unknown);
    if (record.hasTopLevelAwait) this.#instantiated = NativePromise.all([this.#instantiated, step]);
  }

  // Evaluation

  #execute(record: ModuleRecord): unknown {
    const { code } = record;
    if (code === undefined) return undefined;
    const { next } = code;
    return this.#options.run(() => apply(next, code, []) as unknown);
  }

  #runtimeOf(record: ModuleRecord): ModuleRuntime {
    const { url } = record.description;
    return {
      activations,
      guard: this.#options.guard,
      meta: this.metaOf(url, url),
      exports: (getters, nameless) => {
        record.exports = getters;
        if (nameless !== undefined) intrinsics.enter(() => defineOwn(nameless, 'name', { value: 'default' }));
      },
      module: (request) => record.dependencies[request]!,
      import: (specifier, options) => this.import(specifier, options, { importer: url }),
      decorate: () => new ClassDecoration(intrinsics),
      evaluation: this.#options.evaluation,
    };
  }
}

/** Links the names that a module requests: ECMA-262, 16.2.1.6.4, InitializeEnvironment. @throws SyntaxError */
function resolveNames(record: ModuleRecord): void {
  const { links, url, sourceOf, isCell } = record.description;
  for (const { name, from, at, maybeType } of [...links.reexports, ...links.names]) {
    const module = record.dependencies[from]!;
    const binding = name === undefined ? undefined : module.bind(name);
    if (name === undefined || typeof binding === 'object' || maybeType === true) continue;
    record.failedAt = at;
    const { specifier } = links.requests[from]!;
    const problem =
      binding === 'ambiguous'
        ? `contains conflicting star exports for name '${name}'`
        : `does not provide an export named '${name}'`;
    const { hint } = module.description;
    const place = isCell === true ? '' : ` (${placeOf(url, positionAt(sourceOf(), at))})`;
    const advice = hint !== undefined && module.isEmpty ? `. ${hint}` : '';
    throw new NativeSyntaxError(`The requested module '${specifier}' ${problem}${place}${advice}`);
  }
}

/** Whether the module, or one that it reaches, has failed to link. */
function hasUnlinked(root: ModuleRecord): boolean {
  const reached = new Set([root]);
  for (const record of reached) {
    if (record.failedAt !== undefined) return true;
    for (const dependency of record.dependencies) reached.add(dependency);
  }
  return false;
}

/** Names the module in an error of its text. */
function named<T>(url: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    const place = hasOwn(error as object, 'position') ? placeOf(url, (error as CompileError).position) : url;
    throw new NativeSyntaxError(`${message} (${place})`);
  }
}

const placeOf = (url: string, { line, column }: { line: number; column: number }): string => `${url}:${line}:${column}`;

function exportsOf(value: () => unknown): ModuleRecord['exports'] {
  return Object.assign(Object.create(null) as ModuleRecord['exports'], { default: value });
}

/** Reacts to a promise in a bracket. An `await` would read the promise's `constructor` outside of it. */
function after<T, R = T>(
  promise: Promise<T>,
  then?: (value: T) => R | PromiseLike<R>,
  failed?: (thrown: unknown) => R,
): Promise<R> {
  return apply(nativeThen, promise, [
    then === undefined ? undefined : (value: T) => intrinsics.enter(() => then(value)),
    failed === undefined ? undefined : (thrown: unknown) => intrinsics.enter(() => failed(thrown)),
  ]) as Promise<R>;
}
