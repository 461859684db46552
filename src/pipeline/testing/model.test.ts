import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Pipeline } from '../pipeline.js';
import { getRunContext, MemoryRunLogStore, type RunContext, type StepLog } from '../node.js';
import { randomSteps } from './random-pipelines.js';
import { runModel, type Behaviour, type ModelState } from './reference-model.js';

/** A number that depends on a text alone. */
function hash(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 16_777_619);
  return value >>> 0;
}

/** What tasks do is a function of the seed, the path and the try of the run, for the runs and for the model. */
const behaviourOf = (seed: number, attempt: number): Behaviour => ({
  failures: (path) => (attempt >= 4 ? 0 : [0, 0, 0, 0, 1, 2, 3][hash(`${seed} ${attempt} ${path}`) % 7]!),
  gives(path, parameters) {
    const number = hash(`${seed} ${path}`);
    const name = ['x', 'y', 'z', path.replaceAll('/', '_')][number % 8] ?? `own_${path.replaceAll('/', '_')}`;
    const seen = [...parameters]
      .filter(([key]) => key !== 'items')
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`);
    return new Map<string, unknown>([
      [name, hash(seen.toSorted().join())],
      ...(number % 11 === 0 ? ([['kind', number % 2 === 0 ? 'yes' : 'no']] as const) : []),
      ...(number % 5 === 0 ? ([['done', true]] as const) : []),
    ]);
  },
});

const attemptsOf = (steps: readonly StepLog[] = []): [string, StepLog][] =>
  steps.flatMap((step) => [
    ...(step.kind === 'task' ? [[step.path, step] as [string, StepLog]] : []),
    ...attemptsOf(step.steps),
  ]);

it('D6 five hundred generated pipelines do what the model does, with failures, cancels and resumes', async () => {
  let behaviour: Behaviour;
  let calls: Map<string, number>;
  let failuresLeft: Map<string, number>;
  const strangers: unknown[] = [];
  /** Calls until the run is cancelled. */
  let callsLeft = Infinity;
  let cancel = (): void => undefined;

  const run = async (parameters: never, { path, runId }: RunContext): Promise<unknown> => {
    calls.set(path, (calls.get(path) ?? 0) + 1);
    if (--callsLeft === 0) cancel();
    await (hash(path) % 3 === 0 ? new Promise((resolve) => void setImmediate(resolve)) : undefined);
    if (getRunContext()?.runId !== runId || getRunContext()?.path !== path) strangers.push(path);
    const left = failuresLeft.get(path) ?? behaviour.failures(path);
    failuresLeft.set(path, left - 1);
    if (left > 0) throw new Error(path);
    return Object.fromEntries(behaviour.gives(path, new Map(Object.entries(parameters))));
  };

  let tries = 0;
  let cancels = 0;
  await fc.assert(
    fc.asyncProperty(
      randomSteps(run),
      fc.nat(),
      fc.array(fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }), { minLength: 6, maxLength: 6 }),
      async (steps, seed, cancelAfter) => {
        const pipeline = new Pipeline('p', steps);
        const parameters = { items: [0, 1], kind: seed % 3 === 0 ? 'no' : 'yes', n: seed };
        const runLogStore = new MemoryRunLogStore();
        const done: ModelState['done'] = new Map();
        for (let attempt = 0; attempt < 6; attempt++) {
          tries += 1;
          behaviour = behaviourOf(seed, attempt);
          calls = new Map();
          failuresLeft = new Map();
          const controller = new AbortController();
          callsLeft = attempt < 4 ? (cancelAfter[attempt] ?? Infinity) : Infinity;
          cancel = () => controller.abort();
          const options = { runLogStore, signal: controller.signal, concurrency: (seed % 3) + 1 };
          const outcome =
            attempt === 0
              ? await pipeline.start({ ...options, parameters, runId: 'r' }).finished
              : await (
                  await pipeline.resume('r', options)
                ).finished;
          const attempts = attemptsOf(outcome.log.steps);
          if (outcome.status === 'cancelled') {
            cancels += 1;
            // The log says which tasks were done by then. They gave what the model gives when all others fail.
            const succeeded = new Set(attempts.filter(([, { status }]) => status === 'success').map(([path]) => path));
            const failures = (path: string): number => (succeeded.has(path) ? 0 : 99);
            runModel(steps, parameters, { ...behaviour, failures }, { done, ran: new Map() });
            expect([...done.keys()].toSorted()).toEqual([...succeeded].toSorted());
            continue;
          }
          const ran: ModelState['ran'] = new Map();
          const model = runModel(steps, parameters, behaviour, { done, ran });
          expect({ status: outcome.status, calls: Object.fromEntries([...calls].toSorted()) }).toEqual({
            status: model.status,
            calls: Object.fromEntries([...ran].toSorted()),
          });
          expect(outcome.parameters).toEqual(model.parameters);
          expect(
            attempts
              .filter(([, { status }]) => status === 'success')
              .map(([path]) => path)
              .toSorted(),
          ).toEqual([...done.keys()].toSorted());
          if (outcome.status === 'success' && attempt < 5) break;
        }
      },
    ),
    { numRuns: 500, seed: 20_260_728 },
  );
  expect(strangers).toEqual([]);
  // The generator does what it is for.
  expect(tries).toBeGreaterThan(700);
  expect(cancels).toBeGreaterThan(50);
}, 300_000);
