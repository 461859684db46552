import type { Preview, PropertyPreview } from '../src/sdk/index.js';
import { expect, test } from './fixtures/test.js';

test.describe('values across the port', () => {
  test('E4: survive the way from the code through a tool and back', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const seen: string[] = [];
      codemode.registry.registerTool('echo', (args: unknown) => {
        seen.push(Object.prototype.toString.call(args));
        return args;
      });
      const { value, error } = await codemode.execute<unknown[]>(`
        const cyclic: any = { name: 'loop' }; cyclic.self = cyclic;
        const shared = { n: 1 };
        const checks: [string, unknown, (back: any) => boolean][] = [
          ['date', new Date(86_400_000), (b) => b instanceof Date && b.getTime() === 86_400_000],
          ['map', new Map<any, any>([['a', 1], [{ k: 1 }, new Set([1])]]), (b) => b instanceof Map && b.get('a') === 1 && b.size === 2],
          ['set', new Set([1, 'x']), (b) => b instanceof Set && b.has('x')],
          ['bigint', 12345678901234567890n, (b) => b === 12345678901234567890n],
          ['bytes', new Uint8Array([1, 2, 255]), (b) => b instanceof Uint8Array && b[2] === 255],
          ['floats', new Float64Array([1.5]), (b) => b instanceof Float64Array && b[0] === 1.5],
          ['large', new Uint8Array(300_000).fill(7), (b) => b.length === 300_000 && b.at(-1) === 7],
          ['cycle', cyclic, (b) => b.self === b && b.name === 'loop'],
          ['shared', [shared, shared], (b) => b[0] === b[1]],
          ['error', new TypeError('outer', { cause: new RangeError('inner') }), (b) => b instanceof TypeError && b.message === 'outer' && b.cause instanceof RangeError],
          ['odd numbers', [NaN, -0, Infinity, undefined], (b) => Number.isNaN(b[0]) && Object.is(b[1], -0) && b[2] === Infinity && b[3] === undefined],
          ['sparse', [1, , 3], (b) => b.length === 3 && !(1 in b)],
          ['regexp', /x(y)/giu, (b) => b instanceof RegExp && String(b) === '/x(y)/giu'],
        ];
        const failed = [];
        for (const [name, value, check] of checks) if (!check(await tools.echo(value))) failed.push(name);
        failed`);
      return { failed: value, error, seen: seen.slice(0, 5) };
    });
    expect(outcome).toEqual({
      failed: [],
      error: undefined,
      seen: ['[object Date]', '[object Map]', '[object Set]', '[object BigInt]', '[object Uint8Array]'],
    });
  });

  test('what cannot be sent is shown by a preview, and getters are not called', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const { value, preview, output } = await codemode.execute<Record<string, unknown>>(`
        class Point { constructor(public x: number) {} get double(): number { console.log('called'); return this.x * 2 } }
        let deep: any = {}; for (let i = 0; i < 1000; i++) deep = { deep };
        ({ fn: function add(a: number, b: number) { return a + b }, point: new Point(1), proxy: new Proxy({ a: 1 }, {}),
           settled: Promise.resolve(5), symbol: Symbol('s'), weak: new WeakMap(), get lazy() { console.log('called'); return 1 }, deep, plain: 1 })`);
      const kinds = Object.fromEntries(
        Object.entries(value ?? {}).map(([name, one]) => [
          name,
          one instanceof window.sdk.ValuePreview
            ? (one as unknown as { preview: Preview }).preview.type === 'object'
              ? (one.preview as { kind: string }).kind
              : one.preview.type
            : typeof one,
        ]),
      );
      return { kinds, text: preview.text, output: output.map(String) };
    });
    expect(outcome.kinds).toMatchObject({
      fn: 'function',
      proxy: 'proxy',
      settled: 'promise',
      plain: 'number',
      weak: 'weak',
      lazy: 'getter',
    });
    expect(outcome.output).toEqual([]);
  });

  test('a preview expands one level at a time, down to functions with their source', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const { preview } = await session.execute(`
        class Account { #secret = 1; owner = { name: 'Ada', tags: new Set(['x']) }; total(n: number): number { return n } }
        ({ account: new Account(), list: Array.from({ length: 250 }, (_, i) => i), map: new Map([['k', { v: 1 }]]), fn: async (x: string) => x })`);
      const child = async (parent: Preview, name: string): Promise<Preview> => {
        const expanded = await session.expand(parent);
        const found = ('properties' in expanded ? (expanded.properties ?? []) : []).find(
          (one: PropertyPreview) => one.name === name,
        );
        if (found === undefined) throw new Error(`no ${name} in ${JSON.stringify(expanded).slice(0, 500)}`);
        return found.value;
      };
      const account = await child(preview, 'account');
      const owner = await child(account, 'owner');
      const tags = await session.expand(await child(owner, 'tags'));
      const list = await session.expand(await child(preview, 'list'));
      const fn = await session.expand(await child(preview, 'fn'));
      return {
        account: account.text,
        owner: (await child(owner, 'name')).text,
        tags: 'size' in tags ? tags.size : undefined,
        ranges: 'properties' in list ? list.properties?.slice(0, 3).map((one: PropertyPreview) => one.name) : undefined,
        source: 'source' in fn ? fn.source : undefined,
      };
    });
    expect(outcome).toMatchObject({ owner: 'Ada', tags: 1, source: 'async (x: string) => x' });
    expect(outcome.account).toContain('Account');
    expect(outcome.ranges?.[0]).toMatch(/0.*99/);
  });

  test('a getter runs when somebody asks for its value, and not before', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const { preview } = await session.execute(
        `let reads = 0; ({ base: 2, get twice() { reads++; return this.base * 2 }, get bad() { throw new Error('no') } })`,
      );
      const expanded = await session.expand(preview);
      const getters =
        'properties' in expanded
          ? (expanded.properties ?? []).filter((one: PropertyPreview) => one.name === 'twice' || one.name === 'bad')
          : [];
      const before = (await session.execute('reads')).value;
      const values = await Promise.all(
        getters.map(async (one: PropertyPreview) => (await session.expand(one.value)).text),
      );
      return { before, values, after: (await session.execute('reads')).value };
    });
    expect(outcome).toEqual({ before: 0, values: ['4', 'Error: no'], after: 1 });
  });

  test('console.log shows what functions were written as', async ({ sdkPage }) => {
    const value = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.execute(
        'async function load(id: number): Promise<number> { return await id }\nclass Box<T> { static async make() { await null } }',
      );
      return (await session.execute('[String(load), String(Box.make), load.length, load.name, String(Math.max)]'))
        .value;
    });
    expect(value).toEqual([
      'async function load(id: number): Promise<number> { return await id }',
      'async make() { await null }',
      1,
      'load',
      'function max() { [native code] }',
    ]);
  });

  test('C7: a checkpoint gives back values, functions, classes and imports, and names what it lost', async ({
    sdkPage,
    site,
  }) => {
    const outcome = await sdkPage.evaluate(async (base) => {
      const codemode = new window.sdk.Codemode({ importMap: { imports: { counter: `${base}counter.js` } } });
      const session = codemode.session('s');
      await session.execute(`import increment, { count } from 'counter';
        const when = new Date(5); let list = [1, { a: new Map([[1, 2]]) }]; function twice(n: number): number { return n * 2 }
        class Box { constructor(public v: number) {} } const arrow = (x: number) => twice(x); const box = new Box(1); const gone = new WeakMap()`);
      const checkpoint = await session.checkpoint();
      await session.reset();
      const empty = await session.execute('typeof twice');
      const report = await session.restore(structuredClone(checkpoint));
      const again = await session.execute<unknown[]>(
        `increment(); [when.getTime(), list[1].a.get(1), twice(4), new Box(3).v, arrow(5), count]`,
      );
      return {
        empty: empty.value,
        again: again.error?.message ?? again.value,
        lost: report.lost.map(({ name }) => name).sort(),
      };
    }, `${site.origin}/e2e/pages/modules/`);
    expect(outcome).toEqual({ empty: 'undefined', again: [5, 2, 8, 3, 10, 1], lost: ['gone'] });
  });
});
