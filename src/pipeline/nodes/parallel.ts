import { MergeConflictError } from '../errors/run-errors.js';
import { inside } from '../run/place.js';
import { settleEach } from '../run/slots.js';
import { firstFailure } from './first-failure.js';
import type { RunNode } from './walk.js';

/** All branches at the same time, each over a copy of the parameters. What they gave is merged when all have succeeded. */
export const runParallel: RunNode<'parallel'> = async (step, scope, place, { runSteps, live }) => {
  const branches = Object.entries(step.branches).map(([name, steps]) => ({ name, steps, scope: scope.fork() }));
  const results = await settleEach(branches, step.concurrency ?? Infinity, async (branch) => {
    await runSteps(branch.steps, branch.scope, inside(place, branch.name));
  });
  firstFailure(results, live.stop.signal);
  const givers = new Map<string, string>();
  for (const branch of branches) {
    for (const parameter of branch.scope.given.keys()) {
      const other = givers.get(parameter);
      if (other !== undefined) throw new MergeConflictError(parameter, place.path, [other, branch.name]);
      givers.set(parameter, branch.name);
    }
  }
  for (const branch of branches) scope.give(branch.scope.given);
};
