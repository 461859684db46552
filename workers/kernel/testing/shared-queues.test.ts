import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExecutionReport } from '../../../src/protocol/messages/wire.js';
import { ServedKernel } from './served-kernel.js';

// A value only once it was read, in Node: before the kernel's module is evaluated.
vi.hoisted(() => MessageChannel);

/** React's own scheduler, as it is in a worker: without Node's `setImmediate` it posts messages to itself. */
const bundle = await build({
  stdin: { contents: `export { unstable_scheduleCallback } from 'scheduler';`, resolveDir: import.meta.dirname },
  bundle: true,
  format: 'esm',
  define: { 'process.env.NODE_ENV': '"production"', setImmediate: 'undefined' },
  write: false,
});

/** The same pattern, under names that nothing tells. */
const queue = `
  const tasks = [];
  const { port1, port2 } = new MessageChannel();
  let isPosted = false;
  port1.onmessage = () => {
    isPosted = false;
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) task();
  };
  export const add = (task) => {
    tasks.push(task);
    if (isPosted) return;
    isPosted = true;
    port2.postMessage(null);
  };
  export const close = () => port1.close();`;

/** As React's roots and Preact's components wait: one microtask is for all. */
const microtasks = `
  let tasks = [];
  export const add = (task) => {
    if (tasks.push(task) > 1) return;
    queueMicrotask(() => { for (const one of tasks.splice(0)) one(); });
  };`;

const kernel = new ServedKernel({
  'https://cdn.example/scheduler.js': bundle.outputFiles[0]!.text,
  'https://cdn.example/queue.js': queue,
  'https://cdn.example/microtasks.js': microtasks,
});

beforeAll(async () => {
  await kernel.start({
    importMap: {
      imports: {
        scheduler: 'https://cdn.example/scheduler.js',
        queue: 'https://cdn.example/queue.js',
        microtasks: 'https://cdn.example/microtasks.js',
      },
    },
  });
});
afterAll(() => kernel.close());

async function valueFor(client: string, code: string): Promise<unknown> {
  const report: ExecutionReport = await kernel.run(code, {
    context: { ...kernel.context(), variables: { client } },
  });
  if (!report.ok) throw new Error(report.error!.message);
  return report.value;
}

describe('F4 a queue that two executions fill and one message empties', () => {
  it('runs each task of React’s scheduler as the execution that scheduled it, and what goes on with it', async () => {
    const code = `
      import { unstable_scheduleCallback as schedule } from 'scheduler';
      await new Promise((resolve) => {
        const seen = [];
        const see = (more) => () => {
          seen.push(context.get('client'));
          if (seen.length === 6) resolve(seen);
          return more > 0 ? see(more - 1) : null;
        };
        for (let index = 0; index < 3; index++) schedule(3, see(0));
        schedule(3, see(2));
      })`;
    const clients = ['a', 'b', 'c', 'd'];
    const seen = await Promise.all(clients.map((client) => valueFor(client, code)));
    expect(seen).toEqual(clients.map((client) => Array(6).fill(client)));
  });

  it('runs none as another execution in any other queue, and all of one that is alone as that one', async () => {
    const code = `
      import { add } from 'queue';
      await (async (own) => {
        const see = () => { try { return context.get('client') === own ? 'own' : 'another'; } catch { return 'none'; } };
        return Promise.all([1, 2, 3].map(() => new Promise((resolve) => add(() => resolve(see())))));
      })(context.get('client'))`;
    // What is left of earlier executions may come between.
    await expect.poll(() => valueFor('a', code), { timeout: 20_000 }).toEqual(['own', 'own', 'own']);
    const together = await Promise.all(['b', 'c', 'd', 'e'].map((client) => valueFor(client, code)));
    expect(together.flat()).toHaveLength(12);
    expect(together.flat()).not.toContain('another');
    await valueFor('a', `import { close } from 'queue'; close();`);
  });

  it.each([
    ['import', `import { add } from 'microtasks';`, ''],
    ['import()', '', `const { add } = await import('microtasks');`],
  ])('runs each of those that wait for one module by %s in a turn of its own', async (_, first, then) => {
    const code = `${first} await (async () => { ${then} return new Promise((resolve) => add(() => resolve(context.get('client')))); })()`;
    const clients = ['a', 'b', 'c'];
    expect(await Promise.all(clients.map((client) => valueFor(client, code)))).toEqual(clients);
  });
});
