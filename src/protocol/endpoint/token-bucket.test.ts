import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.js';

describe('TokenBucket', () => {
  it('is full at first, refuses when empty and fills with time, up to its burst', () => {
    const bucket = new TokenBucket({ burst: 2, perMillisecond: 0.5 }, 100);
    expect([bucket.take(1, 100), bucket.take(1, 100), bucket.take(1, 100)]).toEqual([true, true, false]);
    expect(bucket.take(1, 101)).toBe(false);
    expect(bucket.take(1, 102)).toBe(true);
    expect([bucket.take(2, 1_000), bucket.take(1, 1_000)]).toEqual([true, false]);
  });

  it('takes nothing when it refuses', () => {
    const bucket = new TokenBucket({ burst: 10, perMillisecond: 1 }, 0);
    expect([bucket.take(11, 0), bucket.take(10, 0)]).toEqual([false, true]);
  });

  it('tells how long to wait', () => {
    const bucket = new TokenBucket({ burst: 10, perMillisecond: 2 }, 0);
    expect([bucket.delay(10, 0), bucket.delay(11, 0)]).toEqual([0, Infinity]);
    bucket.take(10, 0);
    expect(bucket.delay(4, 0)).toBe(2);
    expect(bucket.delay(4, 1)).toBe(1);
  });

  it('loses nothing to a clock that is set back', () => {
    const bucket = new TokenBucket({ burst: 3, perMillisecond: 1 }, 10);
    bucket.take(2, 10);
    expect(bucket.take(1, 5)).toBe(true);
    expect(bucket.take(1, 6)).toBe(true);
  });

  it('lets no more pass in any time than its burst and what flowed in', () => {
    const requests = fc.array(fc.tuple(fc.nat(5), fc.nat(20)), { maxLength: 100 });
    fc.assert(
      fc.property(requests, (list) => {
        const bucket = new TokenBucket({ burst: 10, perMillisecond: 1 }, 0);
        let now = 0;
        let passed = 0;
        for (const [elapsed, tokens] of list) {
          now += elapsed;
          if (bucket.take(tokens, now)) passed += tokens;
          expect(passed).toBeLessThanOrEqual(10 + now);
        }
      }),
    );
  });

  it('can take after the delay that it told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (first, second) => {
        const bucket = new TokenBucket({ burst: 10, perMillisecond: 0.25 }, 0);
        bucket.take(first, 0);
        expect(bucket.take(second, bucket.delay(second, 0))).toBe(true);
      }),
    );
  });
});
