import { describe, expect, it } from 'vitest';
import { formatFrame, SourceFiles } from './source-files.js';

function filesWith(...names: string[]): SourceFiles {
  const files = new SourceFiles();
  for (const name of names) files.add(name, { originalPosition: ({ line, column }) => ({ line, column: column - 1 }) });
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
