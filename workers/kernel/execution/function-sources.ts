import type { CompiledCode, FunctionOrigin } from '../../../src/compiler/types.js';

const { apply } = Reflect;
const nativeToString = Function.prototype.toString;

type CompiledFunctions = Pick<CompiledCode, 'functionSources' | 'functionOrigins'>;

/**
 * The source texts for `Function.prototype.toString`: as the reader wrote them, not as compiled. The texts of a unit are
 * indexed only when one is requested.
 */
export class FunctionSources {
  readonly #units: CompiledFunctions[] = [];
  readonly #sources = new Map<string, string>();
  readonly #unitsWithOrigins: CompiledFunctions[] = [];
  readonly #origins = new Map<string, FunctionOrigin>();

  add(unit: CompiledFunctions): void {
    this.#units.push(unit);
    this.#unitsWithOrigins.push(unit);
  }

  /** The data to recreate a function; `undefined` for a function that the session's code did not create. */
  originOf(fn: object): FunctionOrigin | undefined {
    for (let unit = this.#unitsWithOrigins.pop(); unit !== undefined; unit = this.#unitsWithOrigins.pop()) {
      for (const [generated, origin] of unit.functionOrigins()) this.#origins.set(generated, origin);
    }
    return typeof fn === 'function' ? this.#origins.get(apply(nativeToString, fn, [])) : undefined;
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
    for (let unit = this.#units.pop(); unit !== undefined; unit = this.#units.pop()) {
      for (const [generated, source] of unit.functionSources()) this.#sources.set(generated, source);
    }
    return this.#sources.get(text) ?? text;
  }
}
