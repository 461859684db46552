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

const { apply } = Reflect;
const NativePromise = Promise;
const nativeThen = Promise.prototype.then;
const ignore = (): void => undefined;

/** Calls back in the bracket. An `await` would read `constructor` of the promise outside it, which may be the reader's. */
function when<T>(promise: Promise<T>, fulfilled: (value: T) => void, rejected: (reason: unknown) => void): void {
  const settled = (value: T): void => {
    try {
      fulfilled(value);
    } catch (error) {
      rejected(error);
    }
  };
  apply(nativeThen, promise, [
    (value: T) => intrinsics.enter(() => settled(value)),
    (reason: unknown) => intrinsics.enter(() => rejected(reason)),
  ] as never);
}

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
  import(specifier: string, importer?: string): Promise<object> {
    const start = (resolve: (namespace: object) => void, reject: (reason: unknown) => void): void => {
      const evaluate = (record: ModuleRecord): void => {
        this.#link(record);
        // Outside: a module may export `then`, which resolving reads.
        const done = (): void => this.#options.run(() => resolve(record.namespace));
        this.#evaluate(record, new Set(), done, reject);
      };
      const load = (record: ModuleRecord): void =>
        this.#loadDependencies(record, new Set(), () => evaluate(record), reject);
      this.#load(this.#resolve(specifier, importer), load, reject);
    };
    return intrinsics.enter(() => new NativePromise(start));
  }

  #resolve(specifier: string, importer?: string): string {
    return this.#options.resolver.resolve(specifier, importer);
  }

  #load(url: string, loaded: (record: ModuleRecord) => void, failed: (reason: unknown) => void): void {
    let loading = this.#loading.get(url);
    if (loading === undefined) {
      loading = new NativePromise((resolve, reject) =>
        when(this.#options.fetch(url), (module) => resolve(this.#compile(module)), reject),
      );
      this.#loading.set(url, loading);
      // A failed load may be retried. The record keeps an evaluation error.
      when(loading, ignore, () => this.#loading.delete(url));
    }
    when(loading, loaded, failed);
  }

  #compile({ url, source }: ModuleSource): ModuleRecord {
    const compiled = compileModule(source, {
      fileName: url,
      language: /\.[mc]?tsx?(?:$|[?#])/.test(url) ? 'ts' : 'js',
      elements: elementsIn(url),
      jsx: this.#options.jsx,
      guards: true,
    });
    this.#options.onCompiled(url, compiled);
    return new ModuleRecord(url, compiled);
  }

  #loadDependencies(
    record: ModuleRecord,
    visited: Set<ModuleRecord>,
    done: () => void,
    failed: (reason: unknown) => void,
  ): void {
    const imports = visited.has(record) ? [] : record.compiled.imports;
    visited.add(record);
    let open = imports.length;
    if (open === 0) return done();
    const one = (): void => {
      if (--open === 0) done();
    };
    for (const specifier of imports) {
      const loaded = (dependency: ModuleRecord): void => {
        record.dependencies.set(specifier, dependency);
        this.#loadDependencies(dependency, visited, one, failed);
      };
      this.#load(this.#resolve(specifier, record.url), loaded, failed);
    }
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
    for (const record of linked) this.#step(record);
    for (const record of linked) record.seal();
  }

  #evaluate(
    record: ModuleRecord,
    visited: Set<ModuleRecord>,
    done: () => void,
    failed: (reason: unknown) => void,
  ): void {
    if (visited.has(record)) return done();
    visited.add(record);
    const dependencies = [...record.dependencies.values()];
    const next = (): void => {
      const dependency = dependencies.shift();
      if (dependency !== undefined) return this.#evaluate(dependency, visited, next, failed);
      record.evaluation ??= new NativePromise<void>((resolve, reject) => {
        const step = this.#step(record);
        if ('done' in step) resolve();
        else when(step as Promise<unknown>, () => resolve(), reject);
      });
      when(record.evaluation, done, failed);
    };
    next();
  }

  /** Runs the module's code up to its next `yield`. */
  #step({ code }: ModuleRecord): IteratorResult<void, void> | Promise<IteratorResult<void, void>> {
    const { next } = code!;
    return this.#options.run(() => apply(next, code, []) as ReturnType<typeof next>);
  }

  #runtimeOf(record: ModuleRecord): ModuleRuntime {
    return {
      activations,
      guard: this.#options.guard,
      meta: {
        url: record.url,
        resolve: (specifier: unknown) => {
          const text = `${specifier as string}`;
          return intrinsics.enter(() => this.#resolve(text, record.url));
        },
      },
      exports: (getters) => intrinsics.enter(() => record.exportGetters(getters)),
      exportStar: (specifier) => intrinsics.enter(() => record.exportStar(specifier)),
      namespace: (specifier) => record.dependency(specifier).namespace as Readonly<Record<string, unknown>>,
      import: (specifier) => this.import(`${specifier as string}`, record.url),
      decorate: () => new ClassDecoration(intrinsics),
      evaluation: this.#options.evaluation,
    };
  }
}
