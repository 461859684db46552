import { readFile } from 'node:fs/promises';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withEngineIdentifiers } from './identifier-tables-plugin.mjs';

type IsIdentifier = (code: number) => boolean;

describe('the parser without tables of identifier characters', () => {
  it('tells identifiers as the engine does', async () => {
    const file = new URL('../../node_modules/acorn/dist/acorn.mjs', import.meta.url);
    const code = withEngineIdentifiers(await readFile(file, 'utf8'), 'acorn.mjs').split('// ## Token types')[0]!;
    expect(code).not.toMatch(/\[\d+, /);
    const own = runInThisContext(`${code};({ isStart: isIdentifierStart, isPart: isIdentifierChar })`) as {
      isStart: IsIdentifier;
      isPart: IsIdentifier;
    };
    const wrong: string[] = [];
    for (let at = 0; at <= 0x10ffff; at++) {
      const character = String.fromCodePoint(at);
      if (own.isStart(at) !== /[$_\p{ID_Start}]/u.test(character)) wrong.push(`start ${at.toString(16)}`);
      if (own.isPart(at) !== /[$\u200c\u200d\p{ID_Continue}]/u.test(character)) wrong.push(`part ${at.toString(16)}`);
    }
    expect(wrong).toEqual([]);
    expect(own.isStart(NaN) || own.isPart(NaN), 'the end of a text, which has no code there').toBe(false);
  });

  it('says when the parser has them elsewhere', () => {
    expect(() => withEngineIdentifiers('var astralIdentifierCodes = 1;', 'acorn.mjs')).toThrow('adapt this plugin');
  });
});
