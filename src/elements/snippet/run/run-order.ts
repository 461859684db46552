/** A snippet in the dependency graph. */
export interface Cell {
  /** The element's id, or a generated name. */
  readonly name: string;
  /** Cells of one group share a session and its namespace. */
  readonly group: string;
  /** Names of the cells to run first. */
  readonly dependsOn: readonly string[];
  /** Runs before every cell below it in its group. */
  readonly setup: boolean;
  readonly code: string;
  /** The last run; undefined before the first run and after a restart of the session. */
  readonly lastRun: CellRun | undefined;
}

export interface CellRun {
  readonly ok: boolean;
  readonly code: string;
  /** The code of each dependency at the time of the run. */
  readonly basis: ReadonlyMap<Cell, string | undefined>;
}

/** `depends-on` forms a cycle. */
export class DependencyCycleError extends Error {
  override readonly name = 'DependencyCycleError';

  constructor(readonly path: readonly string[]) {
    super(
      `The snippets depend on each other in a cycle: ${path.join(' → ')}. Remove one of these ids from a depends-on attribute.`,
    );
  }
}

/** `depends-on` names a snippet that does not exist in the page. */
export class UnknownDependencyError extends Error {
  override readonly name = 'UnknownDependencyError';

  constructor(
    readonly cell: string,
    readonly dependency: string,
    known: readonly string[],
  ) {
    super(
      `The snippet “${cell}” depends on “${dependency}”, but no snippet of the page has this id. ` +
        `Ids in the page: ${known.join(', ') || 'none'}.`,
    );
  }
}

/**
 * Returns the cells to run for `target`, in order and with `target` last: the set-up cells above it in its session, and its dependencies.
 * Leaves out cells with a successful, current run.
 *
 * @param cells all cells of the page, in page order
 * @throws DependencyCycleError, UnknownDependencyError
 */
export function runOrder<C extends Cell>(target: C, cells: readonly C[]): C[] {
  const order: C[] = [];
  const finished = new Set<C>();
  const visit = (cell: C, path: readonly C[]): void => {
    if (path.includes(cell))
      throw new DependencyCycleError([...path.slice(path.indexOf(cell)), cell].map(({ name }) => name));
    if (finished.has(cell)) return;
    const needed = needsOf(cell, cells);
    for (const need of needed) visit(need, [...path, cell]);
    finished.add(cell);
    if (cell === target || !isFresh(cell, cells) || needed.some((need) => order.includes(need))) order.push(cell);
  };
  visit(target, []);
  return order;
}

/** Whether a cell's output is outdated, because its own code or the code of a dependency has changed. */
export function outdated<C extends Cell>(cell: C, cells: readonly C[]): 'own' | 'above' | undefined {
  if (cell.lastRun === undefined) return undefined;
  if (cell.code !== cell.lastRun.code) return 'own';
  const { basis } = cell.lastRun;
  const isChanged = (other: C): boolean => other.lastRun !== undefined && other.code !== basis.get(other);
  return foundations(cell, cells).some(isChanged) ? 'above' : undefined;
}

/** Returns the current code of a cell's dependencies, to be stored with its run. */
export function basisOf<C extends Cell>(cell: C, cells: readonly C[]): Map<Cell, string | undefined> {
  return new Map(foundations(cell, cells).map((other) => [other, other.lastRun?.code]));
}

/** Returns the earlier cells of the same session and all direct and indirect dependencies. Skips unknown names. */
function foundations<C extends Cell>(cell: C, cells: readonly C[]): C[] {
  const found = new Set<C>([cell]);
  for (const from of found) {
    const at = cells.indexOf(from);
    cells.forEach((other, index) => {
      if ((index < at && other.group === from.group) || from.dependsOn.includes(other.name)) found.add(other);
    });
  }
  found.delete(cell);
  return [...found];
}

function needsOf<C extends Cell>(cell: C, cells: readonly C[]): C[] {
  const named = cell.dependsOn.map((name) => {
    const found = cells.find((other) => other.name === name);
    if (found === undefined)
      throw new UnknownDependencyError(
        cell.name,
        name,
        cells.map((other) => other.name),
      );
    return found;
  });
  const above = cells.slice(0, Math.max(0, cells.indexOf(cell)));
  return [...above.filter((other) => other.setup && other.group === cell.group && !named.includes(other)), ...named];
}

function isFresh<C extends Cell>(cell: C, cells: readonly C[]): boolean {
  return cell.lastRun?.ok === true && outdated(cell, cells) === undefined;
}
