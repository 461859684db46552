import { failurePath } from './validate.js';
import type { AnyStep, Step } from './step.js';

/** A list of steps inside a step. */
export interface StepList {
  /** `branch` of a parallel or a conditional, the `body` of a map or a loop, or the steps `failure` of its failing. */
  readonly role: 'branch' | 'body' | 'failure';
  /** Of the branch. */
  readonly name?: string;
  /** Of its steps in a path: added to the path of the step. */
  readonly path: readonly string[];
  readonly steps: readonly Step[];
}

/** The lists inside a step, in order. The paths are those of the definition: a run adds the key of an item, or the number of a round. */
export function listsOf(given: Step): readonly StepList[] {
  const step = given as AnyStep;
  const lists: StepList[] = [];
  if (step.kind === 'parallel' || step.kind === 'conditional') {
    for (const [name, steps] of Object.entries(step.branches))
      lists.push({ role: 'branch', name, path: [name], steps });
  } else if (step.kind === 'map' || step.kind === 'loop') {
    lists.push({ role: 'body', path: [], steps: step.steps });
  }
  if (step.onFailure !== undefined) lists.push({ role: 'failure', path: [failurePath], steps: step.onFailure });
  return lists;
}

/** Calls back for each step of a definition, outer ones first. */
export function eachStep(
  steps: readonly Step[],
  visit: (step: AnyStep, path: string) => void,
  around: readonly string[] = [],
): void {
  for (const step of steps) {
    const path = [...around, step.name];
    visit(step as AnyStep, path.join('/'));
    for (const list of listsOf(step)) eachStep(list.steps, visit, [...path, ...list.path]);
  }
}
