import { expect, test } from './fixtures/test.js';

/** Inputs that are at the edge of what a port, a compiler or a checkpoint takes: each has an answer, and costs the session nothing. */

const revoked = '(() => { const made = Proxy.revocable({}, {}); made.revoke(); return made.proxy })()';
const tooDeep = /^SyntaxError: This code is nested too deeply/;

const inputs: readonly { readonly what: string; readonly code: string; readonly ends: RegExp }[] = [
  { what: 'F2: a revoked proxy that is thrown', code: `throw ${revoked}`, ends: /^Uncaught: Proxy\(Object\)/ },
  {
    what: 'F2: a revoked proxy as a cause',
    code: `throw new Error('outer', { cause: ${revoked} })`,
    ends: /^Error: outer at 1:7$/,
  },
  {
    what: 'F1: a name of 600 letters',
    code: `let ${'a'.repeat(600)} = 2`,
    ends: /^RangeError: A name has at most 500/,
  },
  {
    what: 'F1: an error whose name has 2,000 letters',
    code: `throw Object.assign(new Error('x'), { name: 'n'.repeat(2000) })`,
    ends: /^n{100,}.*: x at 1:21$/,
  },
  {
    what: 'F1: an error whose message has 20,100 letters',
    code: `throw new Error('m'.repeat(20_100))`,
    ends: /^Error: m{100} at 1:7$/,
  },
  {
    what: 'F1: a tool whose name has 600 letters',
    code: `await tools['t'.repeat(600)]({})`,
    ends: /^ComponentNotFoundError: There is no tool/,
  },
  {
    what: 'F1: 300 styles in a line',
    code: `console.log('%cx'.repeat(300), ...Array(300).fill('color: red')); 'shown'`,
    ends: /^shown$/,
  },
  {
    what: 'F5: combining marks without an end',
    code: `console.log(...Array(10).fill('\\u0301'.repeat(10_000))); 'shown'`,
    ends: /^shown$/,
  },
  { what: 'F3: 420 awaits in a row', code: `${'await '.repeat(420)}1`, ends: tooDeep },
  {
    what: 'F3: 820 branches of an else',
    code: `${Array.from({ length: 820 }, (_, index) => `if (${index} < 0) 1;`).join(' else ')} else 2`,
    ends: tooDeep,
  },
  { what: 'F3: a const enum as a branch', code: 'if (1) const enum Branch { }', ends: /^undefined$/ },
  {
    what: 'F3: an import in a namespace',
    code: `namespace Inner { import { foo } from 'bar' }`,
    ends: /^SyntaxError: A namespace can't import modules/,
  },
  {
    what: 'E4: an instance of a class as an argument',
    code: 'class Order { id = 5 } JSON.stringify(await tools.echo(new Order()))',
    ends: /^\{"id":5\}$/,
  },
  {
    what: 'F2: Symbol.hasInstance of Error that throws',
    code: `Object.defineProperty(Error, Symbol.hasInstance, { value() { throw new Error('x') } }); throw new Error('y')`,
    ends: /^Error: y at 1:95$/,
  },
];

test('F1, F2, F3, F5: what is at the edge has its own end, and leaves the session and its worker alone', async ({
  sdkPage,
}) => {
  const outcomes = await sdkPage.evaluate(
    async (codes) => {
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('echo', (args: unknown) => args);
      const session = codemode.session('s');
      let recovered = 0;
      session.addEventListener('recovered', () => recovered++);
      await session.execute('let kept = 1');
      const seen = [];
      for (const code of codes) {
        const ended = await session.execute(code).then(
          ({ error, value }) => {
            if (error === undefined) return String(value);
            const { line, column } = error.position ?? {};
            return `${error.name}: ${error.message.slice(0, 100)} at ${line}:${column}`;
          },
          (error: Error) => `rejected with ${error.name}: ${error.message}`,
        );
        seen.push({ ended, kept: (await session.execute('kept')).value, recovered });
      }
      await codemode.close();
      return seen;
    },
    inputs.map(({ code }) => code),
  );
  for (const [index, { what, ends }] of inputs.entries())
    expect.soft(outcomes[index], what).toEqual({
      ended: expect.stringMatching(ends) as unknown,
      kept: 1,
      recovered: 0,
    });
});

test('F8: a clock that jumps, and built-ins of the page with members more, change nothing', async ({ sdkPage }) => {
  const values = await sdkPage.evaluate(async () => {
    const codemode = new window.sdk.Codemode();
    let release = (): void => undefined;
    const released = new Promise<number>((resolve) => {
      release = () => resolve(1);
    });
    codemode.registry.registerTool('held', () => released);
    const session = codemode.session('s');
    const begun = new Promise((resolve) => {
      session.addEventListener('output', resolve, { once: true });
    });
    const running = session.execute("display('begun'); await tools.held() + 1");
    await begun;
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3_600_000;
    Object.assign(Object.prototype, { extra: () => undefined });
    release();
    return [
      (await running).value,
      (await session.execute('1 + 2')).value,
      (await codemode.session('another').execute('2 + 2')).value,
    ];
  });
  expect(values).toEqual([2, 3, 4]);
});

test('F6: after a kill code sees no difference that is not named', async ({ sdkPage }) => {
  const outcome = await sdkPage.evaluate(
    async (cells) => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 100 } });
      const session = codemode.session('s');
      for (const code of cells) {
        const { error } = await session.execute(code);
        if (error !== undefined) throw new Error(`${code}: ${error.message}`);
      }
      const recovered = new Promise<readonly { readonly name: string; readonly reason: string }[]>((resolve) => {
        session.addEventListener('recovered', ({ detail }) => resolve(detail.lost));
      });
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      // No guard reaches into a regular expression: it costs the worker. Microtasks send the output, and let no stop in before it.
      const hanging = session.execute(
        `let unfinished = 1; display('begun'); for (let i = 0; i < 10; i++) await null; /^(a+)+$/.test('a'.repeat(40) + 'b')`,
      );
      await begun;
      await session.stop();
      await hanging;
      const lost = Object.fromEntries((await recovered).map(({ name, reason }) => [name, reason]));
      const { value, error } = await session.execute(
        `({ replaced: Replaced.go(), inherits: new Dog() instanceof Animal, same: method === Own.prototype.method, blocks: blocks.length,
        meta: named.meta, long: long.extra, resizable: [sized.resizable, sized.maxByteLength], again: again(), armed })`,
      );
      await codemode.close();
      return { lost, value: error?.message ?? value };
    },
    [
      'class Replaced { static go() { return 1 } } Replaced.go = () => 2',
      'function Animal() {} function Dog() {} Dog.prototype = Object.create(Animal.prototype)',
      `const base = { hi() { return 'base' } }; const derived = { __proto__: base, hi() { return super.hi() } }`,
      'class Own { method() {} } const method = Own.prototype.method',
      'class Hidden { static #n = 1; static next() { return ++Hidden.#n } } Hidden.next()',
      'const blocks = []; class Block { static { blocks.push(1) } }',
      `function named() {} Object.defineProperty(named, 'meta', { value: 3 })`,
      'const long = Array.from({ length: 50_001 }, (_, index) => index); long.extra = 5',
      'const sized = new ArrayBuffer(8, { maxByteLength: 16 }); const handed = new ArrayBuffer(8)',
      'handed.transfer(); globalThis.foo = 5',
      'function again() { return 1 } again = () => 5',
      'let armed = false; class Waits { static { while (armed); } }',
      'armed = true',
    ],
  );
  expect(outcome).toEqual({
    lost: {
      derived: expect.stringMatching(/super/) as unknown,
      Hidden: expect.stringMatching(/static private members/) as unknown,
      handed: expect.stringMatching(/detached/) as unknown,
      globalThis: expect.stringMatching(/foo/) as unknown,
      unfinished: expect.stringMatching(/had not ended/) as unknown,
    },
    value: {
      replaced: 2,
      inherits: true,
      same: true,
      blocks: 1,
      meta: 3,
      long: 5,
      resizable: [true, 16],
      again: 5,
      armed: true,
    },
  });
});
