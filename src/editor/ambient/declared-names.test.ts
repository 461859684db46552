import { describe, expect, it } from 'vitest';
import { declaredNames } from './declared-names.js';

describe('names that code declares', () => {
  it.each([
    ['const a = 1;\nlet b: number;\nvar c', ['a', 'b', 'c']],
    [
      'async function load() {}\nfunction* steps() {}\nclass Client {}\nexport const größe = 1;',
      ['load', 'steps', 'Client', 'größe'],
    ],
    [
      'const { a, b: renamed, ...rest } = value;\nconst [first, second] = list;',
      ['a', 'renamed', 'rest', 'first', 'second'],
    ],
    ["import main, { one, two as other } from 'sdk';\nimport * as all from 'sdk';", ['main', 'one', 'other', 'all']],
    [
      "import {\n  one,\n  fromTwo,\n} from 'sdk';\nimport 'side-effect';\nimport only from 'sdk';",
      ['one', 'fromTwo', 'only'],
    ],
    ['const { a = 1 } = value;\nconst { b }: Shape = value;\nconst {\nlet c = 1;', ['a', 'b', 'c']],
    ['{\n  const inner = 1;\n}\n// const comment = 1\nx.const = 2;', []],
  ])('%j', (code, names) => expect(declaredNames(code).toSorted()).toEqual(names.toSorted()));

  it.each(['const {\n', 'import {\n', 'export ', 'const { a, ', ' '])('reads any length of %j', (piece) => {
    expect(declaredNames(piece.repeat(100_000))).toEqual([]);
  });
});
