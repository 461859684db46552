import { compileModule } from '../../../src/compiler/index.js';
import { ClassDecoration } from '../../../src/compiler/erase/decorate.js';
import type { JsxOptions } from '../../../src/compiler/jsx/jsx-options.js';
import type { Evaluation, ModuleRuntime } from '../../../src/compiler/runtime-types.js';
import type { GuardRuntime } from '../../../src/compiler/guard/guard.js';
import type { CompiledModule } from '../../../src/compiler/types.js';
import { activations } from '../../../src/context/activations/activations.js';
import { intrinsics } from '../realm/intrinsics.js';
import type { ModuleSource } from '../../../src/protocol/messages/wire.js';
import type { ImportMapResolver } from './import-map.js';
import { ModuleRecord } from './module-record.js';

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
  /** Evaluates the text of an expression in the global scope. */
  evaluate(expression: string): unknown;
  /** Runs a module's code with the reader's built-ins and in the empty context. */
  run<T>(code: () => T): T;
}

/** Whether `<` begins an element of JSX, in a file of that name. */
export const elementsIn = (fileName: string): true | 'fallback' => /\.[jt]sx(?:$|[?#])/.test(fileName) || 'fallback';

/**
 * The modules of a session: fetched through the host, and compiled like cells so that context propagates in them too. Each
 * is linked and evaluated once, in the order of ECMA-262, 16.2.1.5, including cycles and top-level await.
 */
export class ModuleGraph {
  readonly #options: ModuleGraphOptions;
  readonly #loading = new Map<string, Promise<ModuleRecord>>();

  constructor(options: ModuleGraphOptions) {
    this.#options = options;
  }

  /** Addresses of the modules that have loaded or are loading. */
  get addresses(): readonly string[] {
    return [...this.#loading.keys()];
  }

  /**
   * The namespace object of a module, loaded and evaluated.
   * @param importer absolute address of the importing module; none for a cell
   * @throws ModuleResolutionError, the error of loading or compiling, or the error that the module throws
   */
  async import(specifier: string, importer?: string): Promise<object> {
    const url = intrinsics.enter(() => this.#options.resolver.resolve(specifier, importer));
    const record = await this.#load(url);
    await this.#loadDependencies(record, new Set());
    intrinsics.enter(() => this.#link(record));
    await this.#evaluate(record, new Set());
    return record.namespace;
  }

  #load(url: string): Promise<ModuleRecord> {
    return intrinsics.enter(() => {
      const known = this.#loading.get(url);
      if (known !== undefined) return known;
      const loading = this.#fetchAndCompile(url);
      this.#loading.set(url, loading);
      // A failed load may be retried. The record keeps an evaluation error.
      loading.catch(() => this.#loading.delete(url));
      return loading;
    });
  }

  async #fetchAndCompile(address: string): Promise<ModuleRecord> {
    const { url, source } = await this.#options.fetch(address);
    return intrinsics.enter(() => {
      const compiled = compileModule(source, {
        fileName: url,
        language: /\.[mc]?tsx?(?:$|[?#])/.test(url) ? 'ts' : 'js',
        elements: elementsIn(url),
        jsx: this.#options.jsx,
        guards: true,
      });
      this.#options.onCompiled(url, compiled);
      return new ModuleRecord(url, compiled);
    });
  }

  async #loadDependencies(record: ModuleRecord, visited: Set<ModuleRecord>): Promise<void> {
    if (visited.has(record)) return;
    visited.add(record);
    await Promise.all(
      record.compiled.imports.map(async (specifier) => {
        const url = intrinsics.enter(() => this.#options.resolver.resolve(specifier, record.url));
        const dependency = await this.#load(url);
        record.dependencies.set(specifier, dependency);
        await this.#loadDependencies(dependency, visited);
      }),
    );
  }

  #link(root: ModuleRecord): void {
    const linked: ModuleRecord[] = [];
    const visit = (record: ModuleRecord): void => {
      if (record.code !== undefined) return;
      const factory = this.#options.evaluate(record.compiled.code) as (
        runtime: ModuleRuntime,
      ) => NonNullable<ModuleRecord['code']>;
      record.code = this.#options.run(() => factory(this.#runtimeOf(record)));
      linked.push(record);
      for (const dependency of record.dependencies.values()) visit(dependency);
    };
    visit(root);
    for (const record of linked) this.#options.run(() => void record.code!.next());
    for (const record of linked) record.seal();
  }

  async #evaluate(record: ModuleRecord, visited: Set<ModuleRecord>): Promise<void> {
    if (visited.has(record)) return;
    visited.add(record);
    for (const dependency of record.dependencies.values()) await this.#evaluate(dependency, visited);
    record.evaluation ??= this.#options.run(async () => await record.code!.next());
    await record.evaluation;
  }

  #runtimeOf(record: ModuleRecord): ModuleRuntime {
    return {
      activations,
      guard: this.#options.guard,
      meta: { url: record.url, resolve: (specifier: string) => this.#options.resolver.resolve(specifier, record.url) },
      exports: (getters) => record.exportGetters(getters),
      exportStar: (specifier) => record.exportStar(specifier),
      namespace: (specifier) => record.dependency(specifier).namespace as Readonly<Record<string, unknown>>,
      import: (specifier) => this.import(String(specifier), record.url),
      decorate: () => new ClassDecoration(),
      evaluation: this.#options.evaluation,
    };
  }
}
