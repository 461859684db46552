import type { AnyStep, Step } from '../definition/step.js';

/** What a run does, told by a small program: no time, no promises, no log. */

/** How the tasks of a run behave: by path, and by what the run is tried for. */
export interface Behaviour {
  /** How many of its next attempts fail. */
  failures(path: string): number;
  /** What it gives, from all its parameters. */
  gives(path: string, parameters: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown>;
}

/** What is known at the end of a run, and at the beginning of the next try of it. */
export interface ModelState {
  /** What tasks gave that succeeded, by path. */
  readonly done: Map<string, ReadonlyMap<string, unknown>>;
  /** Tasks that ran in this try, with their attempts. */
  readonly ran: Map<string, number>;
}

class Failed extends Error {}

type Values = Map<string, unknown>;

/** The scope of a list of steps: what it has, and what was given in it. */
interface ModelScope {
  readonly has: Values;
  readonly given: Values;
}

const fork = ({ has }: ModelScope, more: readonly [string, unknown][] = []): ModelScope => ({
  has: new Map([...has, ...more]),
  given: new Map(),
});

function give(scope: ModelScope, values: ReadonlyMap<string, unknown>): void {
  for (const [name, value] of values) {
    scope.has.set(name, value);
    scope.given.set(name, value);
  }
}

/** Runs steps. @returns the parameters, and whether all has succeeded */
export function runModel(
  steps: readonly Step[],
  parameters: Readonly<Record<string, unknown>>,
  behaviour: Behaviour,
  { done, ran }: ModelState,
): {
  readonly status: 'success' | 'fail';
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly reason: string;
} {
  const outermost: ModelScope = { has: new Map(Object.entries(parameters)), given: new Map() };

  const runList = (list: readonly Step[], scope: ModelScope, around: string): void => {
    for (const step of list) runOne(step as AnyStep, scope, around === '' ? step.name : `${around}/${step.name}`);
  };

  /** All of them run to their end; the first failure in order counts. */
  const runAll = (branches: readonly (() => void)[]): void => {
    const failures = branches.flatMap((branch) => {
      try {
        branch();
        return [];
      } catch (error) {
        return [error];
      }
    });
    if (failures.length > 0) throw failures[0];
  };

  const runOne = (step: AnyStep, scope: ModelScope, path: string): void => {
    switch (step.kind) {
      case 'task': {
        const before = done.get(path);
        if (before !== undefined) return give(scope, before);
        const failures = behaviour.failures(path);
        ran.set(path, Math.min(failures, step.retries) + 1);
        if (failures > step.retries) throw new Failed(path);
        const values = behaviour.gives(path, scope.has);
        done.set(path, values);
        return give(scope, values);
      }
      case 'parallel': {
        const branches = Object.entries(step.branches).map(([name, list]) => ({ name, list, scope: fork(scope) }));
        runAll(branches.map((branch) => () => runList(branch.list, branch.scope, `${path}/${branch.name}`)));
        const names = branches.flatMap((branch) => [...branch.scope.given.keys()]);
        if (new Set(names).size < names.length) throw new Failed(`conflict ${path}`);
        for (const branch of branches) give(scope, branch.scope.given);
        return;
      }
      case 'map': {
        const items = scope.has.get(step.over) as readonly unknown[];
        const branches = items.map((item) => fork(scope, [[step.as, item]]));
        runAll(branches.map((branch, index) => () => runList(step.steps, branch, `${path}/${index}`)));
        const names = new Set(branches.flatMap(({ given }) => [...given.keys()]));
        return give(scope, new Map([...names].map((name) => [name, branches.map(({ given }) => given.get(name))])));
      }
      case 'conditional': {
        const name = String(scope.has.get(step.on));
        const list = step.branches[name];
        if (list === undefined) throw new Failed(`branch ${path}`);
        const branch = fork(scope);
        runList(list, branch, `${path}/${name}`);
        return give(scope, branch.given);
      }
      case 'loop': {
        const rounds = fork(scope);
        for (let round = 0; round < step.max; round++) {
          runList(step.steps, rounds, `${path}/${round}`);
          if (rounds.has.get(step.until)) break;
        }
        return give(scope, rounds.given);
      }
      case 'stub':
    }
  };

  let reason = '';
  try {
    runList(steps, outermost, '');
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    reason = error.message;
  }
  return { status: reason === '' ? 'success' : 'fail', parameters: Object.fromEntries(outermost.has), reason };
}
