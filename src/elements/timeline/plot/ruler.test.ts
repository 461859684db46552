import { describe, expect, it } from 'vitest';
import { durationText, ticksOf } from './ruler.js';

describe('ticksOf', () => {
  it('marks round times, as many as there may be', () => {
    expect(ticksOf({ start: 0, end: 1_000 }, 5).map(({ label }) => label)).toEqual([
      '0 ms',
      '200 ms',
      '400 ms',
      '600 ms',
      '800 ms',
      '1.0 s',
    ]);
    expect(ticksOf({ start: 59_000, end: 71_000 }, 3).map(({ label }) => label)).toEqual([
      '1 min',
      '1 min 5 s',
      '1 min 10 s',
    ]);
    for (const length of [0.05, 3, 700, 9_000, 3e5, 8e7, 3e9]) {
      const ticks = ticksOf({ start: length / 3, end: length / 3 + length }, 8);
      expect([ticks.length > 1, ticks.length <= 9]).toEqual([true, true]);
      expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
    }
  });
});

it('durations have three digits that count', () => {
  expect([0, 0.25, 1.234, 12.34, 250, 1_234, 59_990, 125_000, 7_500_000].map((time) => durationText(time))).toEqual([
    '0 ms',
    '250 µs',
    '1.23 ms',
    '12.3 ms',
    '250 ms',
    '1.23 s',
    '60.0 s',
    '2 min 5 s',
    '2 h 5 min',
  ]);
});
