import { expect, test } from './fixtures/test.js';

test.describe('the name of a cell', () => {
  test('is in the result, frames, positions and events, and its count goes on after a reset', async ({ sdkPage }) => {
    const seen = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      codemode.registry.registerTool('echo', { run: (value: unknown) => value });
      const session = codemode.session('s');
      const events: unknown[] = [];
      session.addEventListener('toolcall', ({ detail }) => events.push([detail.phase, detail.fileName]));
      session.addEventListener('result', ({ detail }) => events.push(['result', detail.fileName]));
      const fails = '\nthrow new Error("x")';
      const results = [
        await session.execute('await tools.echo(1)'),
        await session.execute(fails, { fileName: 'b.ts' }),
      ];
      await session.reset();
      results.push(await session.execute(fails), await session.execute('let x = = 1', { fileName: 'c.ts' }));
      await codemode.close();
      return { events, results: results.map(({ fileName, error }) => [fileName, error?.position, error?.frames]) };
    });
    const frame = (file: string) => ({ functionName: '', file, line: 2, column: 7 });
    const position = (fileName: string) => ({ fileName, line: 2, column: 7 });
    expect(seen.results).toEqual([
      ['cell-1.ts', undefined, undefined],
      ['b.ts', position('b.ts'), [frame('b.ts')]],
      ['cell-2.ts', position('cell-2.ts'), [frame('cell-2.ts')]],
      ['c.ts', { fileName: 'c.ts', line: 1, column: 9 }, []],
    ]);
    expect(seen.events).toEqual([
      ['started', 'cell-1.ts'],
      ['succeeded', 'cell-1.ts'],
      ['result', 'cell-1.ts'],
      ['result', 'b.ts'],
      ['result', 'cell-2.ts'],
      ['result', 'c.ts'],
    ]);
  });

  test('may be used again: functions keep the lines of the cell that they came from', async ({ sdkPage }) => {
    const seen = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const fileName = 'same.ts';
      await session.execute('\n\nasync function old(): Promise<never> {\n  throw new Error("x");\n}', { fileName });
      await session.execute('const filler: string = "this cell has other lines";\nfiller.length', { fileName });
      const { error } = await session.execute('await old()', { fileName });
      const late = new Promise((resolve) => {
        session.addEventListener('output', ({ detail }) => resolve([detail.runId, detail.frames]));
      });
      const { runId } = await session.execute('setTimeout(() => {\n  throw new Error("late")\n}, 10); 0', { fileName });
      const [cause, frames] = (await late) as [string, unknown];
      await codemode.close();
      return { frames: error?.frames, isCause: cause === runId, late: frames };
    });
    expect(seen.frames).toEqual([
      { functionName: 'old', file: 'same.ts', line: 4, column: 9 },
      { functionName: '', file: 'same.ts', line: 1, column: 7 },
    ]);
    expect(seen.isCause).toBe(true);
    expect(seen.late).toEqual([{ functionName: '', file: 'same.ts', line: 2, column: 9 }]);
  });

  test('may be any line of text', async ({ sdkPage }) => {
    const names = [
      'a b.ts',
      'f (x).ts',
      'cell.ts:1:2',
      'über/你好 🎉.ts',
      'at async x@y (z:1:2)',
      ')',
      'x'.repeat(500),
    ];
    const seen = await sdkPage.evaluate(async (fileNames) => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const places: unknown[] = [];
      for (const fileName of fileNames) {
        const code = 'const f = (): never => { throw new Error("x") };\nawait null;\nf()';
        const { error } = await session.execute(code, { fileName });
        places.push([error?.position, error?.frames.map(({ file, line }) => [file, line])]);
      }
      const refused = await Promise.all(
        ['', 'a\nb', 'x'.repeat(501), 5 as unknown as string].map((fileName) =>
          session.execute('1', { fileName }).catch((error: Error) => error.name),
        ),
      );
      await codemode.close();
      return { places, refused };
    }, names);
    expect(seen.places).toEqual(
      names.map((fileName) => [
        { fileName, line: 1, column: expect.any(Number) as unknown },
        [
          [fileName, 1],
          [fileName, 3],
        ],
      ]),
    );
    expect(seen.refused).toEqual(['TypeError', 'TypeError', 'RangeError', 'TypeError']);
  });
});
