import { eachStep } from '../definition/children.js';
import type { MapStep } from '../definition/step.js';
import { ParameterError } from '../errors/run-errors.js';
import { atKey } from '../run/place.js';
import { settleEach } from '../run/slots.js';
import { firstFailure } from './first-failure.js';
import type { RunNode } from './walk.js';

/** A branch for each item, over a copy of the parameters and the item. Each parameter that they gave becomes a list, or what `reduce` makes of it. */
export const runMap: RunNode<'map'> = async (step, scope, place, { runSteps, live }) => {
  const branches = itemsOf(step, scope.get(step.over), place.path).map(([key, item], index) => ({
    // A key may be a secret, and a path is never redacted.
    key: live.redactor.text(key) === key ? key : String(index),
    scope: scope.fork([[step.as, item]]),
  }));
  const results = await settleEach(branches, step.concurrency ?? Infinity, async (branch) => {
    await runSteps(step.steps, branch.scope, atKey(place, branch.key));
  });
  firstFailure(results, live.stop.signal);
  const given = branches.map((branch) => branch.scope.given);
  const names = new Set(given.flatMap((values) => [...values.keys()]));
  if (branches.length === 0) namesOf(step).forEach((name) => names.add(name));
  const reduce = step.reduce as ((all: readonly unknown[], name: string) => unknown) | undefined;
  const merged = [...names].map((name) => {
    const all = given.map((values) => values.get(name));
    return [name, reduce === undefined ? all : reduce(all, name)] as const;
  });
  scope.give(merged);
};

/** Items with their keys in paths: the index, or the key of an object. */
function itemsOf({ over }: MapStep, value: unknown, path: string): (readonly [key: string, item: unknown])[] {
  if (Array.isArray(value)) return Array.from(value, (item: unknown, index) => [String(index), item] as const);
  if (typeof value === 'object' && value !== null) {
    if (value instanceof Set) return [...(value as Set<unknown>)].map((item, index) => [String(index), item] as const);
    if (value instanceof Map) {
      return [...(value as Map<unknown, unknown>)].map(
        ([key, item]) => [encodeURIComponent(String(key)), item] as const,
      );
    }
    return Object.entries(value).map(([key, item]: [string, unknown]) => [encodeURIComponent(key), item] as const);
  }
  throw new ParameterError(
    path,
    `"${over}" must be a list or an object to map over, but is ${value === null ? 'null' : typeof value}.`,
  );
}

/** What the tasks are known to give, for a map over nothing. */
function namesOf(step: MapStep): string[] {
  const names: string[] = [];
  eachStep(step.steps, (inner) => {
    if (inner.kind === 'task' && inner.returns !== undefined) names.push(inner.returns);
  });
  return names;
}
