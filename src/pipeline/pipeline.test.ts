import { describe, expect, it } from 'vitest';
import {
  BranchNotFoundError,
  conditional,
  definePipeline,
  getRunContext,
  LoopLimitError,
  loop,
  map,
  MemoryCatalog,
  MemoryRunLogStore,
  MergeConflictError,
  parallel,
  SecretNotFoundError,
  StepTimeoutError,
  stub,
  task,
  type RunContext,
  type RunOutcome,
  type StepLog,
} from './node.js';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));

/** Path and status of all steps. */
const statuses = ({ log }: Pick<RunOutcome, 'log'>): string[] => {
  const list = (steps: readonly StepLog[] = []): string[] =>
    steps.flatMap(({ path, status, steps: inner }) => [`${path} ${status}`, ...list(inner)]);
  return list(log.steps);
};

const quick = { base: 1, jitter: 0 };

describe('D6 steps', () => {
  it('run one after the other, with what the ones before gave', async () => {
    const sales = definePipeline('sales', [
      task('load', { run: ({ month }: { month: string }) => ({ rows: [month, 'b'] }) }),
      task('count', { run: ({ rows }: { rows: readonly string[] }) => rows.length, returns: 'count' }),
      task('nothing', { run: () => 5 }),
      stub('later'),
    ]);
    const run = sales.start({ parameters: { month: 'may' }, runId: 'r-1', tag: 'nightly' });
    expect(run.runId).toBe('r-1');
    const outcome = await run.finished;
    expect(outcome).toMatchObject({ status: 'success', parameters: { month: 'may', rows: ['may', 'b'], count: 2 } });
    expect(outcome.log).toMatchObject({
      runId: 'r-1',
      tag: 'nightly',
      status: 'success',
      parameters: { month: 'may', rows: ['may', 'b'], count: 2 },
    });
    expect(statuses(outcome)).toEqual(['load success', 'count success', 'nothing success', 'later success']);
    const [load] = outcome.log.steps;
    expect(load?.attempts).toEqual([
      { attempt: 1, status: 'success', startedAt: expect.any(Number), endedAt: expect.any(Number) },
    ]);
    expect('error' in outcome).toBe(false);
  });

  it('in parallel branches see their own copy, and merge when all have succeeded', async () => {
    const order: string[] = [];
    const both = definePipeline('both', [
      parallel('features', {
        left: [
          task('a', { run: async () => (await wait(20), order.push('a'), { a: 1, own: undefined }) }),
          task('b', { run: ({ a }: { a: number }) => ({ b: a + 1 }) }),
        ],
        right: [task('a', { run: (all: { a?: number }) => (order.push('c'), { c: all.a ?? 'none' }) })],
      }),
    ]);
    const outcome = await both.start().finished;
    expect(outcome.parameters).toEqual({ a: 1, own: undefined, b: 2, c: 'none' });
    expect(order).toEqual(['c', 'a']);
    expect(statuses(outcome).toSorted()).toEqual([
      'features success',
      'features/left/a success',
      'features/left/b success',
      'features/right/a success',
    ]);
  });

  it('in parallel name both branches that gave the same parameter', async () => {
    const both = definePipeline('both', [
      parallel('p', { left: [task('a', { run: () => ({ x: 1 }) })], right: [task('b', { run: () => ({ x: 1 }) })] }),
    ]);
    const { status, error } = await both.start().finished;
    expect(status).toBe('fail');
    expect(error).toBeInstanceOf(MergeConflictError);
    expect(error).toMatchObject({ parameter: 'x', step: 'p', branches: ['left', 'right'] });
    expect(error?.message).toMatch(/"left".*"right".*"x"/);
  });

  it('of a map make a list of each parameter, by key, or what reduce makes of it', async () => {
    const body = task('double', { run: async ({ n }: { n: number }) => (await wait(10 / n), { twice: [n * 2] }) });
    const listed = definePipeline('listed', [map('each', { over: 'all', as: 'n' }, [body])]);
    expect((await listed.start({ parameters: { all: [1, 2, 3] } }).finished).parameters).toEqual({
      all: [1, 2, 3],
      twice: [[2], [4], [6]],
    });
    const reduced = definePipeline('reduced', [
      map('each', { over: 'all', as: 'n', reduce: (all: readonly number[][]) => all.flat() }, [body]),
    ]);
    const outcome = await reduced.start({ parameters: { all: { one: 1, two: 2 } } }).finished;
    expect(outcome.parameters).toMatchObject({ twice: [2, 4] });
    expect(statuses(outcome).toSorted()).toEqual([
      'each success',
      'each/one/double success',
      'each/two/double success',
    ]);
  });

  it('of a map over nothing give empty lists', async () => {
    const empty = definePipeline('empty', [
      map('each', { over: 'all', as: 'n' }, [task('t', { run: () => 1, returns: 'one' })]),
    ]);
    expect((await empty.start({ parameters: { all: [] } }).finished).parameters).toEqual({ all: [], one: [] });
  });

  it('of a conditional are those of the branch; no match is an error', async () => {
    const gate = definePipeline('gate', [
      conditional('gate', {
        on: 'kind',
        branches: { big: [task('t', { run: () => ({ size: 'big' }) })], small: [stub('nothing')] },
      }),
    ]);
    expect((await gate.start({ parameters: { kind: 'big' } }).finished).parameters).toMatchObject({ size: 'big' });
    expect((await gate.start({ parameters: { kind: 'small' } }).finished).parameters).toEqual({ kind: 'small' });
    const { status, error } = await gate.start({ parameters: { kind: 'other' } }).finished;
    expect(status).toBe('fail');
    expect(error).toBeInstanceOf(BranchNotFoundError);
    expect(error?.message).toBe('"gate" has no branch for kind = other. There are: big, small.');
  });

  it('of a loop run until a parameter is true, or the maximum is reached', async () => {
    const count = (until: number) => task('t', { run: ({ n }: { n: number }) => ({ n: n + 1, done: n + 1 >= until }) });
    const refine = (until: number, onMax?: 'fail') =>
      definePipeline('refine', [loop('l', { until: 'done', max: 5, ...(onMax && { onMax }) }, [count(until)])]);
    expect((await refine(3).start({ parameters: { n: 0 } }).finished).parameters).toEqual({ n: 3, done: true });
    const most = await refine(9).start({ parameters: { n: 0 } }).finished;
    expect(most.parameters).toEqual({ n: 5, done: false });
    expect(statuses(most)).toHaveLength(6);
    const failed = await refine(9, 'fail').start({ parameters: { n: 0 } }).finished;
    expect(failed.error).toBeInstanceOf(LoopLimitError);
  });

  it('run on failure, of a step and of the pipeline; the run stays failed', async () => {
    const told: unknown[] = [];
    const tell = (name: string) =>
      task(name, { run: (_all, run: RunContext) => void told.push([name, run.path, run.failure]) });
    const boom = (): never => {
      throw new TypeError('boom');
    };
    const failing = definePipeline(
      'failing',
      [parallel('p', { a: [task('t', { run: boom, onFailure: [tell('inner')] })], b: [tell('other')] })],
      { onFailure: [tell('outer'), task('fails too', { run: boom })] },
    );
    const outcome = await failing.start().finished;
    expect(outcome).toMatchObject({ status: 'fail', error: new TypeError('boom') });
    expect(told).toEqual([
      ['other', 'p/b/other', undefined],
      ['inner', 'p/a/t/@onFailure/inner', { step: 'p/a/t', name: 'TypeError', message: 'boom' }],
      ['outer', '@onFailure/outer', { step: '', name: 'TypeError', message: 'boom' }],
    ]);
    expect(statuses(outcome)).toContain('@onFailure/fails too fail');
  });
});

describe('D7 execution', () => {
  it('tries a task again after it failed, as often as it may', async () => {
    let tries = 0;
    const flaky = definePipeline('flaky', [
      task('t', {
        run: (_all, { attempt }) => {
          tries += 1;
          if (attempt < 3) throw new Error(`no ${attempt}`);
          return { attempt };
        },
        retries: 2,
        backoff: quick,
      }),
    ]);
    const { log, parameters } = await flaky.start().finished;
    expect([tries, parameters]).toEqual([3, { attempt: 3 }]);
    expect(log.steps[0]?.attempts.map(({ status, error }) => [status, error?.message])).toEqual([
      ['fail', 'no 1'],
      ['fail', 'no 2'],
      ['success', undefined],
    ]);
  });

  it('stops a task that takes too long, and tells it by its signal', async () => {
    const reasons: unknown[] = [];
    const slow = definePipeline('slow', [
      task('t', {
        run: (_all, { signal }) =>
          new Promise((_, reject) =>
            signal.addEventListener('abort', () => (reasons.push(signal.reason), reject(signal.reason as Error))),
          ),
        timeout: 5,
        retries: 1,
        backoff: quick,
      }),
    ]);
    const { status, error, log } = await slow.start().finished;
    expect([status, error?.message]).toEqual(['fail', 'The task "t" took longer than 5 ms and was stopped.']);
    expect(error).toBeInstanceOf(StepTimeoutError);
    expect(log.steps[0]?.attempts).toHaveLength(2);
    expect(reasons).toHaveLength(2);
  });

  it('cancels at any depth', async () => {
    let begun = (): void => undefined;
    const isRunning = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const endless = (_all: unknown, { signal }: RunContext): Promise<never> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        begun();
      });
    const deep = definePipeline(
      'deep',
      [
        map('m', { over: 'all', as: 'n' }, [
          parallel('p', { a: [loop('l', { until: 'x', max: 3 }, [task('t', { run: endless })])], b: [stub('s')] }),
        ]),
        task('never', { run: () => ({ never: 1 }) }),
      ],
      { onFailure: [task('not told', { run: () => undefined })] },
    );
    const run = deep.start({ parameters: { all: [1] } });
    await isRunning;
    await run.cancel('enough');
    const outcome = await run.finished;
    expect(outcome.status).toBe('cancelled');
    expect(outcome.error).toMatchObject({ name: 'CancelledError', message: 'enough' });
    expect(statuses(outcome)).toEqual([
      'm cancelled',
      'm/0/p cancelled',
      'm/0/p/a/l cancelled',
      'm/0/p/a/l/0/t cancelled',
      'm/0/p/b/s success',
    ]);
    await run.cancel();
  });

  it('goes on without a function that does not heed its signal', async () => {
    const deaf = definePipeline('deaf', [task('t', { run: () => new Promise(() => undefined) })]);
    const run = deaf.start({ stopGrace: 1 });
    run.addEventListener('step', ({ detail }) => detail.status === 'processing' && void run.cancel());
    expect((await run.finished).status).toBe('cancelled');
  });

  it('runs so many tasks at a time', async () => {
    let now = 0;
    let most = 0;
    const busy = task('t', {
      run: async () => {
        most = Math.max(most, ++now);
        await wait(1);
        now -= 1;
      },
    });
    const items = Array.from({ length: 12 }, (_, index) => index);
    const wide = definePipeline('wide', [map('m', { over: 'items', as: 'i' }, [busy])]);
    await wide.start({ parameters: { items }, concurrency: 3 }).finished;
    expect(most).toBe(3);
    most = 0;
    const narrow = definePipeline('narrow', [map('m', { over: 'items', as: 'i', concurrency: 2 }, [busy])]);
    await narrow.start({ parameters: { items } }).finished;
    expect(most).toBe(2);
  });

  it('tells its steps as events', async () => {
    const events: string[] = [];
    const run = definePipeline('p', [
      task('t', {
        run: (_all, { log, progress }) => (log('hello'), progress(1, 2, 'half'), undefined),
      }),
    ]).start();
    run.addEventListener('statechange', ({ detail }) => events.push(`run ${detail.status}`));
    run.addEventListener('step', ({ detail }) =>
      events.push(`${detail.path} ${detail.status} ${detail.attempt ?? ''}`),
    );
    run.addEventListener('log', ({ detail }) => events.push(detail.text));
    run.addEventListener('progress', ({ detail }) => events.push(`${detail.done}/${detail.total} ${detail.label}`));
    const { log } = await run.finished;
    expect(events).toEqual([
      'run created',
      'run processing',
      't triggered ',
      't processing 1',
      'hello',
      '1/2 half',
      't success ',
      'run success',
    ]);
    expect(log.steps[0]).toMatchObject({ notes: [{ text: 'hello' }], progress: { done: 1, total: 2, label: 'half' } });
  });
});

describe('D1 runs', () => {
  it('keep their own context across awaits, three at once and nested', async () => {
    expect(getRunContext()).toBeUndefined();
    const inner = definePipeline('inner', [
      task('t', { run: async () => (await wait(5), { id: getRunContext()?.runId }) }),
    ]);
    const outer = definePipeline('outer', [
      task('t', {
        run: async (_all, run) => {
          const before = getRunContext()?.runId;
          await wait(100);
          const nested = await inner.start({ runId: `${run.runId} inner` }).finished;
          return { ids: [run.runId, before, getRunContext()?.runId, nested.parameters['id' as never]] };
        },
      }),
    ]);
    const ids = ['a', 'b', 'c'];
    const outcomes = await Promise.all(ids.map((runId) => outer.start({ runId }).finished));
    expect(outcomes.map(({ parameters }) => parameters)).toEqual(
      ids.map((id) => ({ ids: [id, id, id, `${id} inner`] })),
    );
    expect(getRunContext()).toBeUndefined();
  });
});

describe('D6 resume', () => {
  it('skips what succeeded, and keeps the parameters', async () => {
    const runLogStore = new MemoryRunLogStore();
    const calls: string[] = [];
    let isBroken = true;
    const steps = definePipeline('p', [
      task('first', { run: ({ n }: { n: number }) => (calls.push('first'), { m: n + 1, when: new Date(5) }) }),
      map('each', { over: 'items', as: 'i' }, [
        task('one', {
          run: ({ i }: { i: number }) => {
            calls.push(`one ${i}`);
            if (i === 2 && isBroken) throw new Error('broken');
            return { got: i * 10 };
          },
        }),
      ]),
      task('last', { run: ({ m, when }: { m: number; when: Date }) => ({ last: m + when.getTime() }) }),
    ]);
    const options = { parameters: { n: 1, items: [1, 2, 3] }, runId: 'r', runLogStore };
    const failed = await steps.start(options).finished;
    expect(failed.status).toBe('fail');
    calls.length = 0;
    isBroken = false;
    const resumed = await steps.resume('r', { runLogStore });
    expect(calls).toEqual(['one 2']);
    expect(resumed.status).toBe('success');
    expect(await resumed.finished).toMatchObject({ parameters: { n: 1, m: 2, got: [10, 20, 30], last: 7 } });
    expect(
      resumed.log.steps[1]?.steps?.find(({ path }) => path === 'each/1/one')?.attempts.map(({ status }) => status),
    ).toEqual(['fail', 'success']);
    calls.length = 0;
    const before = (await runLogStore.read('r')).length;
    expect((await steps.resume('r', { runLogStore })).parameters).toMatchObject({ last: 7 });
    expect(calls).toEqual([]);
    expect(await runLogStore.read('r')).toHaveLength(before);
    await expect(steps.start(options).finished).rejects.toThrow('There is a run "r" already.');
    await expect(steps.resume('other', { runLogStore })).rejects.toThrow('The run log store has no run "other".');
  });
});

describe('D5 secrets', () => {
  it('reach the task that declares them, and no other; a missing one fails before the task begins', async () => {
    let began = false;
    const p = definePipeline('p', [
      task('a', { run: (_all, { secrets }) => ({ length: secrets.get('KEY').length }), secrets: ['KEY'] }),
      task('b', { run: (_all, { secrets }) => void secrets.get('KEY') }),
    ]);
    const undeclared = await p.start({ secrets: { KEY: 'value' } }).finished;
    expect(undeclared.parameters).toEqual({ length: 5 });
    expect(undeclared.error).toBeInstanceOf(SecretNotFoundError);
    const missing = await definePipeline('q', [
      task('a', { run: () => void (began = true), secrets: ['NONE'], retries: 3 }),
    ]).start({ secrets: () => undefined }).finished;
    expect(missing.error).toMatchObject({ name: 'SecretNotFoundError', secret: 'NONE', step: 'a' });
    expect(missing.log.steps[0]?.attempts).toEqual([]);
    expect(began).toBe(false);
  });
});

describe('D4 parameters', () => {
  it('that are large are kept in the catalog while the run has not succeeded', async () => {
    const runLogStore = new MemoryRunLogStore();
    const catalog = new MemoryCatalog();
    const temporaries = async () => (await catalog.forRun('r').list('.parameters/**')).length;
    let during = 0;
    let calls = 0;
    let isBroken = true;
    const p = definePipeline('p', [
      task('large', { run: () => ((calls += 1), { text: 'x'.repeat(100), small: 1 }) }),
      task('look', {
        run: async ({ text }: { text: string }) => {
          during = await temporaries();
          if (isBroken) throw new Error('broken');
          return { length: text.length };
        },
      }),
    ]);
    const options = { runLogStore, catalog, inlineLimit: 50 };
    const failed = await p.start({ ...options, runId: 'r', parameters: { given: 'y'.repeat(60) } }).finished;
    expect([failed.status, during, await temporaries()]).toEqual(['fail', 2, 2]);
    isBroken = false;
    const resumed = await p.resume('r', options);
    expect(resumed.parameters).toMatchObject({ length: 100, given: 'y'.repeat(60) });
    expect([calls, await temporaries()]).toEqual([1, 0]);
    // What a run that has succeeded had in the catalog is gone; its tasks do not run again for that.
    expect((await p.resume('r', options)).status).toBe('success');
    expect(calls).toBe(1);
  });

  it('that are objects stay as they are, in memory', async () => {
    class Model {
      readonly weights = [1];
    }
    const runLogStore = new MemoryRunLogStore();
    const model = new Model();
    let isBroken = true;
    const p = definePipeline('p', [
      task('make', { run: () => ({ model }) }),
      task('use', {
        run: (all: { model: Model }) => {
          if (isBroken) throw new Error('broken');
          return { same: all.model === model };
        },
      }),
    ]);
    await p.start({ runLogStore, runId: 'r' }).finished;
    isBroken = false;
    const resumed = await p.resume('r', { runLogStore });
    expect(resumed.parameters.same).toBe(true);
    expect(resumed.log.parameters['model']).toBe('[object Object]');
  });
});
