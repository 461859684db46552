import { expect, test } from './fixtures/test.js';

/** Code that writes or sends more than anybody can take. Each must end with its result, and leave the session alive. */
const floods: Record<string, { code: string; value?: unknown; entries?: number; last?: RegExp }> = {
  'a million lines': { code: `for (let i = 0; i < 1_000_000; i++) console.log(i); 'done'`, value: 'done' },
  'lines of large objects': {
    code: `for (let i = 0; i < 600; i++) console.log({ a: 'x'.repeat(9000), b: 'y'.repeat(9000), c: 'z'.repeat(9000) }, i); 'done'`, value: 'done', entries: 600,
  },
  'a line of 50 MB': { code: `console.log('x'.repeat(50 * 1024 * 1024)); 'done'`, value: 'done', entries: 1, last: /^x{100}/ },
  'a line of 5,000 values': { code: `console.log(...Array.from({ length: 5000 }, (_, i) => ({ i }))); 'done'`, value: 'done', entries: 1, last: /4920 more arguments/ },
  'a table of 5,000 rows': { code: `console.table(Array.from({ length: 5000 }, (_, i) => ({ i, s: 'x'.repeat(5000) }))); 'done'`, value: 'done', entries: 1 },
  'a value of 50 MB': { code: `'x'.repeat(50 * 1024 * 1024)` },
  'a graph of two million objects': { code: 'const graph = []; for (let i = 0; i < 2e6; i++) graph.push({ i }); graph' },
  'an argument nested 100,000 deep': { code: `let deep: any = {}; for (let i = 0; i < 1e5; i++) deep = { deep }; await tools.echo(deep); 'done'`, value: 'done' },
  'an argument of 40 MB': { code: `await tools.echo('y'.repeat(40e6)).then(() => 'settled', () => 'settled')`, value: 'settled' },
  'ten thousand calls at once': { code: '(await Promise.all(Array.from({ length: 10_000 }, (_, i) => tools.echo(i)))).length', value: 10_000 },
  'an error of 5 MB': { code: `await Promise.reject(new Error('e'.repeat(5e6))).catch((error) => { console.error(error); return 'done' })`, value: 'done', entries: 1 },
};

for (const [name, { code, value, entries, last }] of Object.entries(floods)) {
  test(`C8: ${name} end with their result, and the session lives`, async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async (flood) => {
      const codemode = new window.sdk.Codemode({ limits: { codeTimeout: 60_000 } });
      codemode.registry.registerTool('echo', (args: unknown) => args);
      const session = codemode.session('s');
      const result = await session.execute(flood);
      const alive = await session.execute('1 + 1');
      return {
        ok: result.ok, error: result.error?.message, value: typeof result.value === 'object' ? 'object' : result.value,
        entries: result.output.length, last: String(result.output.at(-1)).slice(0, 100_000), alive: alive.value,
      };
    }, code);
    expect(outcome).toMatchObject({ ok: true, alive: 2 });
    if (value !== undefined) expect(outcome.value).toBe(value);
    if (entries !== undefined) expect(outcome.entries).toBe(entries);
    if (last !== undefined) expect(outcome.last).toMatch(last);
  });
}
