import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mutations, newestMutations } from './rules.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const every = [...mutations, ...newestMutations];

/** Running the mutants takes minutes; that each of them can still be made takes none. */
describe('the mutations', () => {
  it.each(every)('$file: $rule', ({ file, from, to, tests }) => {
    const source = readFileSync(path.join(root, file), 'utf8');
    expect(source.split(from).length - 1, 'places of the text that the mutation replaces').toBe(1);
    expect(to).not.toBe(from);
    expect(tests.filter((test) => !existsSync(path.join(root, test)))).toEqual([]);
  });

  it('have names of their own', () => {
    expect(new Set(every.map(({ file, rule }) => `${file}: ${rule}`)).size).toBe(every.length);
  });
});
