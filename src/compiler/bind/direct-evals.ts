import type { CallExpression } from '../parse/nodes.js';
import { Rank, type Edits } from '../output/edits.js';
import type { GeneratedNames } from '../output/generated-names.js';
import { afterComments } from '../parse/comments.js';
import type { ReferenceSite } from '../parse/references.js';
import type { DirectEvalSite, DirectEvalUnit } from '../runtime-types.js';
import { scopeNames, type Scope } from '../parse/scopes.js';

export interface DirectEvalOptions extends Pick<DirectEvalUnit, 'dynamic' | 'hasNamespace' | 'lenient'> {
  /** Variables of the program's own top level. */
  readonly locals: ReadonlySet<string>;
}

/**
 * `eval(x)` becomes `eval(compile(site, x))`: it remains a direct call of the engine's `eval`, which sees the variables
 * around it, and gets the compiled text.
 */
export class DirectEvals {
  any = false;
  readonly #edits: Edits;
  readonly #names: GeneratedNames;
  readonly #runtime: string;
  readonly #options: DirectEvalOptions;

  constructor(edits: Edits, names: GeneratedNames, runtime: string, options: DirectEvalOptions) {
    this.#edits = edits;
    this.#names = names;
    this.#runtime = runtime;
    this.#options = options;
  }

  add(call: CallExpression, scope: Scope | undefined, { strict, inWith, inFunction }: ReferenceSite): void {
    this.any = true;
    const locals = this.#options.dynamic ? [] : [...scopeNames(scope), ...this.#options.locals];
    const site: DirectEvalSite = { locals, strict, inWith, atTop: !inFunction };
    this.#edits.insert(
      afterComments(this.#edits.source, call.callee.end) + 1,
      `${this.#names.of('e')}(${JSON.stringify(site)},`,
      Rank.bind,
    );
    this.#edits.insert(call.end - 1, ')', Rank.bind);
  }

  /** Declares the compiling function. @param places names that are not variables, with the text for reads and writes */
  declareText(places: Readonly<Record<string, string>>): string {
    if (!this.any) return '';
    const { dynamic, hasNamespace, lenient } = this.#options;
    const unit: DirectEvalUnit = { runtime: this.#runtime, places, dynamic, hasNamespace, lenient };
    return `const ${this.#names.of('e')}=${this.#runtime}.evaluation.compilerOf(${JSON.stringify(unit)});`;
  }
}

/** Text before and after a program in which `eval` is the engine's own. */
export function withNativeEval(runtime: string): { readonly open: string; readonly close: string } {
  return { open: '(eval)=>', close: `(${runtime}.evaluation.native)` };
}
