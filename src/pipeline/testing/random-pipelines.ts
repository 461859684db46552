import fc from 'fast-check';
import type { RunContext } from '../context/run-context.js';
import type { Step } from '../definition/step.js';
import { conditional, loop, map, parallel, stub, task } from '../definition/steps.js';

/** What generated tasks do: the test decides. */
export type RunTask = (parameters: never, run: RunContext) => unknown;

const names = ['a', 'b', 'c', 'd'];

/** Steps of all kinds in each other. All tasks call the same function. */
export function randomSteps(run: RunTask): fc.Arbitrary<readonly Step[]> {
  const taskStep = (name: string) =>
    fc.nat(2).map((retries) => task(name, { run, retries, backoff: { base: 0, jitter: 0 } }) as Step);
  const list = (depth: number): fc.Arbitrary<readonly Step[]> =>
    fc
      .integer({ min: 1, max: depth === 0 ? 2 : 3 })
      .chain((count) => fc.tuple(...names.slice(0, count).map((name) => one(name, depth))));
  const one = (name: string, depth: number): fc.Arbitrary<Step> => {
    if (depth === 0) return fc.oneof({ weight: 5, arbitrary: taskStep(name) }, fc.constant(stub(name) as Step));
    const inner = list(depth - 1);
    return fc.oneof(
      { weight: 4, arbitrary: taskStep(name) },
      fc.constant(stub(name) as Step),
      fc
        .tuple(inner, inner, fc.boolean())
        .map(([left, right, narrow]) => parallel(name, { left, right }, narrow ? { concurrency: 1 } : {}) as Step),
      fc
        .tuple(inner, fc.boolean())
        .map(
          ([steps, narrow]) =>
            map(name, { over: 'items', as: 'item', ...(narrow ? { concurrency: 1 } : {}) }, steps) as Step,
        ),
      fc.tuple(inner, inner).map(([yes, no]) => conditional(name, { on: 'kind', branches: { yes, no } }) as Step),
      fc
        .tuple(inner, fc.integer({ min: 1, max: 3 }))
        .map(([steps, max]) => loop(name, { until: 'done', max }, steps) as Step),
    );
  };
  return list(2);
}
