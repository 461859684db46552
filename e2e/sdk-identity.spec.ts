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
      const plain = (name: string): string[] =>
        [
          `new Promise((_, reject) => reject(V))`,
          `new Promise((_, reject) => setTimeout(() => reject(V), 5))`,
          `new Promise(() => { throw V })`,
          `(async () => { throw V })()`,
          `(async () => { await 0; throw V })()`,
          `Promise.resolve().then(() => { throw V })`,
          `Promise.reject(V)`,
          `Promise.withResolvers().promise.constructor.reject(V)`,
          `new Promise((_, reject) => reject(V)).then(() => 1)`,
          `(async function* () { throw V })().next()`,
          `(async () => { await Promise.reject(V) })()`,
          `(async () => Promise.reject(V))()`,
          `(async () => { await null; return Promise.reject(V) })()`,
          `(async () => (async () => (async () => { await null; throw V })())())()`,
          `Promise.reject(V).then((x) => x).then((x) => x).finally(() => {})`,
          `Promise.resolve().then(() => Promise.reject(V))`,
          `Promise.resolve().then(async () => { throw V })`,
          `Promise.reject(0).catch(() => Promise.reject(V))`,
          `Promise.resolve().finally(() => Promise.reject(V))`,
          `new Promise((resolve) => resolve(Promise.reject(V)))`,
          `Promise.all([1, Promise.reject(V)])`,
          `Promise.all([1, new Promise((_, reject) => setTimeout(() => reject(V), 1))])`,
          `Promise.race([Promise.reject(V)])`,
          `Promise.try(() => Promise.reject(V))`,
          `Promise.resolve({ then(_, reject) { reject(V) } })`,
          `Promise.resolve({ then() { throw V } })`,
          `(async () => ({ then(_, reject) { reject(V) } }))()`,
          `(async () => { await { then(_, reject) { setTimeout(() => reject(V), 1) } } })()`,
          `(async function* () { yield Promise.reject(V) })().next()`,
          `(async function* () { yield 1 })().throw(V)`,
          `(async function* () { yield 1 })().return(Promise.reject(V))`,
          `(async () => { for await (const x of [Promise.reject(V)]); })()`,
          `Array.fromAsync([Promise.reject(V)])`,
          `class Own extends Promise {}; Own.reject(V)`,
          `fetch('data:,x', { signal: AbortSignal.abort(V) })`,
          `new ReadableStream({ start(it) { it.error(V) } }).pipeTo(new WritableStream())`,
          `new ReadableStream({ pull: () => Promise.reject(V) }).getReader().read()`,
          `new WritableStream({ write() { throw V } }).getWriter().write(1)`,
          `scheduler.postTask(() => { throw V })`,
        ].map((way, index) => way.replaceAll('V', `'${name}${index}'`));
      const ways = (name: string): string[] => [
        ...plain(name),
        `Promise.withResolvers().reject('${name}resolvers')`,
        `Promise.withResolvers().resolve(Promise.reject('${name}adopted'))`,
        `setTimeout(() => { throw '${name}timer' }, 5)`,
        `setTimeout(async () => { throw '${name}async' }, 5)`,
        `setTimeout(() => reportError('${name}reported'), 5)`,
        `queueMicrotask(() => { throw '${name}microtask' })`,
        `const target = new EventTarget(); target.addEventListener('x', () => { throw '${name}listener' }); target.dispatchEvent(new Event('x'))`,
      ];
      // What one execution throws and handles, the other rejects with the same reasons.
      const handled = (name: string): string =>
        plain(name)
          .map((way) => `{ ${way}.catch(() => undefined) }`)
          .join('\n');
      const run = async (name: string, other: string): Promise<unknown> => {
        const execution = session.execute(
          `${handled(other)}\n{ ${ways(name).join(' }\n{ ')} }\n${handled(other)}\n` +
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
      const expected = ['a', 'b'].flatMap((name) =>
        [
          ...ways(name)
            .join('')
            .matchAll(/'([ab]\w+)'/g),
        ].map(([, reason]) => `${name}: ${reason}`),
      );
      return { results, heard: heard.toSorted(), markers, expected: expected.toSorted() };
    });
    expect(outcome).toMatchObject({ results: [0, 0], heard: outcome.expected, markers: 0 });
    expect(outcome.heard).toHaveLength(92);
  });
});
