import { describe, expect, it } from 'vitest';
import { WorkerEvaluation } from '../execution/direct-eval.js';
import { Namespace } from '../namespace/namespace.js';
import { ScopeObject } from '../namespace/scope-object.js';
import { activations } from '../../../src/context/activations/activations.js';
import { sloppyPrograms, strictPrograms } from './conformance-programs.js';
import { ClassDecoration } from '../../../src/compiler/erase/decorate.js';
import { compileCell, compileEval, type CellRuntime } from '../../../src/compiler/index.js';

const nativeEval = globalThis.eval;

/** Calls back with a runtime over an empty namespace, while `eval` is the one that compiles. */
async function withRuntime(run: (runtime: CellRuntime, namespace: Namespace) => unknown): Promise<unknown> {
  const namespace = new Namespace();
  const owner = { settled: false, mode: 'async' as const };
  const bracket = { enter: <T>(code: () => T): T => code(), runOutside: <T>(code: () => T): T => code() };
  const evaluation = new WorkerEvaluation(globalThis, {
    scope: namespace,
    scopeObject: new ScopeObject(namespace),
    onCompiled: () => undefined,
    bracket,
  });
  const makeRuntime = (): CellRuntime => ({
    value: undefined,
    activations,
    guard: { calls: Infinity, rounds: Infinity, tick: () => undefined, check: () => Infinity },
    meta: {},
    declare: (name, kind, isAssigned) => namespace.declare(name, kind, owner, isAssigned),
    record: (name) => namespace.record(name),
    late: (name) => namespace.late(name),
    lateType: (name) => namespace.lateType(name),
    target: (name) => namespace.target(name),
    import: () => Promise.reject(new TypeError('No modules here.')),
    decorate: () => new ClassDecoration(),
    evaluation,
  });
  const evaluate = (source: unknown): unknown => {
    if (typeof source !== 'string') return source;
    const runtime = makeRuntime();
    (nativeEval(compileEval(source, namespace, { fileName: 'eval.js' }).code) as (runtime: CellRuntime) => void)(
      runtime,
    );
    return runtime.value;
  };
  globalThis.eval = evaluate as typeof eval;
  evaluation.installed(evaluate);
  try {
    const runtime = makeRuntime();
    await run(runtime, namespace);
    return runtime.value;
  } finally {
    globalThis.eval = nativeEval;
  }
}

const asCell = (source: string): Promise<unknown> =>
  withRuntime((runtime, namespace) =>
    (
      nativeEval(compileCell(source, namespace, { fileName: 'cell-1.ts' }).code) as (
        runtime: CellRuntime,
      ) => Promise<void>
    )(runtime),
  );

const asText = (source: string): Promise<unknown> =>
  withRuntime((runtime, namespace) => {
    (nativeEval(compileEval(source, namespace, { fileName: 'eval-1.js' }).code) as (runtime: CellRuntime) => void)(
      runtime,
    );
  });

describe('a cell gives what its program gives in the engine', () => {
  for (const [area, programs] of Object.entries(strictPrograms)) {
    it.each(programs)(`${area}: %s`, async (program) => {
      expect(await asCell(program)).toEqual(nativeEval(`"use strict";${program}`));
    });
  }
});

describe('code that no stack holds', () => {
  it.each([`${'('.repeat(30_000)}1${')'.repeat(30_000)}`, `${'['.repeat(30_000)}${']'.repeat(30_000)}`])(
    'is refused with what to do',
    async (source) => {
      await expect(asCell(source)).rejects.toThrow(/nested too deeply/);
    },
  );
});

describe('evaluated text gives what it gives in the engine', () => {
  for (const [area, programs] of Object.entries({ ...strictPrograms, ...sloppyPrograms })) {
    it.each(programs)(`${area}: %s`, async (program) => {
      const isLocal = area in strictPrograms;
      const source = isLocal ? `(function () { return eval(${JSON.stringify(program)}) })()` : program;
      expect(await asText(source)).toEqual(nativeEval(source));
    });
  }
});
