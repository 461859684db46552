import { LoopLimitError } from '../errors/run-errors.js';
import { atKey } from '../run/place.js';
import type { RunNode } from './walk.js';

/** Rounds, each with what the one before gave, until a parameter is true. */
export const runLoop: RunNode<'loop'> = async (step, scope, place, { runSteps }) => {
  const rounds = scope.fork();
  let isDone = false;
  for (let round = 0; round < step.max && !isDone; round += 1) {
    await runSteps(step.steps, rounds, atKey(place, String(round)));
    isDone = Boolean(rounds.get(step.until));
  }
  if (!isDone && step.onMax === 'fail') throw new LoopLimitError(place.path, step.max, step.until);
  scope.give(rounds.given);
};
