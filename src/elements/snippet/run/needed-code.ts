import type { Cell } from './run-order.js';

/** Returns the code of a cell and, before it, the code of all its dependencies in page order: a self-contained program. */
export function neededCode<C extends Cell>(cell: C, cells: readonly C[]): string {
  const needed = new Set<C>([cell]);
  for (const from of needed) {
    const at = cells.indexOf(from);
    cells.forEach((other, index) => {
      if ((other.setup && other.group === from.group && index < at) || from.dependsOn.includes(other.name))
        needed.add(other);
    });
  }
  return cells
    .filter((other) => needed.has(other))
    .map(({ code }) => code)
    .join('\n\n');
}
