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

  test('F4 primitives that are thrown or rejected are attributed by the promise or the callback, not by the reason', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('shared');
      const heard: string[] = [];
      let left = 0;
      let all = (): void => undefined;
      const finished = new Promise<void>((resolve) => {
        all = resolve;
      });
      session.addEventListener('output', ({ detail }) => {
        heard.push(`${detail.runId ?? 'nobody'}: ${String(detail).replace(/^Uncaught (?:\(in promise\) )? */, '')}`);
        if ((left -= 1) === 0) all();
      });
      const ways = (name: string): string[] => [
        `new Promise((_, reject) => reject('${name}1'))`,
        `new Promise((_, reject) => setTimeout(() => reject('${name}2'), 5))`,
        `new Promise(() => { throw '${name}3' })`,
        `(async () => { throw '${name}4' })()`,
        `(async () => { await 0; throw '${name}5' })()`,
        `Promise.resolve().then(() => { throw '${name}6' })`,
        `Promise.reject('${name}7')`,
        `Promise.withResolvers().reject('${name}8')`,
        `setTimeout(() => { throw '${name}9' }, 5)`,
        `setTimeout(async () => { throw '${name}10' }, 5)`,
        `queueMicrotask(() => { throw '${name}11' })`,
        `new Promise((_, reject) => reject('${name}12')).then(() => 1)`,
        `(async function* () { throw '${name}13' })().next()`,
      ];
      // What one execution throws and handles, the other rejects with the same reasons.
      const handled = (name: string): string =>
        ways(name)
          .filter((way) => !/^(?:set|queue)/.test(way) && !way.includes('withResolvers'))
          .map((way) => `${way}.catch(() => undefined);`)
          .join('\n');
      const run = async (name: string, other: string): Promise<unknown> => {
        const execution = session.execute(
          `${handled(other)}\n${ways(name).join(';\n')};\n${handled(other)}\n` +
            `addEventListener('unhandledrejection', ({ reason, promise }) => { if (reason === undefined) (globalThis.markers ??= []).push(promise); }); 0`,
          { runId: name },
        );
        const result = await execution;
        return result.ok ? 0 : result.error.message;
      };
      left = ways('').length * 2;
      const results = await Promise.all([run('a', 'b'), run('b', 'a')]);
      await finished;
      const { value: markers } = await session.execute(`globalThis.markers?.length ?? 0`);
      await codemode.close();
      return { results, heard: heard.toSorted(), markers };
    });
    const expected = ['a', 'b'].flatMap((name) =>
      Array.from({ length: 13 }, (_, index) => `${name}: ${name}${index + 1}`),
    );
    expect(outcome).toEqual({ results: [0, 0], heard: expected.toSorted(), markers: 0 });
  });
});
