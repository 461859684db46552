import type { Cell } from './run-order.js';

/** The code of a cell after that of all it needs, in the order of the page: what runs by itself elsewhere. */
export function neededCode<C extends Cell>(cell: C, cells: readonly C[]): string {
  const needed = new Set<C>([cell]);
  for (const from of needed) {
    const at = cells.indexOf(from);
    for (const [index, other] of cells.entries()) {
      if ((other.setup && other.group === from.group && index < at) || from.dependsOn.includes(other.name))
        needed.add(other);
    }
  }
  return cells
    .filter((other) => needed.has(other))
    .map(({ code }) => code)
    .join('\n\n');
}
