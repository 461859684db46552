import { describe, expect, it } from 'vitest';
import { latestBurst, TimeView } from './time-view.js';

function view(duration = 1_000, latest = 0): TimeView {
  const made = new TimeView();
  made.update(duration, latest);
  return made;
}

describe('TimeView', () => {
  it('shows the last burst of activity, until everything is asked for', () => {
    const made = view(60_000, 59_000);
    expect([made.start > 58_900, made.end > 60_000, made.isWhole]).toEqual([true, true, false]);
    made.fit();
    expect(made.isWhole).toBe(true);
    made.update(90_000, 59_000);
    expect(made.isWhole).toBe(true);
  });

  it('zooms around a place that stays, within bounds', () => {
    const made = view();
    const fixed = made.timeAt(0.25);
    made.zoom(0.1, 0.25);
    expect(made.timeAt(0.25)).toBeCloseTo(fixed, 6);
    for (let times = 0; times < 100; times += 1) made.zoom(0.5, 0.9);
    expect(made.length).toBeGreaterThan(0);
    for (let times = 0; times < 100; times += 1) made.zoom(2);
    expect([made.isWhole, made.length < 1_100]).toEqual([true, true]);
  });

  it('moves no further than to the begin and the end', () => {
    const made = view();
    made.zoom(0.1);
    made.pan(-100);
    expect(made.start).toBeLessThanOrEqual(0);
    expect(made.end).toBeLessThan(200);
    made.toEnd();
    expect([made.end >= 1_000, made.start > 800]).toEqual([true, true]);
    made.toBegin();
    expect(made.start).toBeLessThanOrEqual(0);
  });

  it('follows what runs while the end is in view, and stays where the reader is otherwise', () => {
    const made = view();
    made.zoom(0.1, 1);
    made.update(1_500, 0);
    expect(made.end).toBeGreaterThanOrEqual(1_500);
    made.toBegin();
    const { start } = made;
    made.update(2_000, 0);
    expect(made.start).toBeCloseTo(start, 6);
  });

  it('reveals what is out of view or too small to see', () => {
    const made = view(10_000);
    made.reveal({ start: 5_000, end: 5_001 });
    expect([made.start < 5_000, made.end > 5_001, made.length < 10]).toEqual([true, true, true]);
    made.reveal({ start: 9_000, end: Infinity });
    expect([made.start <= 9_500, made.end > 9_400]).toEqual([true, true]);
  });
});

it('a burst begins after a pause', () => {
  const ranges = [
    { start: 0, end: 9_000 },
    { start: 10, end: 20 },
    { start: 8_000, end: 8_100 },
    { start: 20_000, end: 20_010 },
    { start: 21_000, end: Infinity },
  ];
  expect([latestBurst(ranges), latestBurst(ranges.slice(0, 3)), latestBurst([])]).toEqual([20_000, 0, 0]);
});
