import { describe, expect, it } from 'vitest';
import { assignedNames } from './assigned-names.js';

describe('assignedNames', () => {
  it.each([
    ['total = 42', ['total']],
    ['a = 1; b = 2', ['a', 'b']],
    ['if (x) {\n  found = true;\n}', ['found']],
    ['for (const n of list) { sum = n }', ['sum']],
    ['größe = 1', ['größe']],
  ])('%j assigns %j', (code, names) => {
    expect(assignedNames(code)).toEqual(names);
  });

  it.each(['let total = 42', 'a == 1', 'a => 1', 'a += 1', 'order.total = 1', 'const f = (a = 1) => a'])(
    '%j makes no variable',
    (code) => {
      expect(assignedNames(code)).toEqual([]);
    },
  );

  it('takes no field of a class for a variable, and goes on after the class', () => {
    expect(assignedNames('class A {\n  count = 0;\n}\nmade = new A()')).toEqual(['made']);
  });
});
