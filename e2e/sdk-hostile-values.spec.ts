import { expect, test } from './fixtures/test.js';

/** Values that run code or throw wherever they are touched. Each trap and getter counts in `ran`. */
const hostileValues: Readonly<Record<string, string>> = {
  'a revoked proxy': '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy })()',
  'a revoked proxy of a function':
    '(() => { const { proxy, revoke } = Proxy.revocable(() => 1, {}); revoke(); return proxy })()',
  'a proxy whose traps throw': 'trapping({})',
  'a proxy of an error': 'trapping(new Error("x"))',
  'a proxy of an array': 'trapping([1, 2])',
  'a proxy of a promise': 'trapping(Promise.resolve(1))',
  'a proxy of a function': 'trapping(function f() {})',
  'an object of getters': 'getters({})',
  'an error of getters': 'getters(new Error("x"))',
  'an array of getters': 'Object.defineProperty([1], 0, { get: count })',
  'a function of getters': 'getters(function f() {})',
  'a map with an iterator of its own':
    'Object.assign(new Map([[1, 2]]), { [Symbol.iterator]: count, forEach: count, entries: count })',
  'a set with an iterator of its own': 'Object.assign(new Set([1]), { [Symbol.iterator]: count, values: count })',
  'a date that throws': 'getters(new Date(5))',
  'a promise with a then of its own': 'Object.defineProperty(Promise.resolve(1), "constructor", { get: count })',
  'an object with a trapping prototype': 'Object.create(trapping({}))',
  'an error with a revoked cause':
    '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return new Error("x", { cause: proxy }) })()',
  'an error that is its own cause': '(() => { const error = new Error("x"); error.cause = error; return error })()',
  'an aggregate of traps': 'new AggregateError([trapping({}), 1], "many")',
  'an instance of a class that lies':
    'new (class { static [Symbol.hasInstance]() { return count() } get [Symbol.toStringTag]() { return count() } })()',
  'a class with a getter for its name': 'class { static get name() { return count() } }',
  'an object without prototype': 'Object.assign(Object.create(null), { toString: count, valueOf: count })',
  'a detached buffer':
    '(() => { const buffer = new ArrayBuffer(8); structuredClone(buffer, { transfer: [buffer] }); return new Uint8Array(buffer) })()',
  'a symbol': 'Symbol("s")',
  'a huge BigInt': '7n ** 20_000n',
  'a lone surrogate': '"\\ud800"',
  'a cycle': '(() => { const cycle = []; cycle.push(cycle, { cycle }); return cycle })()',
  nothing: 'undefined',
};

/** Code around a value `v`. The kernel alone meets the value there, so no code of it may run. */
const quietPlaces: Readonly<Record<string, string>> = {
  'the result': 'v',
  'in an object': '({ v, list: [v] })',
  thrown: 'throw v',
  'the cause of an error': 'throw new Error("x", { cause: v })',
  'in an aggregate error': 'throw new AggregateError([v])',
  ...Object.fromEntries(
    ['log', 'info', 'warn', 'error', 'debug', 'dir', 'trace', 'group', 'groupCollapsed'].map((method) => [
      `console.${method}`,
      `console.${method}(v); console.groupEnd()`,
    ]),
  ),
  'console.assert': 'console.assert(false, v)',
  'console.table': 'console.table([v, { v }])',
  'as %o': 'console.log("%o %O", v, v)',
};
/** Code that itself asks the value something. It has to end, whatever the value does. */
const loudPlaces: Readonly<Record<string, string>> = {
  // Engines ask an uncaught value for its text.
  'thrown in a timer': 'setTimeout(() => { throw v }); await new Promise((done) => setTimeout(done, 1))',
  awaited: 'await v',
  'a rejection': 'Promise.reject(v); await null',
  'in all': 'await Promise.allSettled([v, Promise.reject(v)])',
  'as %s': 'console.log("%s %d %i %f %c", v, v, v, v, v)',
  'a label': 'console.count(v); console.time(v); console.timeEnd(v)',
  'a table of itself': 'console.table(v)',
  displayed: 'display(v)',
  'an argument of a tool': 'await tools.echo({ v })',
  'the name of a tool': 'await tools[v]({})',
  'a timer': 'setTimeout(v, v)',
  'an import': 'await import(v)',
  evaluated: 'eval(v); Function(v)',
  cloned: 'structuredClone(v)',
  posted: 'new MessageChannel().port1.postMessage(v)',
  'a listener': 'addEventListener("x", v); dispatchEvent(new Event("x"))',
  'a variable of the context': 'context.with({ v })',
  iterated: 'for (const x of v) x; await (async () => { for await (const x of v) x })()',
  yielded: '[...(function* () { yield* v })()]',
  'text and numbers': '`${v}` + v + +v',
};

test('F2, F3: no value ends a session, wherever the session meets it, and none is touched by the session itself', async ({
  sdkPage,
}) => {
  const failed = await sdkPage.evaluate(
    async ({ values, quiet, loud }) => {
      const { Codemode } = window.sdk;
      const codemode = new Codemode({ limits: { codeTimeout: 20_000 } });
      codemode.registry.registerTool('echo', {
        description: 'Gives its argument back',
        execute: (input: unknown) => input,
      });
      const session = codemode.session('hostile');
      const failures: string[] = [];
      let recovered = 0;
      session.addEventListener('recovered', () => (recovered += 1));
      await session.execute(`let kept = 1, ran = 0;
        const count = () => { ran++; return 'x' };
        const trapping = (target) => new Proxy(target, new Proxy({}, { get: () => () => { ran++; throw new Error('trapped') } }));
        const getters = (target) => {
          for (const key of ['then', 'constructor', 'name', 'message', 'stack', 'cause', 'errors', 'toString', 'valueOf', 'toJSON', 'length',
            Symbol.iterator, Symbol.asyncIterator, Symbol.toPrimitive, Symbol.toStringTag])
            Object.defineProperty(target, key, { configurable: true, get() { ran++; throw new Error('got') } });
          return target;
        };`);
      const check = async (where: string, isQuiet: boolean): Promise<void> => {
        const { value } = await session.execute<number[]>('[kept, ran]');
        if (value?.[0] !== 1) failures.push(`${where}: the session is not as it was`);
        if (isQuiet && value?.[1] !== 0) failures.push(`${where}: the session ran its code`);
        await session.execute('ran = 0');
      };
      for (const [index, [what, value]] of Object.entries(values).entries()) {
        for (const [place, code] of [...Object.entries(quiet), ...Object.entries(loud)]) {
          const where = `${what}, ${place}`;
          const { error } = await session.execute(`{ const v = ${value}; ran = 0; ${code} }`);
          if (/the kernel|was lost|was gone/i.test(error?.message ?? '')) failures.push(`${where}: ${error?.message}`);
          await check(where, place in quiet);
        }
        await session.execute(`const name_${index} = ${value}; ran = 0; 1`);
        await session.namespace.list();
        await session.namespace.get(`name_${index}`);
        await session.checkpoint();
        await check(`${what}, as a name`, true);
      }
      if (recovered > 0) failures.push(`${recovered} workers lost`);
      await codemode.close();
      return failures;
    },
    { values: hostileValues, quiet: quietPlaces, loud: loudPlaces },
  );
  expect(failed).toEqual([]);
});
