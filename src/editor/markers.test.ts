import { describe, expect, it } from 'vitest';
import { markersOf } from './markers.js';

const frame = (file: string, line: number) => ({ functionName: '', file, line, column: 5 });

describe('markersOf', () => {
  it('points to the position of a compile error', () => {
    const error = {
      name: 'SyntaxError',
      message: 'no',
      stack: '',
      frames: [],
      position: { line: 2, column: 3, length: 4 },
    };
    expect(markersOf(error, 'cell-1.ts')).toEqual([
      { message: 'SyntaxError: no', severity: 'error', line: 2, column: 3, length: 4 },
    ]);
  });

  it('points to the innermost frame in the code itself', () => {
    const error = {
      name: 'Error',
      message: 'no',
      stack: '',
      frames: [frame('https://a/b.js', 1), frame('cell-2.ts', 7), frame('cell-2.ts', 9)],
    };
    expect(markersOf(error, 'cell-2.ts')).toMatchObject([{ line: 7, column: 5 }]);
  });

  it('ignores a position in another file, and points to the call that led there', () => {
    const error = {
      name: 'Error',
      message: 'no',
      stack: '',
      frames: [frame('cell-1.ts', 3), frame('cell-2.ts', 7)],
      position: { fileName: 'cell-1.ts', line: 3, column: 5 },
    };
    expect(markersOf(error, 'cell-1.ts')).toMatchObject([{ line: 3, column: 5 }]);
    expect(markersOf(error, 'cell-2.ts')).toMatchObject([{ line: 7, column: 5 }]);
    expect(markersOf(error, 'cell-3.ts')).toEqual([]);
  });

  it('points to nothing for an error from elsewhere, and for none', () => {
    expect(
      markersOf({ name: 'Error', message: 'no', stack: '', frames: [frame('cell-1.ts', 1)] }, 'cell-2.ts'),
    ).toEqual([]);
    expect(markersOf(undefined, 'cell-2.ts')).toEqual([]);
  });
});
