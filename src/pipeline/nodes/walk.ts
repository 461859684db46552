import type { AnyStep, Step } from '../definition/step.js';
import type { LiveRun } from '../run/live-run.js';
import type { Place } from '../run/place.js';
import type { Scope } from '../run/scope.js';

/** How a step runs the steps inside it. */
export interface Walk {
  readonly live: LiveRun;
  /** Runs steps one after the other. Rejects with the first failure. */
  runSteps(steps: readonly Step[], scope: Scope, place: Place): Promise<void>;
}

/** Runs what is special to a kind of step. */
export type RunNode<Kind extends AnyStep['kind']> = (
  step: Extract<AnyStep, { kind: Kind }>,
  scope: Scope,
  place: Place,
  walk: Walk,
) => Promise<void>;
