import { describe, expect, it } from 'vitest';
import { codeRegions, editablePart, visibleCode } from './regions.js';

const code = [
  '// #region hidden',
  "import { client } from 'sdk';",
  '// #endregion',
  'const a = 1;',
  '// #region folded The long part',
  'const b = 2;',
  '// #endregion',
  'a + b;',
  '// #region hidden',
  'client.close();',
  '// #endregion',
].join('\n');

describe('regions in comments', () => {
  it.each([' ', '// #region hidden ', '/', '// #region'])('reads any length of %j', (piece) => {
    expect(codeRegions(`${piece.repeat(100_000)}x`).length).toBeLessThan(2);
  });

  it('finds what is hidden and what is folded, with its title', () => {
    expect(codeRegions(code)).toEqual([
      { kind: 'hidden', title: '', start: 1, end: 3 },
      { kind: 'folded', title: 'The long part', start: 5, end: 7 },
      { kind: 'hidden', title: '', start: 9, end: 11 },
    ]);
  });

  it('leaves other regions alone, and takes one inside for a part of the one around it', () => {
    expect(codeRegions('// #region Types\ntype A = 1;\n// #endregion')).toEqual([]);
    expect(codeRegions('// #region hidden\n// #region x\na\n// #endregion\nb\n// #endregion\nc')).toEqual([
      { kind: 'hidden', title: '', start: 1, end: 6 },
    ]);
  });

  it('takes what nobody closed as going to the end', () => {
    expect(codeRegions('a;\n// #region hidden\nb;')).toEqual([{ kind: 'hidden', title: '', start: 2, end: 3 }]);
  });

  it('shows code without what is hidden and without the comments', () => {
    expect(visibleCode(code)).toBe('const a = 1;\nconst b = 2;\na + b;');
  });

  it('gives the editor what is between the hidden ends; put together again it is the code', () => {
    const { before, body, after } = editablePart(code);
    expect(body.split('\n')[0]).toBe('const a = 1;');
    expect(body.split('\n').at(-1)).toBe('a + b;');
    expect(before + body + after).toBe(code);
  });

  it('keeps a hidden region in the middle with what is edited', () => {
    const middle = 'a;\n// #region hidden\nb;\n// #endregion\nc;';
    expect(editablePart(middle)).toEqual({ before: '', body: middle, after: '' });
  });

  it('has nothing to edit where all of it is hidden', () => {
    expect(editablePart('// #region hidden\nb;\n// #endregion')).toEqual({
      before: '// #region hidden\nb;\n// #endregion\n',
      body: '',
      after: '',
    });
  });
});
