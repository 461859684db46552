import { describe, expect, it } from 'vitest';
import { formatFrame, SourceFiles } from './source-files.js';

const oneColumnLater = {
  originalPosition: ({ line, column }: { line: number; column: number }) => ({ line, column: column - 1 }),
};

function filesWith(...names: string[]): SourceFiles {
  const files = new SourceFiles();
  for (const name of names) files.add(name, oneColumnLater);
  return files;
}

describe('frames of a stack', () => {
  it('reads the frames of V8, mapped to the source, without those of other files', () => {
    const stack = [
      'TypeError: no (really): at nothing',
      '    at load (cell-3.ts:4:7)',
      '    at async Promise.all (index 0)',
      '    at async Store.fetch [as get] (https://cdn.example/lib@1.2.3/index.js:10:20)',
      '    at new Box (cell-3.ts:2:3)',
      '    at eval (cell-3.ts:9:2)',
      '    at run (data:text/javascript;base64,AAA:1:99)',
    ].join('\n');
    const frames = filesWith('cell-3.ts', 'https://cdn.example/lib@1.2.3/index.js').framesOf(stack);
    expect(frames.map(formatFrame)).toEqual([
      'load (cell-3.ts:4:6)',
      'Store.fetch [as get] (https://cdn.example/lib@1.2.3/index.js:10:19)',
      'new Box (cell-3.ts:2:2)',
      'cell-3.ts:9:1',
    ]);
  });

  it('reads the frames of SpiderMonkey and JavaScriptCore', () => {
    const stack = [
      'load@cell-1.ts:4:7',
      'async*outer@cell-1.ts:8:2',
      '@cell-1.ts:9:3',
      'x@https://host/kernel.js:1:2',
    ].join('\n');
    expect(filesWith('cell-1.ts').framesOf(stack).map(formatFrame)).toEqual([
      'load (cell-1.ts:4:6)',
      'outer (cell-1.ts:8:1)',
      'cell-1.ts:9:2',
    ]);
  });

  it('leaves out what the compiler itself wrote', () => {
    const files = new SourceFiles();
    files.add('cell-1.ts', { originalPosition: () => undefined });
    expect(files.framesOf('Error: x\n    at cell-1.ts:1:1')).toEqual([]);
  });
});

describe('frames of cells', () => {
  const names = [
    'second.ts',
    'a b.ts',
    'f (x).ts',
    'cell.ts:1:2',
    'über/你好 🎉.ts',
    'at async x@y (z:1:2)',
    ')',
    'https://docs.example/guide?a=(1)#two words',
    'eval-1.js',
    'quote\'"`.ts',
    'x'.repeat(500),
  ];
  const engines = {
    V8: (source: string) => `Error: x\n    at f (${source}:4:7)\n    at async ${source}:9:2`,
    SpiderMonkey: (source: string) => `f@${source}:4:7\nasync*@${source}:9:2`,
    JavaScriptCore: (source: string) => `f@${source}:4:7\n@${source}:9:2`,
  };

  it.each(Object.entries(engines))(
    'have the name of the cell, however it is written, in stacks of %s',
    (_, stackOf) => {
      const files = new SourceFiles();
      for (const fileName of names) {
        const source = files.sourceNameFor(fileName);
        files.addCell(source, oneColumnLater, fileName);
        expect(files.framesOf(stackOf(source))).toEqual([
          { functionName: 'f', file: fileName, line: 4, column: 6 },
          { functionName: '', file: fileName, line: 9, column: 1 },
        ]);
      }
    },
  );

  it('keep the lines of their own cell when its name is used again', () => {
    const files = new SourceFiles();
    const [first, second] = [1, 2].map((line) => {
      const source = files.sourceNameFor('same.ts');
      files.addCell(source, { originalPosition: () => ({ line, column: 1 }) }, 'same.ts');
      return source;
    });
    expect(files.framesOf(`g@${second}:9:9\nf@${first}:9:9`).map(formatFrame)).toEqual([
      'g (same.ts:2:1)',
      'f (same.ts:1:1)',
    ]);
  });

  it('tell the execution of the latest thousand cells', () => {
    const files = new SourceFiles<number>();
    const sources = Array.from({ length: 1_001 }, (_, owner) => {
      const source = files.sourceNameFor('same.ts');
      files.addCell(source, oneColumnLater, 'same.ts', owner);
      return source;
    });
    const units = sources.map((source) => files.unitOf(files.framesOf(`f@${source}:1:2`)[0]!));
    expect(units[0]).toMatchObject({ fileName: 'same.ts', isCell: true });
    expect([0, 1, 1_000].map((at) => units[at]?.owner)).toEqual([undefined, 1, 1_000]);
  });
});
