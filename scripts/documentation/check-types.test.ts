import { describe, expect, it } from 'vitest';
import { entryPoints, placed } from './check-types.mjs';

describe('placed', () => {
  const byFile = new Map([['.cache/documentation/docs.a/line-7.ts', { page: 'docs/a.md', line: 7 }]]);

  it('puts a message of tsc where its block stands in the page', () => {
    const text = '.cache/documentation/docs.a/line-7.ts(3,5): error TS1: wrong.\n  More of it.\n';
    expect(placed(text, byFile)).toEqual(['docs/a.md:8:5 TS1: wrong.\n  More of it.']);
  });

  it('leaves out other files, and keeps what is wrong with the check itself', () => {
    expect(placed('src/a.ts(1,1): error TS1: wrong.\nerror TS5023: Unknown option.\n', byFile)).toEqual([
      'error TS5023: Unknown option.',
    ]);
  });
});

it('finds the sources behind entry points', async () => {
  expect((await entryPoints()).get('codemode-playground/sdk')).toBe('src/sdk/index.ts');
});
