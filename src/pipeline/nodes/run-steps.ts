import type { AnyStep, Step } from '../definition/step.js';
import { failurePath } from '../definition/validate.js';
import type { LiveRun } from '../run/live-run.js';
import { inside, onFailureOf, type Place } from '../run/place.js';
import type { Scope } from '../run/scope.js';
import { runConditional } from './conditional.js';
import { runLoop } from './loop.js';
import { runMap } from './map.js';
import { runParallel } from './parallel.js';
import { runTask } from './task.js';
import type { Walk } from './walk.js';

/** Runs steps one after the other. Rejects with the first failure, after the steps that run on it. */
export async function runSteps(live: LiveRun, steps: readonly Step[], scope: Scope, place: Place): Promise<void> {
  for (const step of steps) await runStep(live, step as AnyStep, scope, inside(place, step.name));
}

async function runStep(live: LiveRun, step: AnyStep, scope: Scope, place: Place): Promise<void> {
  live.stop.throwIfStopped();
  try {
    if (step.kind === 'task') await runTask(step, scope, place, live);
    else await runNode(live, step, scope, place);
  } catch (error) {
    if (step.onFailure !== undefined && !live.stop.isStopped) {
      await runOnFailure(live, step.onFailure, scope, { place, error });
    }
    throw error;
  }
}

/** The steps that run on failure, over a copy of the parameters. Their own failure is in the log alone. @param place what failed */
export async function runOnFailure(
  live: LiveRun,
  steps: readonly Step[],
  scope: Scope,
  { place, error }: { readonly place: Place; readonly error: unknown },
): Promise<void> {
  const { name, message } = live.journal.loggedError(error);
  const failure = Object.freeze({ step: place.path, name, message });
  try {
    await runSteps(live, steps, scope.fork(), onFailureOf(place, failurePath, failure));
  } catch {
    // The run fails with what failed first.
  }
}

async function runNode(
  live: LiveRun,
  step: Exclude<AnyStep, { kind: 'task' }>,
  scope: Scope,
  place: Place,
): Promise<void> {
  // Of a run that is resumed: its steps are gone through again, but most of them do nothing.
  const isKnown = live.hasSucceeded || (!place.isFresh && live.journal.record.statusOf(place.path) === 'success');
  if (!isKnown) await live.writeStep(step, place, 'processing');
  try {
    await bodyOf(step, scope, place, {
      live,
      runSteps: async (steps, inner, at) => await runSteps(live, steps, inner, at),
    });
  } catch (error) {
    if (!live.hasSucceeded) await live.writeStep(step, place, live.stop.isStopped ? 'cancelled' : 'fail', { error });
    throw error;
  }
  if (!isKnown) await live.writeStep(step, place, 'success');
}

async function bodyOf(step: Exclude<AnyStep, { kind: 'task' }>, scope: Scope, place: Place, walk: Walk): Promise<void> {
  switch (step.kind) {
    case 'parallel':
      return await runParallel(step, scope, place, walk);
    case 'map':
      return await runMap(step, scope, place, walk);
    case 'conditional':
      return await runConditional(step, scope, place, walk);
    case 'loop':
      return await runLoop(step, scope, place, walk);
    case 'stub':
  }
}
