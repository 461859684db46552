import type { TimeRange } from './time-view.js';

/** A mark of the ruler. */
export interface Tick {
  /** Milliseconds since the begin of the timeline. */
  readonly time: number;
  readonly label: string;
}

const steps = [1, 2, 5];
/** Steps that are round on a clock, in milliseconds, from a second on. */
const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400].map(
  (seconds) => seconds * 1_000,
);

/** Marks at round times. @param count how many there may be */
export function ticksOf({ start, end }: TimeRange, count: number): Tick[] {
  const step = stepOf((end - start) / Math.max(1, count));
  const first = Math.max(0, Math.ceil(start / step));
  const ticks: Tick[] = [];
  for (let index = first; index * step <= end; index += 1)
    ticks.push({ time: index * step, label: durationText(index * step, step) });
  return ticks;
}

function stepOf(least: number): number {
  if (least >= 1_000) return clockSteps.find((step) => step >= least) ?? Math.ceil(least / 86_400_000) * 86_400_000;
  const power = 10 ** Math.floor(Math.log10(least));
  return steps.map((step) => step * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}

/** `0.25 ms`, `12 ms`, `1.5 s`, `2 min 5 s`. @param precision milliseconds that have to be told apart. @default 3 digits */
export function durationText(milliseconds: number, precision = milliseconds / 100): string {
  const digits = (unit: number): number =>
    Math.max(0, Math.min(3, -Math.floor(Math.log10(Math.max(precision, 1e-9) / unit) + 1e-9)));
  if (milliseconds === 0) return '0 ms';
  if (milliseconds < 1) return `${(milliseconds * 1_000).toFixed(0)} µs`;
  if (milliseconds < 1_000) return `${milliseconds.toFixed(digits(1))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(digits(1_000))} s`;
  const seconds = Math.round(milliseconds / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
