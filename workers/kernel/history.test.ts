import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServedKernel } from './testing/served-kernel.js';

const served = new ServedKernel();
beforeAll(() => served.start());
afterAll(() => served.close());

const value = async (code: string): Promise<unknown> => {
  const { ok, value: given, error } = await served.run(code);
  return ok ? given : `${error!.name}: ${error!.message}`;
};

describe('C6: the history of a session', () => {
  it('moves for values, and not for undefined, errors and declarations', async () => {
    for (const code of ['"first"', '"second"', '"third"']) await served.run(code);
    for (const code of ['undefined', 'let declared = 5', 'function f() {}', 'throw 1', 'let = ;', 'void 0'])
      await served.run(code);
    expect(await value('[_, __, ___].join()')).toBe('third,second,first');
    expect(await value('_')).toBe('third,second,first');
  });

  it('has the code and the values of cells by their numbers', async () => {
    await served.run('6 * 7', { cell: 900 });
    await served.run('undefined', { cell: 901 });
    const { value: seen } = await served.run('[In[900], In[901], Out[900], 901 in Out, In.at(-1), In[0]]', {
      cell: 902,
    });
    expect(seen).toEqual([
      '6 * 7',
      'undefined',
      42,
      false,
      '[In[900], In[901], Out[900], 901 in Out, In.at(-1), In[0]]',
      '',
    ]);
  });

  it('is written by the engine only', async () => {
    await served.run('"kept"');
    for (const name of ['_', '__', '___', 'In', 'Out']) {
      expect(await value(`${name} = 99`)).toBe(
        `TypeError: Only the session writes ${name}. Declare it to have your own: let ${name} = …`,
      );
      expect(await value(`globalThis.${name} = 99`)).toContain('TypeError');
      expect(await value(`delete globalThis.${name}`)).toContain('TypeError');
      expect(await value(`Object.defineProperty(globalThis, "${name}", { value: 99 })`)).toContain('TypeError');
    }
    expect(await value('In.push("x")')).toContain('TypeError');
    expect(await value('Out[900] = 1')).toContain('TypeError');
    expect(await value('_')).toBe('kept');
    expect(await value('console.clear(); _')).toBe('kept');
  });

  it('gives way to a name that code declares', async () => {
    await served.run('"kept"');
    expect(await value('{ const [_, second] = [1, 2]; _ + second }')).toBe(3);
    expect(await value('((_) => _)(5)')).toBe(5);
  });

  it('goes on where it was, for cells that ran in another worker', async () => {
    const cells = [
      { cell: 1_000, code: 'a' },
      { cell: 1_001, code: '{}', value: undefined },
      { cell: 1_002, code: '5', value: 5 },
    ];
    expect(await served.host.call('recall', { context: served.context(), cells })).toBe(true);
    expect(await value('[_, __, In[1_000], Out[1_002], 1_001 in Out]')).toEqual([5, undefined, 'a', 5, false]);
  });

  it('loses none of 10 writers with 100 updates each, and is bounded', async () => {
    await served.run('var n = 0');
    const writer = async (): Promise<void> => {
      for (let at = 0; at < 100; at++) await served.run('n += 1', { mode: at % 2 === 0 ? 'sync' : 'async' });
    };
    await Promise.all(Array.from({ length: 10 }, writer));
    expect(await value('n')).toBe(1_000);
    const inputs = await value('In.filter((code) => code === "n += 1").length');
    expect(inputs).toBe(1_000);
    expect(
      await value('new Set(Object.values(Out).filter((one) => typeof one === "number" && one <= 1_000)).size'),
    ).toBeGreaterThanOrEqual(1_000);
    for (let at = 0; at < 120; at++) await served.run('({})');
    expect(await value('Object.values(Out).filter((one) => typeof one === "object").length')).toBeLessThanOrEqual(100);
    await served.run(`"${'x'.repeat(2 * 1024 * 1024)}".length`);
    expect(await value('In.filter(Boolean).length')).toBe(1);
  });
});
