import { describe, expect, it } from 'vitest';
import { defaultLimits, resolveLimits } from './limits.js';

describe('limits', () => {
  it('A9: has the documented defaults, each configurable', () => {
    expect(resolveLimits()).toMatchObject({
      requestTimeout: 35_000,
      codeTimeout: 30_000,
      toolTimeout: 30_000,
      healthTimeout: 5_000,
    });
    expect(resolveLimits({ codeTimeout: 100 })).toEqual({ ...defaultLimits, codeTimeout: 100 });
  });

  it('refuses what is no limit, and limits that make no sense', () => {
    expect(() => resolveLimits({ codeTimeout: 0 })).toThrow(RangeError);
    expect(() => resolveLimits({ codeTimeout: Number.NaN })).toThrow(
      /“codeTimeout” must be a positive number, but it is NaN/,
    );
    expect(resolveLimits({ lateToolCalls: 0 }).lateToolCalls).toBe(0);
    expect(() => resolveLimits({ lateToolCalls: -1 })).toThrow(RangeError);
    expect(() => resolveLimits({ timeout: 5 } as never)).toThrow(/no limit “timeout”. There are: requestTimeout/);
  });
});
