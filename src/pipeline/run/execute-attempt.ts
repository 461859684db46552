import { runWithContext } from '../../context/current-context.js';
import { after } from '../../protocol/resources/timers.js';
import { makeRunContext } from '../context/make-run-context.js';
import { runInRunContext, type RunContext } from '../context/run-context.js';
import type { Parameters } from '../definition/parameters.js';
import type { TaskStep } from '../definition/step.js';
import { StepTimeoutError } from '../errors/run-errors.js';
import { stoppable } from './attempts.js';
import type { LiveRun } from './live-run.js';
import type { Place } from './place.js';

/** One attempt of a task. */
interface Attempt {
  readonly step: TaskStep;
  readonly place: Place;
  readonly live: LiveRun;
  /** From 1. */
  readonly attempt: number;
  readonly secrets: ReadonlyMap<string, string>;
  /** Frozen. */
  readonly parameters: Parameters;
}

const none: ReadonlyMap<string, string> = new Map();

/** Lets the executor of the run do an attempt, in the context of the run, until it ends, takes too long or is cancelled. */
export async function executeAttempt(attempt: Attempt): Promise<unknown> {
  const { step, place, live, secrets, parameters } = attempt;
  const controller = new AbortController();
  const { signal } = controller;
  const forget = live.stop.onStop(() => controller.abort(live.stop.signal.reason));
  const { timeout } = step;
  const cancelTimer =
    timeout === undefined
      ? undefined
      : after(timeout, () => controller.abort(new StepTimeoutError(place.path, timeout)));
  const run = runContextOf(attempt, signal);
  const sandboxSecrets = step.secretsInSandbox ? secrets : none;
  const execution = { task: step, node: place.node, parameters, run, signal, sandboxSecrets };
  try {
    const work = live.snapshot.run(() =>
      runWithContext(run.context, () => runInRunContext(run, () => live.executor.execute(execution))),
    );
    return await stoppable(Promise.resolve(work), signal, live.stopGrace);
  } finally {
    cancelTimer?.();
    forget();
    // What the attempt has left behind may listen to it.
    controller.abort(new DOMException('The attempt has ended.', 'AbortError'));
  }
}

function runContextOf({ step, place, live, attempt, secrets, parameters }: Attempt, signal: AbortSignal): RunContext {
  const { path, failure } = place;
  return makeRunContext(live, {
    step: step.name,
    path,
    failure,
    attempt,
    parameters,
    secrets,
    signal,
    note(text, more) {
      // What cannot be stored is told by `storageError`.
      live.journal.write({ type: 'note', path, text, ...more }).catch(() => undefined);
    },
  });
}
