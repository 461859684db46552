import { apply, stringify } from '../../../src/context/pristine-built-ins.js';
import { refuseTooDeep } from '../../../src/compiler/compile-error.js';
import { compileDirectEval, type NamespaceScope } from '../../../src/compiler/index.js';
import type { CompiledCode } from '../../../src/compiler/types.js';
import type { DirectEvalSite, DirectEvalUnit, Evaluation } from '../../../src/compiler/runtime-types.js';
import type { ScopeObject } from '../namespace/scope-object.js';

export interface EvaluationOptions {
  readonly scope: NamespaceScope;
  readonly scopeObject: ScopeObject;
  /** Called with each compiled text. */
  onCompiled(fileName: string, code: CompiledCode): void;
  /** Runs synchronous kernel code, and the reader's code within it. */
  readonly bracket: { enter<T>(kernelCode: () => T): T; runOutside<T>(readerCode: () => T): T };
}

const nativeEval = globalThis.eval;

/** The runtime support for compiled `eval` calls: see `Evaluation`. */
export class WorkerEvaluation implements Evaluation {
  readonly native: (text: string) => unknown = nativeEval;
  readonly #options: EvaluationOptions;
  readonly #realm: typeof globalThis;
  #installed: unknown;
  #serial = 0;

  constructor(realm: typeof globalThis, options: EvaluationOptions) {
    this.#realm = realm;
    this.#options = options;
  }

  /** Records the realm's replaced `eval`. */
  installed(evaluator: unknown): void {
    this.#installed = evaluator;
  }

  /** A file name for the next evaluated text, for stack traces. */
  nextFileName(): string {
    return `eval-${++this.#serial}.js`;
  }

  get scopeObject(): object {
    return this.#options.scopeObject.object;
  }

  get current(): unknown {
    return this.#realm.eval;
  }

  set current(value: unknown) {
    this.#realm.eval = value as typeof eval;
  }

  hoist(fill: () => void): void {
    this.#options.scopeObject.hide(fill);
  }

  compilerOf(unit: DirectEvalUnit): (site: DirectEvalSite, ...args: unknown[]) => unknown {
    return (site, ...args) => {
      const evaluator = this.current;
      // The code replaced `eval`: its result goes through the engine's `eval`, which returns non-strings unchanged.
      if (evaluator !== this.#installed) return evalArgument(apply(evaluator as () => unknown, undefined, args));
      const source = args[0];
      if (typeof source !== 'string') return source;
      return this.#options.bracket.enter(() => {
        const { scope, onCompiled } = this.#options;
        const fileName = this.nextFileName();
        const compiled = asSyntaxError(() => compileDirectEval(source, scope, { fileName, guards: true, unit, site }));
        onCompiled(fileName, compiled);
        return compiled.code;
      });
    };
  }
}

/** The argument for which the engine's `eval` returns this value: a literal for a string, any other value itself. */
function evalArgument(value: unknown): unknown {
  return typeof value === 'string' ? stringify(value) : value;
}

const NativeSyntaxError = SyntaxError;
const { isPrototypeOf } = Object.prototype;

/** Replaces a compile error by the realm's own SyntaxError, which the reader's code expects. */
export function asSyntaxError<T>(compile: () => T): T {
  try {
    return refuseTooDeep(compile);
  } catch (error) {
    throw apply(isPrototypeOf, NativeSyntaxError.prototype, [error]) === true
      ? new NativeSyntaxError((error as Error).message)
      : error;
  }
}
