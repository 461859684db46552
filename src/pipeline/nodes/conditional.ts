import { BranchNotFoundError } from '../errors/run-errors.js';
import { inside } from '../run/place.js';
import type { RunNode } from './walk.js';

/** The branch that the value of a parameter names. */
export const runConditional: RunNode<'conditional'> = async (step, scope, place, { runSteps }) => {
  const value = scope.get(step.on);
  const text = typeof value === 'object' && value !== null ? Object.prototype.toString.call(value) : String(value);
  const name = Object.hasOwn(step.branches, text) ? text : step.otherwise;
  const steps = name === undefined ? undefined : step.branches[name];
  if (name === undefined || steps === undefined) {
    throw new BranchNotFoundError(place.path, step.on, text, Object.keys(step.branches));
  }
  const branch = scope.fork();
  await runSteps(steps, branch, inside(place, name));
  scope.give(branch.given);
};
