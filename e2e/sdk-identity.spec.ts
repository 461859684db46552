import { expect, test } from './fixtures/test.js';

test.describe('who an execution is', () => {
  test('F4 a listener calls tools as who registered it, whatever another execution left behind', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const calls: string[] = [];
      codemode.registry.registerTool('who', {
        execute: (input: unknown, { context }: { context: { get(key: string): unknown } }) => {
          calls.push(`${String(input)} as ${String(context.get('client'))}`);
          return context.get('client');
        },
      });
      const session = codemode.session('shared');
      const run = async (client: string, code: string): Promise<unknown> => {
        const result = await session.execute(code, { context: { client } });
        return result.ok ? result.value : result.error.message;
      };
      await run(
        'b',
        `var channel = new MessageChannel(), seen = [];
         channel.port1.onmessage = async ({ data }) => {
           seen.push(getCurrentContext()?.get('client'));
           seen.push(await tools.who(data).catch((error) => error.name));
           channel.port1.onmessage = null;
           done();
         };
         var done, heard = new Promise((resolve) => { done = resolve; }); 0`,
      );
      const thrown = await run(
        'a',
        `const si = { [Symbol.iterator]() { return {
           next() { return { value: 1, done: false } }, get return() { throw new Error('g') },
         } } };
         async function* w() { yield* si }
         const i = w(); await i.next();
         const message = await i.throw(new Error('y')).catch((e) => e.message);
         channel.port2.postMessage('late');
         message`,
      );
      const seen = await run('c', 'await heard; seen');
      await codemode.close();
      return { thrown, seen, calls };
    });
    expect(outcome).toEqual({ thrown: 'g', seen: [undefined, 'b'], calls: ['late as b'] });
  });
});
