import type { CompiledModule } from '../../../src/compiler/types.js';
import { PristineMap } from '../../../src/context/pristine-collections.js';

type Getter = () => unknown;

/**
 * One module: its address, its dependencies and its namespace object. Exports are getters, so that bindings are live and
 * reading an uninitialised binding throws.
 */
export class ModuleRecord {
  readonly namespace: object = Object.create(null) as object;
  /** Pristine: read while the module runs. */
  readonly dependencies = new PristineMap<string, ModuleRecord>();
  /** The generator of the module's code: linked by its first step, evaluated by its second. */
  code: Generator<void, void> | AsyncGenerator<void, void> | undefined;
  evaluation: Promise<void> | undefined;
  readonly #own = new Map<string, Getter>();
  readonly #stars: string[] = [];

  constructor(
    /** The address after redirects, the base of relative imports. */
    readonly url: string,
    readonly compiled: CompiledModule,
  ) {}

  exportGetters(getters: Readonly<Record<string, Getter>>): void {
    for (const [name, getter] of Object.entries(getters)) this.#own.set(name, getter);
  }

  /** `export * from specifier` */
  exportStar(specifier: string): void {
    this.#stars.push(specifier);
  }

  dependency(specifier: string): ModuleRecord {
    const record = this.dependencies.get(specifier);
    if (record === undefined) throw new TypeError(`${this.url} does not import "${specifier}".`);
    return record;
  }

  /** Completes the namespace object, once every module of the graph has declared its own exports. */
  seal(): void {
    const getters = this.#resolveExports(new Set());
    for (const name of [...getters.keys()].sort()) {
      Object.defineProperty(this.namespace, name, { get: getters.get(name)!, enumerable: true, configurable: false });
    }
    Object.defineProperty(this.namespace, Symbol.toStringTag, { value: 'Module' });
    Object.preventExtensions(this.namespace);
  }

  /** Own names take precedence over those of `export *`. A name that two stars export from different modules is left out. */
  #resolveExports(visited: Set<ModuleRecord>): Map<string, Getter> {
    const names = new Map(this.#own);
    if (visited.has(this)) return names;
    visited.add(this);
    const ambiguous = new Set<string>();
    const fromStars = new Map<string, Getter>();
    for (const specifier of this.#stars) {
      for (const [name, getter] of this.dependency(specifier).#resolveExports(visited)) {
        if (name === 'default' || this.#own.has(name)) continue;
        const present = fromStars.get(name);
        if (present !== undefined && present !== getter) ambiguous.add(name);
        fromStars.set(name, getter);
      }
    }
    for (const [name, getter] of fromStars) if (!ambiguous.has(name)) names.set(name, getter);
    return names;
  }
}
