import { describe, expect, it } from 'vitest';
import { ClassDecoration } from '../../../src/compiler/erase/decorate.js';
import { compileCell } from '../../../src/compiler/index.js';
import type { CellRuntime } from '../../../src/compiler/index.js';
import { activations } from '../../../src/context/activations/activations.js';
import vectors from './chromium-repl-mode.json' with { type: 'json' };
import { intendedDifferences } from './repl-vectors-intended.js';
import { installEvaluators } from '../realm/evaluators.js';
import { WorkerEvaluation } from '../execution/direct-eval.js';
import { Namespace } from './namespace.js';
import { ScopeObject } from './scope-object.js';

const indirectEval = globalThis.eval;

/** A namespace that takes one input after another, as Chromium's console does. */
function createRepl(): (input: string) => Promise<string> {
  const namespace = new Namespace();
  const bracket = { enter: <T>(run: () => T): T => run(), runOutside: <T>(run: () => T): T => run() };
  const evaluation = new WorkerEvaluation(globalThis, {
    scope: namespace,
    scopeObject: new ScopeObject(namespace),
    onCompiled: () => undefined,
    bracket,
  });
  let cell = 0;
  return async (input) => {
    const owner = { settled: false, mode: 'async' as const };
    const makeRuntime = (): CellRuntime => ({
      value: undefined,
      activations,
      meta: {},
      declare: (name, kind, isAssigned) => namespace.declare(name, kind, owner, isAssigned),
      record: (name) => namespace.record(name),
      late: (name) => namespace.late(name),
      lateType: (name) => namespace.lateType(name),
      target: (name) => namespace.target(name),
      import: async () => ({ default: 42 }),
      decorate: () => new ClassDecoration(),
      evaluation,
    });
    const runtime = makeRuntime();
    const uninstall = installEvaluators(globalThis, {
      scope: namespace,
      evaluation,
      runtime: makeRuntime,
      onCompiled: () => undefined,
      bracket,
    });
    try {
      const { code } = compileCell(input, namespace, { fileName: `cell-${++cell}.ts`, language: 'js' });
      await (indirectEval(code) as (runtime: CellRuntime) => Promise<void>)(runtime);
      return describeOutcome(runtime.value);
    } catch (error) {
      return `!! ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
    } finally {
      uninstall();
      owner.settled = true;
    }
  };
}

/** As the vectors have it: JSON for strings, a class and its own properties for objects. */
function describeOutcome(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) {
    const entries = value.map(
      (item: unknown, index) => `${index}:${Array.isArray(item) ? `Array(${item.length})` : String(item)}`,
    );
    return `Array(${value.length}) ${JSON.stringify(entries)}`;
  }
  if (value instanceof Promise) return 'Promise';
  if (typeof value === 'object' && value !== null)
    return `Object ${JSON.stringify(Object.entries(value).map(([key, item]) => `${key}:${String(item)}`))}`;
  return String(value);
}

/** Messages are the engine's own business; which error it is, and that it is one, is not. */
function comparable(outcome: string): string {
  if (outcome.startsWith('!! ') && /^!! \w+Error/.test(outcome)) return outcome.replace(/^(!! \w+Error).*/s, '$1');
  return outcome.startsWith('Promise') ? 'Promise' : outcome;
}

describe('the namespace against Chromium’s console', () => {
  for (const [name, steps] of Object.entries(vectors)) {
    const intended = intendedDifferences[name];
    it(`C1: ${name}${intended === undefined ? '' : ` (differs: ${intended})`}`, async () => {
      const evaluate = createRepl();
      const outcomes: string[] = [];
      for (const [input] of steps) outcomes.push(comparable(await evaluate(input!)));
      const expected = steps.map(([, outcome]) => comparable(outcome!));
      if (intended === undefined) expect(outcomes).toEqual(expected);
      else expect(outcomes, 'it agrees now: take it off the list').not.toEqual(expected);
    });
  }
});
