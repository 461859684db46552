import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.js';

/** Says that it has begun, and backtracks for as long as anybody waits, where no guard in compiled code can end it. */
const backtracking = `display('begun'); for (let i = 0; i < 10; i++) await null; /^(a+)+$/.test('${'a'.repeat(40)}b')`;

/** Runs code in a new session, kills its worker as Stop does, and runs a check in the one that follows. */
async function afterKill(
  page: Page,
  cells: readonly string[],
  lastCell: string,
): Promise<{ value: unknown; restored: string[]; lost: Record<string, string> }> {
  return await page.evaluate(
    async ({ before, check, endless }) => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 100 } });
      const session = codemode.session('s');
      for (const code of before) {
        const { error } = await session.execute(code);
        if (error !== undefined) throw new Error(`${code}: ${error.message}`);
      }
      const recovered = new Promise<CustomEvent['detail']>((resolve) => {
        session.addEventListener('recovered', ({ detail }) => resolve(detail));
      });
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      const hanging = session.execute(endless);
      await begun;
      await session.stop();
      await hanging;
      const { restored, lost } = (await recovered) as { restored: string[]; lost: { name: string; reason: string }[] };
      const { value, error } = await session.execute(check);
      await codemode.close();
      return {
        value: error?.message ?? value,
        restored: [...restored],
        lost: Object.fromEntries(lost.map(({ name, reason }) => [name, reason])),
      };
    },
    { before: cells, check: lastCell, endless: backtracking },
  );
}

test.describe('C7: after a kill', () => {
  test('values come back with what they share', async ({ sdkPage }) => {
    const outcome = await afterKill(
      sdkPage,
      [
        `const when = new Date(5), map = new Map([['k', new Set([1n])]]), bytes = new Uint8Array([1, 2, 3]), re = /a+/giu`,
        `const a = { list: [] }; const b = { a }; a.b = b; a.list.push(b); const again = a.list`,
        `const failure = new RangeError('far', { cause: { code: 7 } }); const key = Symbol.for('k'); const floor = Math.floor; const log = console.log`,
        `let n = 0; n = 41`,
      ],
      `n++; [when.getTime(), map.get('k').has(1n), [...bytes], re.flags, b.a === a, a.b === b, again === a.list, failure instanceof RangeError, failure.cause.code, key === Symbol.for('k'), floor(1.5), log === console.log, n]`,
    );
    expect(outcome.value).toEqual([5, true, [1, 2, 3], 'giu', true, true, true, true, 7, true, 1, true, 42]);
    expect(outcome.lost).toEqual({});
    expect(outcome.restored).toEqual([
      'when',
      'map',
      'bytes',
      're',
      'a',
      'b',
      'again',
      'failure',
      'key',
      'floor',
      'log',
      'n',
    ]);
  });

  test('functions and classes come back, and instances without their constructors', async ({ sdkPage }) => {
    const outcome = await afterKill(
      sdkPage,
      [
        `let calls = 0; class Animal { static count = 0; name: string; constructor(name: string) { calls++; Animal.count++; this.name = name } speak(): string { return this.name + ' speaks' } }`,
        `class Dog extends Animal { constructor(name: string, public readonly tricks: string[] = []) { super(name) } override speak(): string { return super.speak() + ' loudly' } get count() { return this.tricks.length } }`,
        `const rex = new Dog('Rex', ['sit']); const pack = new Map([['rex', rex]]); class Stack<T> extends Array<T> { get top(): T { return this.at(-1)! } } const stack = Stack.from([1, 2, 3])`,
        `function even(n: number): boolean { return n === 0 || odd(n - 1) } function odd(n: number): boolean { return n !== 0 && even(n - 1) }`,
        `const api = { base: 2, times(n: number) { return n * this.base }, get double() { return this.base * 2 }, later: async (n: number) => { await null; return even(n) } }`,
        `class AppError extends Error { code = 5 } const error = new AppError('bad'); const alias = even; function* count() { yield 1; yield 2 }`,
      ],
      `[calls, Animal.count, rex.speak(), rex instanceof Animal, rex.count, pack.get('rex') === rex, stack.top, stack instanceof Stack, api.times(4), api.double, await api.later(4), alias === even,
      error instanceof AppError, error.code, String(error), [...count()], new Dog('Rob').speak(), Animal.count, Object.keys(rex), String(even)]`,
    );
    expect(outcome.lost).toEqual({});
    expect(outcome.value).toEqual([
      1,
      1,
      'Rex speaks loudly',
      true,
      1,
      true,
      3,
      true,
      8,
      4,
      true,
      true,
      true,
      5,
      'Error: bad',
      [1, 2],
      'Rob speaks loudly',
      2,
      ['name', 'tricks'],
      'function even(n: number): boolean { return n === 0 || odd(n - 1) }',
    ]);
  });

  test('what cannot be kept is named with its reason, and nothing else is lost', async ({ sdkPage }) => {
    const outcome = await afterKill(
      sdkPage,
      [
        `const weak = new WeakMap(); const counter = (() => { let n = 0; return () => ++n })(); class Secret { #x = 1 } const secret = new Secret(); const fine = { a: 1 }`,
        `const pending = { p: new Promise(() => undefined) }; const big = new Float64Array(6_500_000); const bound = (() => 1).bind(null)`,
      ],
      `[fine.a, typeof Secret, typeof weak, typeof counter]`,
    );
    expect(outcome.value).toEqual([1, 'function', 'undefined', 'undefined']);
    expect(outcome.lost).toEqual({
      weak: 'it is a WeakMap',
      counter: 'it is a function that uses “n” of its enclosing scope',
      secret: 'it is an instance of Secret, which has private members',
      pending: '.p is a promise',
      big: 'it is larger than 8 MB',
      bound: 'it is a function without source',
    });
  });

  test('what was changed in place, by a timer too, is as it was last', async ({ sdkPage }) => {
    const outcome = await afterKill(
      sdkPage,
      [
        `const state = { list: [1] }; let ticks = 0; const seen = []`,
        `state.list.push(2); setTimeout(() => { ticks = 7; seen.push('late') }, 20)`,
        `await new Promise((r) => setTimeout(r, 100))`,
      ],
      `[state.list, ticks, seen]`,
    );
    expect(outcome.value).toEqual([[1, 2], 7, ['late']]);
  });

  test('kinds of names stay, and code that was compiled later sees the same ones', async ({ sdkPage }) => {
    const outcome = await afterKill(
      sdkPage,
      [`const c = 1; let l = 1; var v = 1; function f() { return l }; let u`],
      `
      const failures = []; try { c = 2 } catch (error) { failures.push(error.message) }
      l = 5; const list = [f(), v, u, typeof u]; ({ failures, list })`,
    );
    expect(outcome.value).toEqual({
      failures: ['Assignment to constant variable.'],
      list: [5, 1, undefined, 'undefined'],
    });
  });

  test('it happens again and again', async ({ sdkPage }) => {
    const values = await sdkPage.evaluate(async (endless) => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 50 } });
      const session = codemode.session('s');
      await session.execute(
        'let n = 0; const shared = { n: 0 }; const other = { shared }; class P { x = 1 } const p = new P()',
      );
      const seen: unknown[] = [];
      for (let round = 1; round <= 3; round++) {
        await session.execute('n++; other.shared.n = n; p.x = n');
        const recovered = new Promise((resolve) => {
          session.addEventListener('recovered', resolve, { once: true });
        });
        const begun = new Promise((resolve) => {
          session.addEventListener('output', resolve, { once: true });
        });
        const hanging = session.execute(endless);
        await begun;
        await session.stop();
        await hanging;
        await recovered;
        seen.push((await session.execute('[n, shared.n, shared === other.shared, p instanceof P, p.x]')).value);
      }
      await codemode.close();
      return seen;
    }, backtracking);
    expect(values).toEqual([1, 2, 3].map((n) => [n, n, true, true, n]));
  });

  test('restoring runs no constructor, calls no tool and writes no output but what class definitions do', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async (endless) => {
      const calls: string[] = [];
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 50 } });
      codemode.registry.registerTool('note', ({ text }: { text: string }) => {
        calls.push(text);
        return null;
      });
      const session = codemode.session('s');
      await session.execute(`await tools.note({ text: 'cell' }); class A { constructor() { tools.note({ text: 'constructor' }) } static { if (typeof ready !== 'undefined') tools.note({ text: 'static' }) } }
        var ready = true; const a = new A(); const note = tools.note`);
      const recovered = new Promise<CustomEvent['detail']>((resolve) => {
        session.addEventListener('recovered', ({ detail }) => resolve(detail));
      });
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      const hanging = session.execute(endless);
      await begun;
      await session.stop();
      await hanging;
      const { restored } = (await recovered) as { restored: string[] };
      const before = calls.length;
      await session.execute(`await note({ text: 'after' })`);
      await codemode.close();
      return { restored: [...restored].sort(), atRestore: before, calls };
    }, backtracking);
    expect(outcome.restored).toEqual(['A', 'a', 'note', 'ready']);
    expect(outcome.calls).toEqual(['cell', 'constructor', 'after']);
  });
});

test.describe('C7: a checkpoint as data', () => {
  test('survives JSON and a structured clone, and comes back in another session', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('one');
      await session.execute(
        'const a = { n: 1 }; const b = [a]; class C { v = 2 } const c = new C(); const gone = new WeakSet(); const bytes = new Uint8Array(200_000).fill(7)',
      );
      const checkpoint = await session.checkpoint();
      const other = codemode.session('two');
      await other.execute('let own = 1, a = 2');
      const report = await other.restore(structuredClone(JSON.parse(JSON.stringify(checkpoint)) as typeof checkpoint));
      const { value } = await other.execute('[b[0] === a, c instanceof C, c.v, bytes.length, bytes[199_999], own]');
      await codemode.close();
      return {
        version: checkpoint.version,
        names: checkpoint.names,
        lost: report.lost,
        restored: report.restored,
        value,
      };
    });
    expect(outcome).toEqual({
      version: 3,
      names: expect.arrayContaining(['a', 'b', 'C', 'c', 'bytes']) as unknown,
      lost: [{ name: 'gone', reason: 'it is a WeakSet' }],
      restored: ['a', 'b', 'C', 'c', 'bytes'],
      value: [true, true, 2, 200_000, 7, 1],
    });
  });

  test('of another version, or damaged, is a clear error, and nothing is restored', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.execute('let a = 1');
      const good = await session.checkpoint();
      await session.execute('a = 2');
      const wrong: unknown[] = [
        { ...good, version: 4 },
        { ...good, version: 1 },
        null,
        { ...good, data: 5 },
        { ...good, data: `${good.data}{"id":` },
        { ...good, data: '[]' },
      ];
      const errors: string[] = [];
      for (const checkpoint of wrong)
        errors.push(
          await session.restore(checkpoint as typeof good).then(
            () => 'restored',
            (error: Error) => `${error.name}: ${error.message}`,
          ),
        );
      const { value } = await session.execute('a');
      await codemode.close();
      return { errors, value };
    });
    expect(outcome.value).toBe(2);
    expect(outcome.errors).toEqual([
      'CheckpointVersionError: Expected a checkpoint of version 3, but this one has version 4. Update this package, or take a new one with session.checkpoint().',
      'CheckpointVersionError: Expected a checkpoint of version 3, but this one has version 1. Update this package, or take a new one with session.checkpoint().',
      expect.stringMatching(/^CheckpointFormatError: .*expected an object, received null/) as unknown,
      expect.stringMatching(/^CheckpointFormatError: .*expected text as its data, received number/) as unknown,
      expect.stringMatching(/^CheckpointFormatError: .*line 2 is not valid JSON/) as unknown,
      expect.stringMatching(/^CheckpointFormatError: .*expected a group of names, received a list/) as unknown,
    ]);
  });
});

/** Evaluates in the page by a way of its own: Playwright takes the crash of a frame's process for one of the page. */
async function openEvaluator(page: Page): Promise<(expression: string) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  return async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
}

test.describe('C7: after a crash', () => {
  test('of the process of the frame', async ({ sdkPage, problems }) => {
    problems.expect(/crash/i);
    const evaluate = await openEvaluator(sdkPage);
    await evaluate(`(async () => {
      globalThis.session = new sdk.Codemode().session('one');
      await session.execute('const a = { n: 1 }; function f() { return a.n }');
      await session.execute('1');
      const begun = new Promise((resolve) => session.addEventListener('output', resolve, { once: true }));
      globalThis.running = session.execute('a.n = 2; console.log("begun"); await new Promise(() => {})')
        .then((result) => result.error?.name, (error) => error.name);
      await begun;
    })()`);
    const frame = sdkPage.frames().find((one) => one !== sdkPage.mainFrame())!;
    const frameSession = await sdkPage.context().newCDPSession(frame);
    void frameSession.send('Page.crash').catch(() => undefined);
    const outcome = await evaluate(`(async () => {
      const lost = await running;
      const { value, error } = await session.execute('[f(), a.n]');
      await session.close();
      return { lost, value: error?.message ?? value };
    })()`);
    expect(outcome).toEqual({ lost: 'SessionCrashedError', value: [1, 1] });
  });

  test('that takes the frame out of the page', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const session = new window.sdk.Codemode().session('one');
      await session.execute('const a = { n: 1 }');
      await session.execute('1');
      const begun = new Promise((resolve) => session.addEventListener('output', resolve, { once: true }));
      const running = session.execute('console.log("begun"); await new Promise(() => {})').then(
        (result) => result.value,
        (error: Error) => error.name,
      );
      await begun;
      for (const frame of document.querySelectorAll('iframe')) frame.remove();
      const lost = await running;
      const { value, error } = await session.execute('a.n');
      await session.close();
      return { lost, value: error?.message ?? value };
    });
    expect(outcome).toEqual({ lost: 'SessionCrashedError', value: 1 });
  });
});

test.describe('C7: transactions', () => {
  for (const [kind, expected] of [
    ['commit', { good: [2, [1, 2], 'number'], bad: [3, [1, 2, 3], 'number'] }],
    ['rollback-on-failure', { good: [2, [1, 2], 'number'], bad: [2, [1, 2], 'number'] }],
    ['rollback', { good: [1, [1], 'undefined'], bad: [1, [1], 'undefined'] }],
  ] as const) {
    test(kind, async ({ sdkPage }) => {
      const outcome = await sdkPage.evaluate(async (transaction) => {
        const codemode = new window.sdk.Codemode();
        const session = codemode.session('s');
        await session.execute('let n = 1; const list = [1]');
        const look = async (): Promise<unknown> => (await session.execute('[n, list, typeof fresh]')).value;
        const first = await session.execute('n++; list.push(n); let fresh = 5; list.length', { transaction });
        const good = await look();
        const second = await session.execute('n++; list.push(n); fresh = 6; throw new Error("no")', { transaction });
        const bad = await look();
        await codemode.close();
        return { good, bad, results: [first.value, second.error?.message] };
      }, kind);
      expect(outcome).toEqual({ ...expected, results: [2, 'no'] });
    });
  }

  test('roll back what a stopped execution did, end what it left running, and let nobody run beside it', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.execute('let n = 1; const seen = []');
      const controller = new AbortController();
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      const running = session.execute(
        'n = 2; setInterval(() => { n = 3 }, 1); display("begun"); await new Promise(() => undefined)',
        { transaction: 'rollback-on-failure', signal: controller.signal },
      );
      const beside = session.execute('seen.push(n); n');
      await begun;
      controller.abort();
      const error = (await running).error?.name;
      const values = [
        (await beside).value,
        (await session.execute('await new Promise((r) => setTimeout(r, 30)); [n, seen]')).value,
      ];
      const wrong = await session.execute('1', { transaction: 'maybe' as 'commit' }).then(
        () => undefined,
        (reason: Error) => `${reason.name}: ${reason.message}`,
      );
      await codemode.close();
      return { error, values, wrong };
    });
    expect(outcome).toEqual({
      error: 'CancelledError',
      values: [1, [1, [1]]],
      wrong: 'TypeError: Expected the transaction "commit", "rollback-on-failure", "rollback", but got "maybe".',
    });
  });

  test('are undone by a kill as well', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async (endless) => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 50 } });
      const session = codemode.session('s');
      await session.execute('let n = 1; const list = [1]');
      const recovered = new Promise((resolve) => {
        session.addEventListener('recovered', resolve, { once: true });
      });
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      const hanging = session.execute(`n = 2; list.push(2); ${endless}`, { transaction: 'rollback' });
      await begun;
      await session.stop();
      await hanging;
      await recovered;
      const { value } = await session.execute('[n, list]');
      await codemode.close();
      return value;
    }, backtracking);
    expect(outcome).toEqual([1, [1]]);
  });
});
