/** @param {readonly number[]} times @param {number} share  0.5 for the median. */
export function quantile(times, share) {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @param {number} value */
export const milliseconds = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

/**
 * How many times as long one thing takes as another, whose times were taken in turn with its own: by their lowest tenths. What
 * a machine does besides only ever adds, and in a tenth of many short portions it does little.
 *
 * @param {readonly number[]} times
 * @param {readonly number[]} others
 */
export const ratio = (times, others) => quantile(times, 0.1) / quantile(others, 0.1);

/** The least, the lowest tenth, the median, and the 90th percentile. @param {readonly number[]} times */
export function distribution(times) {
  const [least, tenth, median, ninety] = [0, 0.1, 0.5, 0.9].map((share) => milliseconds(quantile(times, share)));
  return `least ${least}   p10 ${tenth}   median ${median}   p90 ${ninety}`;
}
