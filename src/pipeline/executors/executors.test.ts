import { describe, expect, it } from 'vitest';
import { getCurrentContext } from '../../context/index.js';
import {
  definePipeline,
  executeJob,
  getRunContext,
  jobResult,
  map,
  MemoryCatalog,
  realmExecutor,
  requireRunContext,
  sessionExecutor,
  task,
  taskJob,
  type Executor,
  type TaskExecution,
} from '../node.js';

const pipeline = definePipeline('many', [
  map('each', { over: 'items', as: 'item' }, [
    task('t', {
      run: async ({ item, when }: { item: number; when: Date }, run) => {
        await new Promise((resolve) => void setImmediate(resolve));
        run.log(`at ${item}`);
        await run.catalog.put(`${item}.txt`, run.secrets.get('KEY'));
        const { runId, path, attempt } = requireRunContext('the test');
        return {
          got: [
            runId,
            path,
            attempt,
            item,
            when.getTime(),
            getRunContext() === run,
            getCurrentContext()?.metadata['run'],
          ],
        };
      },
      secrets: ['KEY'],
    }),
  ]),
]);

describe('D2 executors', () => {
  it('need the context of a run', async () => {
    const execution = {} as TaskExecution;
    await expect(realmExecutor.execute(execution)).rejects.toThrow(
      'No run context available: the executor "realm" needs one',
    );
    await expect(sessionExecutor.execute(execution)).rejects.toThrow(
      'No run context available: the executor "session" needs one',
    );
  });

  it('may send tasks to other machines, which do them in the context of the run', async () => {
    const catalog = new MemoryCatalog();
    const sent: string[] = [];
    const lines: string[] = [];
    const queue: Executor = {
      name: 'queue',
      async execute(execution) {
        const text = JSON.stringify(taskJob(execution));
        sent.push(text);
        // Another machine.
        const result = await executeJob(pipeline, JSON.parse(text) as ReturnType<typeof taskJob>, {
          secrets: { KEY: 'own-secret' },
          catalog,
          onLog: (line) => lines.push(line),
        });
        return jobResult(result);
      },
    };
    const run = pipeline.start({
      runId: 'r',
      parameters: { items: [5, 6], when: new Date(7) },
      secrets: { KEY: 'run-secret' },
      executor: queue,
      catalog,
    });
    const { parameters, error } = await run.finished;
    expect(error).toBeUndefined();
    const metadata = (path: string): object => ({ runId: 'r', definition: 'many', step: 't', path, attempt: 1 });
    expect(parameters).toMatchObject({
      got: [
        ['r', 'each/0/t', 1, 5, 7, true, metadata('each/0/t')],
        ['r', 'each/1/t', 1, 6, 7, true, metadata('each/1/t')],
      ],
    });
    expect(sent.join()).not.toMatch(/secret/);
    expect(lines).toEqual(['at 5', 'at 6']);
    expect((await catalog.forRun('r').get('*')).map(({ data }) => data)).toEqual(['own-secret', 'own-secret']);
  });

  it('say what cannot be sent, and which job is of another pipeline', async () => {
    const own = definePipeline('own', [task('t', { run: () => undefined })]);
    const executor: Executor = { name: 'q', execute: async (execution) => taskJob(execution) };
    const { error } = await own.start({ parameters: { f: () => 1 }, executor }).finished;
    expect(error?.message).toBe('"t": the parameter "f" can\'t be sent to another machine.');
    const job = { definition: 'own', node: 't', runId: 'r', path: 't', attempt: 1, parameters: '[["o"]]', context: {} };
    await expect(executeJob(pipeline, job)).rejects.toThrow('the pipeline "many" has no task "t" of "own"');
    await expect(executeJob(pipeline, { ...job, node: 'each/t' })).rejects.toThrow('has no task "each/t" of "own"');
  });
});
