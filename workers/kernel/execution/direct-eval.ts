import { refuseTooDeep } from '../../../src/compiler/compile-error.js';
import { compileDirectEval, type NamespaceScope } from '../../../src/compiler/index.js';
import type { CompiledCode } from '../../../src/compiler/types.js';
import type { DirectEvalSite, DirectEvalUnit, Evaluation } from '../../../src/compiler/runtime-types.js';
import type { ScopeObject } from '../namespace/scope-object.js';

export interface EvaluationOptions {
  readonly scope: NamespaceScope;
  readonly scopeObject: ScopeObject;
  /** Told of each text when it is compiled. */
  onCompiled(fileName: string, code: CompiledCode): void;
  /** Runs the kernel's own synchronous work, and within it the reader's code. */
  readonly bracket: { enter<T>(kernelCode: () => T): T; runOutside<T>(readerCode: () => T): T };
}

const nativeEval = globalThis.eval;
const { stringify } = JSON;
const apply = Reflect.apply;

/** What code that evaluates code calls: see `Evaluation`. */
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

  /** The evaluator of indirect calls that is the realm's from now on. */
  installed(evaluator: unknown): void {
    this.#installed = evaluator;
  }

  /** Of a text that is evaluated, for stack traces. */
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
      // The engine's own gives back what is no text.
      if (evaluator !== this.#installed) return quoted(apply(evaluator as () => unknown, undefined, args));
      const [source] = args;
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

/** Text whose value the engine's `eval` gives: a literal for a text, anything else as it is. */
function quoted(value: unknown): unknown {
  return typeof value === 'string' ? stringify(value) : value;
}

const NativeSyntaxError = SyntaxError;

/** What the reader's code catches is the realm's own SyntaxError, as an engine throws it. */
export function asSyntaxError<T>(compile: () => T): T {
  try {
    return refuseTooDeep(compile);
  } catch (error) {
    throw error instanceof NativeSyntaxError ? new NativeSyntaxError(error.message) : error;
  }
}
