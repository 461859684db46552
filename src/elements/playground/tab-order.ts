/** A copy of `items` with the item at `from` moved to `to`. Clamps positions to the ends. */
export function move<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  const moved = items.slice(from, from + 1);
  return [...rest.slice(0, Math.max(0, to)), ...moved, ...rest.slice(Math.max(0, to))];
}

/** The tab to show after a tab closes: the next one, or the previous one at the end. */
export function neighbour<T>(items: readonly T[], closing: T): T | undefined {
  const index = items.indexOf(closing);
  return items[index + 1] ?? items[index - 1];
}

/** The first unused name of `Tab 1`, `Tab 2` …. */
export function freeName(taken: Iterable<string>, name: (number: number) => string): string {
  const names = new Set(taken);
  let number = 1;
  while (names.has(name(number))) number += 1;
  return name(number);
}
