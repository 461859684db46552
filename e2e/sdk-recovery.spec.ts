import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.js';

interface Recovery {
  readonly value: unknown;
  readonly restored: string[];
  readonly lost: Record<string, string>;
  readonly behind: string[];
}

/** Runs cells in a new session, the last of them until its worker is killed, and runs a check in the worker that follows. */
async function afterKill(page: Page, cells: readonly string[], dying: string, check: string): Promise<Recovery> {
  return await page.evaluate(
    async (given) => {
      const codemode = new window.sdk.Codemode({ limits: { stopGrace: 100 } });
      const session = codemode.session('s');
      for (const code of given.cells) {
        const { error } = await session.execute(code);
        if (error !== undefined) throw new Error(`${code}: ${error.message}`);
      }
      type Detail = Pick<Recovery, 'restored' | 'behind'> & { lost: { name: string; reason: string }[] };
      const recovered = new Promise<Detail>((resolve) => {
        session.addEventListener('recovered', ({ detail }) => resolve(detail as unknown as Detail));
      });
      await session.execute(given.dying, { timeout: 100 });
      const { restored, lost, behind } = await recovered;
      const { value, error } = await session.execute(given.check);
      await codemode.close();
      return {
        value: error?.message ?? value,
        restored: [...restored],
        behind: [...behind],
        lost: Object.fromEntries(lost.map(({ name, reason }) => [name, reason])),
      };
    },
    // Backtracks for as long as anybody waits, where no guard in compiled code can end it.
    { cells, dying: dying.replace('HANG', `/^(a+)+$/.test('${'a'.repeat(40)}b')`), check },
  );
}

test.describe('F6: after a kill', () => {
  test('every name that the dead cell declares is restored or lost', async ({ sdkPage }) => {
    const { value, restored, lost } = await afterKill(
      sdkPage,
      ['let old = 1, kept = { n: 1 }'],
      'old = 2; let first = 5; function helper() {} kept.n = 2; class Made {} assigned = 3; HANG; const last = 1; var late = 2',
      '[old, kept.n]',
    );
    expect(value).toEqual([1, 1]);
    const names = ['old', 'kept', 'first', 'helper', 'Made', 'assigned', 'last', 'late'];
    expect([...restored, ...Object.keys(lost)].sort()).toEqual(names.sort());
    expect(lost['first']).toBe('the code that declares it had not ended');
  });

  test('what code changed of the globals is named', async ({ sdkPage }) => {
    const { value, lost } = await afterKill(
      sdkPage,
      ['let a = 1; globalThis.foo = 5; Array.prototype.last = function () { return this.at(-1) }'],
      'HANG',
      '[a, typeof foo]',
    );
    expect(value).toEqual([1, 'undefined']);
    expect(lost).toEqual({
      globalThis: expect.stringMatching(/built-ins were changed: last; globals were changed: foo/) as unknown,
    });
  });

  test('a class comes back though its static block would never end', async ({ sdkPage }) => {
    const { value, lost } = await afterKill(
      sdkPage,
      [
        'var armed = false; const log = []; class Loop { static n = log.push("field"); static { while (armed); } static { log.push("block") } m(a: number) { return a } }',
        'armed = true; Loop.n = 7',
      ],
      'HANG',
      '[Loop.n, log, String(Loop), String(Loop.prototype.m), new Loop().m(2)]',
    );
    expect(lost).toEqual({});
    expect(value).toEqual([
      7,
      ['field', 'block'],
      'class Loop { static n = log.push("field"); static { while (armed); } static { log.push("block") } m(a: number) { return a } }',
      'm(a: number) { return a }',
      2,
    ]);
  });

  test('a result that was delivered is in the checkpoint, or it is said how far that reaches', async ({ sdkPage }) => {
    const { value, behind } = await afterKill(
      sdkPage,
      [
        'const large = Array.from({ length: 5_000 }, (_, n) => ({ n })); let small = { n: 0 }',
        'large[7].n = -1; small.n = 1',
      ],
      'HANG',
      '[large[7].n, small.n]',
    );
    const [first, second] = value as number[];
    expect(second).toBe(1);
    if (behind.length === 0) expect(first).toBe(-1);
    else expect(behind).toEqual(['cell-2.ts']);
  });
});

test.describe('F6: what goes wrong with one name', () => {
  test('costs no other: a detached buffer is named', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const results: unknown[] = [];
      for (const code of ['const ab = new ArrayBuffer(8); let n = 1', 'ab.transfer().byteLength', 'n = 2', 'n']) {
        const { value, error } = await session.execute(code);
        results.push(error?.message ?? value);
      }
      const { value } = await session.execute('n + 1', { transaction: 'rollback' });
      const { lost, names } = await session.checkpoint();
      await codemode.close();
      return { results, value, lost, names };
    });
    expect(outcome).toEqual({
      results: [undefined, 8, 2, 2],
      value: 3,
      lost: [{ name: 'ab', reason: 'it is a detached buffer' }],
      names: ['n'],
    });
  });

  test('has a deadline at a restore: what a checkpoint makes of a function may never end', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.execute('const f = () => 1; const g = () => 2; let n = 3');
      const checkpoint = await session.checkpoint();
      await session.reset();
      const data = checkpoint.data.replace('"() => 1"', JSON.stringify('(() => { for (;;); })()'));
      const { restored, lost } = await session.restore({ ...checkpoint, data });
      const { value } = await session.execute('[g(), n, typeof f]');
      await codemode.close();
      return { restored, lost, value };
    });
    expect(outcome).toEqual({
      restored: ['g', 'n'],
      lost: [{ name: 'f', reason: expect.stringMatching(/it took longer than 1000 ms/) as unknown }],
      value: [2, 3, 'undefined'],
    });
  });
});
