import { apply } from '../../../src/context/pristine-built-ins.js';
import type { CompiledCode, FunctionOrigin } from '../../../src/compiler/types.js';

const nativeToString = Function.prototype.toString;
/** How the text of a function of the engine ends: no text of code does. Libraries ask for it while they load. */
const nativeText = /\[native code\]\s*\}$/;

type CompiledFunctions = Pick<CompiledCode, 'functionSources' | 'functionOrigins'>;
type CompiledModuleFunctions = CompiledFunctions & Pick<CompiledCode, 'code'>;

/** What is known of functions, by their compiled text. To read it takes the syntax of a whole unit: of a module, far longer than its import. */
class FunctionTexts<Fact> {
  readonly #read: (unit: CompiledFunctions) => ReadonlyMap<string, Fact>;
  readonly #facts = new Map<string, Fact>();
  readonly #cells: CompiledFunctions[] = [];
  #modules: readonly CompiledModuleFunctions[] = [];
  /** Texts that no module holds. */
  readonly #others = new Set<string>();

  constructor(read: (unit: CompiledFunctions) => ReadonlyMap<string, Fact>) {
    this.#read = read;
  }

  add(cell: CompiledFunctions): void {
    this.#cells.push(cell);
  }

  addModule(module: CompiledModuleFunctions): void {
    this.#modules = [...this.#modules, module];
    this.#others.clear();
  }

  of(text: string): Fact | undefined {
    if (nativeText.test(text)) return undefined;
    for (let cell = this.#cells.pop(); cell !== undefined; cell = this.#cells.pop()) this.#index(cell);
    if (!this.#facts.has(text) && !this.#others.has(text)) this.#search(text);
    return this.#facts.get(text);
  }

  #search(text: string): void {
    this.#modules = this.#modules.filter((module) => {
      if (this.#facts.has(text) || !module.code.includes(text)) return true;
      this.#index(module);
      return false;
    });
    if (!this.#facts.has(text)) this.#others.add(text);
  }

  #index(unit: CompiledFunctions): void {
    for (const [text, fact] of this.#read(unit)) this.#facts.set(text, fact);
  }
}

/** The source texts for `Function.prototype.toString`: as the reader wrote them, not as compiled. */
export class FunctionSources {
  readonly #sources = new FunctionTexts((unit) => unit.functionSources());
  readonly #origins = new FunctionTexts((unit) => unit.functionOrigins());

  add(cell: CompiledFunctions): void {
    this.#sources.add(cell);
    this.#origins.add(cell);
  }

  addModule(module: CompiledModuleFunctions): void {
    this.#sources.addModule(module);
    this.#origins.addModule(module);
  }

  /** The data to recreate a function; `undefined` for a function that the session's code did not create. */
  originOf(fn: object): FunctionOrigin | undefined {
    return typeof fn === 'function' ? this.#origins.of(apply(nativeToString, fn, [])) : undefined;
  }

  /** A function's source as written; `undefined` for other objects. */
  sourceOf(fn: object): string | undefined {
    return typeof fn === 'function' ? this.#original(apply(nativeToString, fn, [])) : undefined;
  }

  /** Replaces the realm's `Function.prototype.toString`; the replacement throws as the native one does. */
  install(
    realm: typeof globalThis,
    bracket: <T>(run: () => T) => T,
    originalOf: (fn: object) => object | undefined,
  ): void {
    const original = (text: string): string => bracket(() => this.#original(text));
    // A replacement may be replaced too.
    const behind = (fn: unknown): unknown => {
      if (fn === toString) return nativeToString;
      const next = typeof fn === 'function' ? originalOf(fn) : undefined;
      return next === undefined ? fn : behind(next);
    };
    const { toString } = {
      toString(this: unknown): string {
        return original(apply(nativeToString, behind(this) as () => unknown, []));
      },
    };
    Object.defineProperty(realm.Function.prototype, 'toString', {
      value: toString,
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }

  #original(text: string): string {
    return this.#sources.of(text) ?? text;
  }
}
