import { expect, test } from './fixtures/test.js';

/** Set to another number to interleave in another way. */
const seed = Number(process.env['INTERLEAVING_SEED'] ?? 1);

/** What later cells share: async functions, generators and iterables that wait, and a tally of what has no context. */
const shared = `
async function readAfter(delay) {
  await new Promise((resolve) => setTimeout(resolve, delay));
  return context.get('client');
}
async function* countTo(limit, pause) {
  for (let count = 1; count <= limit; count++) {
    await pause();
    yield [count, context.get('client')];
  }
}
function* mineOf(limit) {
  for (let count = 0; count < limit; count++) yield context.get('client');
}
const sharedTarget = new EventTarget();
const askedThenable = { then(resolve) { resolve(context.get('client')); } };
`;

/**
 * One execution: a walk of random waits, after each of which everything that was seen must be its own client. Its value is
 * the distinct clients that it saw, and how often it looked. What no context is meant for answers 'none'.
 */
function walk(client: string, randomSeed: number, steps: number): string {
  return `{
let state = ${randomSeed};
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor(state / 2 ** 32 * limit);
};
const seen = {};
const see = (where, client = getCurrentContext()?.get('client') ?? 'none') => { (seen[where] ??= {})[client] = (seen[where][client] ?? 0) + 1; };
const pauses = [
  () => Promise.resolve(),
  () => new Promise((resolve) => setTimeout(resolve, below(20))),
  () => new Promise((resolve) => queueMicrotask(resolve)),
  () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { port1.close(); resolve(); }; port2.postMessage(0); }),
  () => tools.wait({ delay: below(10) }),
];
const pause = () => pauses[below(pauses.length)]();
const looks = {
  await: async () => { await pause(); see('await'); },
  then: () => pause().then(() => { see('then'); }),
  catch: async () => { try { await pause(); throw new Error('planned'); } catch { see('catch'); } finally { await pause(); see('finally'); } },
  timer: () => new Promise((resolve) => setTimeout(() => { see('timer'); resolve(); }, below(20))),
  microtask: () => new Promise((resolve) => queueMicrotask(() => { see('microtask'); resolve(); })),
  shared: async () => see('shared', await readAfter(below(20))),
  'async generator': async () => { for await (const [, client] of countTo(3, pause)) { see('async generator', client); see('for await'); await pause(); } },
  generator: async () => { const mine = mineOf(3); await pause(); for (const client of mine) { see('generator', client); await pause(); } },
  thenable: async () => { await pause(); see('thenable', await askedThenable); },
  tool: async () => see('tool', await tools.whoami()),
  parallel: () => Promise.all([1, 2, 3].map(async () => { await pause(); see('parallel'); })),
  nested: () => context.run({ step: 'inner' }, async () => { await pause(); see('nested', context.get('step') + ' ' + context.get('client')); }),
  'no context': () => new Promise((resolve) => {
    const variable = new AsyncContext.Variable({ defaultValue: 'none' });
    variable.run('leaked', () => {
      AbortSignal.timeout(1).onabort = () => { see('no context', variable.get()); resolve(); };
    });
  }),
  uninstrumented: () => new Promise((resolve) => {
    // Called by built-in code, within a call of ours and later.
    [1].forEach(() => see('called back'));
    JSON.stringify({ toJSON: () => see('called back') });
    'x'.replace('x', () => { see('called back'); return ''; });
    sharedTarget.addEventListener('look', () => see('dispatched'), { once: true });
    sharedTarget.dispatchEvent(new Event('look'));
    resolve();
  }),
};
const names = Object.keys(looks);
for (const name of names) await looks[name]();
for (let step = 0; step < ${steps}; step++) await looks[names[below(names.length)]]();
// After the result: its output has to find its way back here.
setTimeout(async () => { await pause(); console.log('late', ${JSON.stringify(client)}, getCurrentContext()?.get('client')); await tools.late(); }, below(30));
console.log('result', ${JSON.stringify(client)}, context.get('client'));
seen;
}`;
}

type Seen = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What each place may have seen. */
function expectedAt(where: string, client: string): string {
  if (where === 'no context') return 'none';
  return where === 'nested' ? `inner ${client}` : client;
}

for (const { name, sessions, executions } of [
  { name: '200 executions in one session', sessions: 1, executions: 200 },
  { name: '8 sessions at once with 25 executions each', sessions: 8, executions: 200 },
]) {
  test(`A1, A2: ${name} see their own context wherever they look (seed ${seed})`, async ({ sdkPage }) => {
    const clients = Array.from({ length: executions }, (_, index) => `client-${index}`);
    const codes = clients.map((client, index) => walk(client, seed * 1_000 + index, 6));
    const outcome = await sdkPage.evaluate(
      async ({ setup, sources, count }) => {
        const codemode = new window.sdk.Codemode({ limits: { codeTimeout: 100_000, requestTimeout: 110_000 } });
        let latecomers = 0;
        let allLate = (): void => undefined;
        const late = new Promise<void>((resolve) => {
          allLate = resolve;
        });
        codemode.registry.registerTool('whoami', { runWithContext: (_args, context) => context.get('client') });
        codemode.registry.registerTool(
          'wait',
          (args) =>
            new Promise((resolve) => {
              setTimeout(resolve, (args as { delay: number }).delay);
            }),
        );
        codemode.registry.registerTool('late', () => {
          if (++latecomers === sources.length) allLate();
        });
        try {
          const all = Array.from({ length: count }, (_, index) => codemode.session(`s${index}`));
          const output: { runId: string; text: string }[] = [];
          for (const session of all)
            session.addEventListener('output', ({ detail }) =>
              output.push({ runId: detail.runId ?? 'nobody', text: String(detail) }),
            );
          for (const session of all) {
            const { error } = await session.execute(setup);
            if (error !== undefined) throw new Error(error.message);
          }
          const results = await Promise.all(
            sources.map((source, index) =>
              all[index % count]!.execute(source, { context: { client: `client-${index}` } }),
            ),
          );
          await late;
          // What was written arrives before the result of what ran after it.
          await Promise.all(all.map((session) => session.execute('0')));
          return {
            output,
            results: results.map(({ runId, value, error }) => ({ runId, value, error: error?.message })),
          };
        } finally {
          await codemode.close();
        }
      },
      { setup: shared, sources: codes, count: sessions },
    );

    expect(outcome.results.filter(({ error }) => error !== undefined)).toEqual([]);
    const mistaken = outcome.results.flatMap(({ value }, index) =>
      Object.entries(value as Seen).flatMap(([where, seen]) =>
        Object.keys(seen)
          .filter((saw) => saw !== expectedAt(where, clients[index]!))
          .map((saw) => ({ where, client: clients[index], saw })),
      ),
    );
    expect(mistaken).toEqual([]);
    for (const { value } of outcome.results) expect(Object.keys(value as Seen).length).toBeGreaterThan(14);

    const ownText = outcome.results.flatMap(({ runId }, index) =>
      ['late', 'result'].map((when) => `${runId} ${when} ${clients[index]} ${clients[index]}`),
    );
    expect(outcome.output.map(({ runId, text }) => `${runId} ${text.trim()}`).toSorted()).toEqual(ownText.toSorted());
  });
}
