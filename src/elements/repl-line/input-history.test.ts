import { describe, expect, it } from 'vitest';
import { InputHistory } from './input-history.js';

describe('InputHistory', () => {
  it('walks back and forth and gives the draft back', () => {
    const history = new InputHistory();
    history.add('one');
    history.add('two');
    expect(history.previous('draft')).toBe('two');
    expect(history.previous('two')).toBe('one');
    expect(history.previous('one')).toBeUndefined();
    expect(history.next()).toBe('two');
    expect(history.next()).toBe('draft');
    expect(history.next()).toBeUndefined();
  });

  it('remembers the same input once in a row, and forgets the oldest', () => {
    const history = new InputHistory(2);
    for (const input of ['a', 'b', 'b', 'c']) history.add(input);
    expect([history.previous(''), history.previous(''), history.previous('')]).toEqual(['c', 'b', undefined]);
  });
});
