import { backoffWait, isWorthAnotherTry } from '../run/attempts.js';
import type { TaskStep } from '../definition/step.js';
import { ParameterError } from '../errors/run-errors.js';
import { executeAttempt } from '../run/execute-attempt.js';
import { issuesText } from '../run/issues-text.js';
import type { LiveRun } from '../run/live-run.js';
import type { Place } from '../run/place.js';
import type { Scope } from '../run/scope.js';
import { secretsOf } from '../secrets/secrets.js';
import { isPlainObject } from '../serializers/serializer.js';

type Entries = readonly (readonly [string, unknown])[];

/** A task with its attempts; in a resumed run, what it gave when it succeeded before. */
export async function runTask(step: TaskStep, scope: Scope, place: Place, live: LiveRun): Promise<void> {
  const gaveBefore = place.isFresh ? undefined : live.journal.record.gaveOf(place.path);
  const before = gaveBefore && (await live.restore(gaveBefore, place.path));
  if (before !== undefined) {
    scope.give(before);
    return;
  }
  if (live.hasSucceeded) return;
  await live.writeStep(step, place, 'triggered');
  try {
    const given = await withSlot(live, async () => await tryTask(step, scope, place, live));
    await live.writeStep(step, place, 'success', { gave: await live.keep(given, place.path, step.keep) });
    scope.give(given);
  } catch (error) {
    await live.writeStep(step, place, live.stop.isStopped ? 'cancelled' : 'fail', { error });
    throw error;
  }
}

async function withSlot<T>(live: LiveRun, work: () => Promise<T>): Promise<T> {
  const release = await live.slots.enter(live.stop);
  try {
    return await work();
  } finally {
    release();
  }
}

async function tryTask(step: TaskStep, scope: Scope, place: Place, live: LiveRun): Promise<Entries> {
  const { path } = place;
  const secrets = await secretsOf(step.secrets, live.secrets, path);
  live.redactor.add(secrets);
  const parameters = await checked(step, 'input', scope.parameters, path);
  if (typeof parameters !== 'object' || parameters === null) {
    throw new ParameterError(path, 'the schema of its input gives no object.');
  }
  const earlier = live.journal.record.attemptsOf(path);
  for (let failures = 0; ; failures += 1) {
    const attempt = earlier + failures + 1;
    await live.journal.write({ type: 'attempt', path, attempt, status: 'processing' });
    try {
      const value = await executeAttempt({
        step,
        place,
        live,
        attempt,
        secrets,
        parameters: Object.freeze({ ...parameters }),
      });
      return givenBy(step, await checked(step, 'output', value, path));
    } catch (error) {
      const isCancelled = live.stop.isStopped;
      const status = isCancelled ? 'cancelled' : 'fail';
      await live.journal.write({ type: 'attempt', path, attempt, status, error: live.journal.loggedError(error) });
      if (isCancelled) throw live.stop.signal.reason;
      if (failures >= step.retries || !isWorthAnotherTry(error)) throw error;
      await backoffWait(failures + 1, step.backoff, live.stop);
    }
  }
}

/** @throws ParameterError */
async function checked(step: TaskStep, side: 'input' | 'output', value: unknown, path: string): Promise<unknown> {
  const schema = step[side];
  if (schema === undefined) return value;
  const result = await schema['~standard'].validate(value);
  if (result.issues === undefined) return result.value;
  throw new ParameterError(path, `its ${side} does not fit: ${issuesText(result.issues)}`);
}

/** The parameters that a value becomes: that of `returns`, or the entries of an object. Anything else becomes none. */
function givenBy({ returns }: TaskStep, value: unknown): Entries {
  if (returns !== undefined) return [[returns, value]];
  return typeof value === 'object' && value !== null && isPlainObject(value) ? Object.entries(value) : [];
}
