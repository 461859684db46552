import { describe, expect, test } from 'vitest';
import { findApiChanges, reportedEntries } from './api-reports.mjs';

describe('reports of the public API', () => {
  test('each entry point with types has one, an older name of the same types has none', () => {
    const entries = reportedEntries({
      '.': { types: './dist/types/elements/index.d.ts' },
      './sdk/internals': { types: './dist/types/sdk/internals.d.ts' },
      './context/activations': { types: './dist/types/activations.d.ts' },
      './context/frames': { types: './dist/types/activations.d.ts' },
      './runner.html': './dist/runner.html',
    });
    expect([...entries]).toEqual([
      ['index', './dist/types/elements/index.d.ts'],
      ['sdk-internals', './dist/types/sdk/internals.d.ts'],
      ['context-activations', './dist/types/activations.d.ts'],
    ]);
  });

  test('a change names the file and its first line that differs', () => {
    const known = new Map([
      ['sdk.api.md', 'one\ntwo\n'],
      ['vite.api.md', 'same\n'],
      ['old.api.md', ''],
    ]);
    const built = new Map([
      ['sdk.api.md', 'one\n  2\n'],
      ['vite.api.md', 'same\n'],
      ['new.api.md', ''],
    ]);
    expect(findApiChanges(known, built)).toEqual([
      'api/new.api.md is missing.',
      'api/old.api.md belongs to no entry point.',
      'api/sdk.api.md:2 differs from the build, which has: 2',
    ]);
    expect(findApiChanges(new Map([['a', 'one\ntwo']]), new Map([['a', 'one']]))).toEqual([
      'api/a:2 differs from the build, which has: (its end)',
    ]);
  });
});
