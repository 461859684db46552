import { describe, expect, it } from 'vitest';
import { moduleFilter } from './options.js';

const isMatched = (id: string): boolean => {
  const { include, exclude } = moduleFilter();
  return include.some((pattern) => pattern.test(id)) && !exclude.some((pattern) => pattern.test(id));
};

describe('moduleFilter', () => {
  it.each([
    '/app/a.js',
    '/app/a.mts',
    '/app/a.tsx',
    '/app/a.ts?v=1',
    'C:\\app\\a.cjs',
    '/app/a.vue?vue&type=script&lang.ts',
  ])('takes %s', (id) => {
    expect(isMatched(id)).toBe(true);
  });

  it.each(['/app/a.css', '/app/a.json', '/app/a.js.map', '/app/node_modules/b/b.js', 'C:\\app\\node_modules\\b\\b.js'])(
    'leaves %s',
    (id) => {
      expect(isMatched(id)).toBe(false);
    },
  );

  it('takes one pattern or several, and nothing else', () => {
    expect(moduleFilter({ include: /a/, exclude: [] })).toEqual({ include: [/a/], exclude: [] });
    expect(() => moduleFilter({ exclude: ['node_modules'] as never })).toThrow(
      'exclude to be a regular expression or a list of them, but got string node_modules',
    );
  });
});
