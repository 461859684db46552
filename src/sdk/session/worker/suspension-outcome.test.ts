import { describe, expect, it, vi } from 'vitest';
import { notSuspended, suspended } from './suspension-outcome.js';

describe('the outcome of a suspension', () => {
  it('answers to the old name of its blockers, with one notice', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const outcome = notSuspended('a timer is due');
    expect(warn).not.toHaveBeenCalled();
    expect(outcome.obstacles).toEqual(['a timer is due']);
    expect(suspended().obstacles).toEqual([]);
    expect(warn.mock.calls).toEqual([
      ['"obstacles" of a suspension is now called "blockers". The old name stops working in the next release.'],
    ]);
    expect(JSON.stringify(outcome)).toBe('{"suspended":false,"blockers":["a timer is due"]}');
    warn.mockRestore();
  });
});
