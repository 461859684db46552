import { describe, expect, it } from 'vitest';
import { neededCode } from './needed-code.js';
import type { Cell } from './run-order.js';

const cell = (name: string, more: Partial<Cell> = {}): Cell => ({
  name,
  group: 'guide',
  dependsOn: [],
  setup: false,
  code: name,
  lastRun: undefined,
  ...more,
});

describe('what goes into a link', () => {
  it('is the code with all that it needs, once each and in the order of the page', () => {
    const cells = [
      cell('setup', { setup: true }),
      cell('foreign', { setup: true, group: 'other' }),
      cell('a', { dependsOn: ['b'] }),
      cell('b', { dependsOn: ['a'] }),
      cell('unused'),
      cell('c', { dependsOn: ['a'] }),
    ];
    expect(neededCode(cells[5]!, cells)).toBe('setup\n\na\n\nb\n\nc');
    expect(neededCode(cells[1]!, cells)).toBe('foreign');
  });
});
