/** @param {readonly number[]} times @param {number} share  0.5 for the median. */
export function quantile(times, share) {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @param {number} value */
export const milliseconds = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

/** The median, and the 90th and 99th percentile. @param {readonly number[]} times */
export function distribution(times) {
  const [least, median, ninety, most] = [0, 0.5, 0.9, 0.99].map((share) => milliseconds(quantile(times, share)));
  return `median ${median}   least ${least}   p90 ${ninety}   p99 ${most}`;
}
