import type { CompiledCode } from '../../src/compiler/types.js';

const { apply } = Reflect;
const nativeToString = Function.prototype.toString;

/**
 * What `Function.prototype.toString` shows: the text that the reader wrote, not what the compiler made of it. The texts of
 * a unit are looked at only when somebody asks for one.
 */
export class FunctionSources {
  readonly #units: Pick<CompiledCode, 'functionSources'>[] = [];
  readonly #sources = new Map<string, string>();

  add(unit: Pick<CompiledCode, 'functionSources'>): void {
    this.#units.push(unit);
  }

  /** Source of a function as it was written; `undefined` for what is no function. */
  sourceOf(fn: object): string | undefined {
    return typeof fn === 'function' ? this.#original(apply(nativeToString, fn, [])) : undefined;
  }

  /** Replaces the realm's `Function.prototype.toString`; it throws as the native one does. */
  install(realm: typeof globalThis, bracket: <T>(run: () => T) => T, originalOf: (fn: object) => object): void {
    const original = (text: string): string => bracket(() => this.#original(text));
    const { toString } = {
      toString(this: unknown): string {
        const target = typeof this === 'function' ? originalOf(this) : this;
        return original(apply(nativeToString, target as () => unknown, []));
      },
    };
    Object.defineProperty(realm.Function.prototype, 'toString', { value: toString, writable: true, enumerable: false, configurable: true });
  }

  #original(text: string): string {
    for (let unit = this.#units.pop(); unit !== undefined; unit = this.#units.pop()) {
      for (const [generated, source] of unit.functionSources()) this.#sources.set(generated, source);
    }
    return this.#sources.get(text) ?? text;
  }
}
