import {
  compileEval,
  compileFunction,
  type CellRuntime,
  type CompiledCode,
  type NamespaceScope,
} from '../../../src/compiler/index.js';
import { Patches } from '../../../src/context/platform/patches.js';
import { apply, construct, getPrototypeOf } from '../../../src/context/pristine-built-ins.js';
import { asSyntaxError, type WorkerEvaluation } from '../execution/direct-eval.js';

export interface EvaluatorOptions {
  readonly scope: NamespaceScope;
  readonly evaluation: WorkerEvaluation;
  /** The runtime for the execution that evaluates the text. */
  runtime(): CellRuntime;
  /** Called with each compiled text. */
  onCompiled(fileName: string, code: CompiledCode): void;
  /** Runs synchronous kernel code, and the reader's code within it. */
  readonly bracket: { enter<T>(kernelCode: () => T): T; runOutside<T>(readerCode: () => T): T };
}

type DynamicFunctionConstructor = new (...args: string[]) => unknown;

const indirectEval = globalThis.eval;
const prototypes = {
  '': Function.prototype,
  'async ': getPrototypeOf(async () => undefined)!,
  'function*': getPrototypeOf(function* () {})!,
  'async function*': getPrototypeOf(async function* () {})!,
};

/**
 * Makes `eval`, the `Function` constructors, and timers with text compile their text like cells: it sees the names of the
 * namespace, and context propagates in it. A direct `eval` remains the engine's, and `evaluation` compiles its text.
 */
export function installEvaluators(realm: typeof globalThis, options: EvaluatorOptions): () => void {
  const patches = new Patches();

  const evaluate = (compile: (fileName: string) => CompiledCode): unknown => {
    const { bracket } = options;
    return bracket.enter(() => {
      const fileName = options.evaluation.nextFileName();
      const compiled = asSyntaxError(() => compile(fileName));
      options.onCompiled(fileName, compiled);
      const runtime = options.runtime();
      const run = indirectEval(compiled.code) as (runtime: CellRuntime) => void;
      bracket.runOutside(() => run(runtime));
      return runtime.value;
    });
  };
  const evaluateText = (source: string): unknown =>
    evaluate((fileName) => compileEval(source, options.scope, { fileName, guards: true }));

  patches.replace(
    realm,
    'eval',
    { eval: (source: unknown) => (typeof source === 'string' ? evaluateText(source) : source) }.eval,
  );
  options.evaluation.installed(realm.eval);

  for (const [prefix, prototype] of Object.entries(prototypes)) {
    const native = (prototype as { readonly constructor: DynamicFunctionConstructor }).constructor;
    const make = (args: readonly unknown[]): unknown => {
      const { bracket } = options;
      return bracket.enter(() => {
        const texts = args.map((arg) => bracket.runOutside(() => `${arg as string}`));
        const body = texts.pop() ?? '';
        // The native constructor checks parameters and body separately (ECMA-262, CreateDynamicFunction).
        construct(native, [...texts, body]);
        const keyword = prefix.endsWith('*') ? prefix : `${prefix}function`;
        const source = `(${keyword} anonymous(${texts.join(',')}\n) {\n${body}\n})`;
        return evaluate((fileName) => compileFunction(source, options.scope, { fileName, guards: true }));
      });
    };
    const constructor = new Proxy(native, {
      // Code may put a trap on `Object.prototype`, which would be given the native constructor.
      __proto__: null,
      apply: (_native, _self, args: unknown[]) => make(args),
      construct: (_native, args: unknown[]) => make(args) as object,
    } as ProxyHandler<DynamicFunctionConstructor>);
    patches.replace(prototype, 'constructor', constructor);
    if (prefix === '') patches.replace(realm, 'Function', constructor);
  }

  for (const name of ['setTimeout', 'setInterval'])
    patches.method(realm, name, (original, _realm, args) => {
      if (args.length > 0 && typeof args[0] !== 'function') {
        // The platform would evaluate the text of anything else by itself.
        const text = `${args[0] as string}`;
        args[0] = () => evaluateText(text);
      }
      return apply(original, undefined, args);
    });
  return () => patches.dispose();
}
