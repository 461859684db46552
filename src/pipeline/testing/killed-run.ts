import { definePipeline, FileCatalog, FileRunLogStore, loop, map, parallel, task } from '../node.js';

/**
 * A run in a process of its own, for a test that kills it: starts the run of a folder, or goes on with it, writes a line for each thing
 * that happens, and its result at the end.
 */

const wait = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 1));

const steps = definePipeline('killed', [
  task('load', {
    run: async ({ n }: { n: number }) => (await wait(), { rows: Array.from({ length: n }, (_, row) => row) }),
  }),
  map('each', { over: 'rows', as: 'row', concurrency: 2 }, [
    task('square', {
      run: async ({ row }: { row: number }, run) => {
        await run.catalog.put(`rows/${row}.json`, { row });
        return { square: row * row, when: new Date(row) };
      },
    }),
  ]),
  parallel('both', {
    left: [
      task('large', {
        run: ({ square }: { square: readonly number[] }) => ({ text: square.join().repeat(2_000) }),
        keep: 'catalog',
      }),
    ],
    right: [
      loop('count', { until: 'done', max: 5 }, [
        task('one', { run: ({ count = 0 }: { count?: number }) => ({ count: count + 1, done: count >= 2 }) }),
      ]),
    ],
  }),
  task('sum', {
    run: async ({ text, square, when }: { text: string; square: readonly number[]; when: readonly Date[] }, run) => ({
      sum: square.reduce((a, b) => a + b, 0),
      length: text.length,
      last: when.at(-1)?.getTime(),
      files: (await run.catalog.get('rows/*')).map(({ name, hash }) => `${name} ${hash}`),
      text: '',
    }),
  }),
]);

/** Runs of one process, so that one kill meets several. */
export const runIds = ['r-0', 'r-1', 'r-2', 'r-3', 'r-4'];

/** @param ids of the runs @param print is told what happens, and the results */
export async function runInFolder(
  folder: string,
  ids: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const runLogStore = new FileRunLogStore(`${folder}/logs`);
  const catalog = new FileCatalog(`${folder}/catalog`);
  const one = async (runId: string, index: number): Promise<void> => {
    const isNew = await runLogStore.read(runId).then(
      () => false,
      () => true,
    );
    const run = isNew
      ? steps.start({ runId, runLogStore, catalog, parameters: { n: 3 + index } })
      : steps.resuming(runId, { runLogStore, catalog });
    run.addEventListener('step', ({ detail }) => print(`${detail.path} ${detail.status}`));
    const { status, parameters, error } = await run.finished;
    const left = await catalog.forRun(runId).list('.parameters/**');
    const events = await runLogStore.read(runId);
    const done = events.flatMap((event) => (event.type === 'step' && event.gave !== undefined ? event.path : []));
    const result = {
      status,
      parameters,
      error: error?.message,
      left,
      // Each task succeeds once, however often the run goes on.
      twice: done.filter((path, at) => done.indexOf(path) < at),
      done: done.length,
      ended: events.at(-1)?.type === 'run',
      storageError: String(run.storageError),
    };
    print(`result ${runId} ${JSON.stringify(result)}`);
  };
  await Promise.all(ids.map(one));
}
