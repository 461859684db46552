import type { Parser } from 'acorn';

/** Members of acorn's parser for its subclass. */
interface ScopeInternals {
  readonly input: string;
  readonly scopeStack: { var: string[]; lexical: string[]; functions: string[] }[];
  enterScope(flags: number): void;
}

const topScope = 1;

/** In a source of fewer characters there are too few names for it to matter. */
const longSource = 10_000;

/** The names of one kind that a scope declares. acorn looks each new one up in the list, which takes quadratic time. */
class ScopeNames extends Array<string> {
  /** Has every name of the list. A reading that failed takes its names off the list alone. */
  readonly #known = new Set<string>();

  override push(name: string): number {
    this.#known.add(name);
    return super.push(name);
  }

  override indexOf(name: string): number {
    return this.#known.has(name) ? super.indexOf(name) : -1;
  }
}

/** Declares any number of names at the top level in linear time. */
export function withScopeNames(base: typeof Parser): typeof Parser {
  class ScopeParser extends (base as unknown as new (...parameters: unknown[]) => ScopeInternals) {
    override enterScope(flags: number): void {
      super.enterScope(flags);
      if ((flags & topScope) === 0 || this.input.length < longSource) return;
      const names = { var: new ScopeNames(), lexical: new ScopeNames(), functions: new ScopeNames() };
      Object.assign(this.scopeStack[this.scopeStack.length - 1]!, names);
    }
  }
  return ScopeParser as unknown as typeof Parser;
}
