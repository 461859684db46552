/** A snippet as its place among the others needs it. */
export interface Cell {
  /** Its id in the page, or a name made up. */
  readonly name: string;
  /** Cells of one group share a session and so a namespace. */
  readonly group: string;
  /** Names of the cells that have to run before it. */
  readonly dependsOn: readonly string[];
  /** Runs before every cell below it in its group. */
  readonly setup: boolean;
  readonly code: string;
  /** How it ran last; undefined when it has not, or its session began anew since. */
  readonly lastRun: CellRun | undefined;
}

export interface CellRun {
  readonly ok: boolean;
  readonly code: string;
  /** The code that each cell it builds on had run as by then. */
  readonly basis: ReadonlyMap<Cell, string | undefined>;
}

/** `depends-on` leads back to where it started. */
export class DependencyCycleError extends Error {
  override readonly name = 'DependencyCycleError';

  constructor(readonly path: readonly string[]) {
    super(
      `The snippets depend on each other in a circle: ${path.join(' → ')}. Take one of these names out of a depends-on.`,
    );
  }
}

/** `depends-on` names a snippet that is not in the page. */
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
 * What has to run so that `target` can, in order and with `target` as the last: set-up cells above it in its session, and what it
 * depends on. What has run well and is not outdated is left out.
 *
 * @param cells all of the page, in its order
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

/** Whether what a cell shows comes from code that is no longer there: its own, or that of a cell it builds on. */
export function outdated<C extends Cell>(cell: C, cells: readonly C[]): 'own' | 'above' | undefined {
  if (cell.lastRun === undefined) return undefined;
  if (cell.code !== cell.lastRun.code) return 'own';
  const { basis } = cell.lastRun;
  const isChanged = (other: C): boolean => other.lastRun !== undefined && other.code !== basis.get(other);
  return foundations(cell, cells).some(isChanged) ? 'above' : undefined;
}

/** What a run of the cell is based on, to be kept with the run. */
export function basisOf<C extends Cell>(cell: C, cells: readonly C[]): Map<Cell, string | undefined> {
  return new Map(foundations(cell, cells).map((other) => [other, other.lastRun?.code]));
}

/** The cells above in the same session and those it depends on, with all that these build on. Names that lead nowhere are passed over. */
function foundations<C extends Cell>(cell: C, cells: readonly C[]): C[] {
  const found = new Set<C>([cell]);
  for (const from of found) {
    const at = cells.indexOf(from);
    for (const [index, other] of cells.entries()) {
      if ((index < at && other.group === from.group) || from.dependsOn.includes(other.name)) found.add(other);
    }
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
