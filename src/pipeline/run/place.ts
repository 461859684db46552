import type { RunFailure } from '../context/run-context.js';

/** Where a step is. */
export interface Place {
  /** In the run: `each/3/look`. */
  readonly path: string;
  /** In the definition: `each/look`. */
  readonly node: string;
  /** Whether it runs again though it succeeded in an earlier try of the run: what runs on failure does. */
  readonly isFresh: boolean;
  /** Of the steps that run on failure. */
  readonly failure: RunFailure | undefined;
}

export const root: Place = { path: '', node: '', isFresh: false, failure: undefined };

const joined = (around: string, name: string): string => (around === '' ? name : `${around}/${name}`);

/** A step or a branch inside a place. */
export const inside = (place: Place, name: string): Place => ({
  ...place,
  path: joined(place.path, name),
  node: joined(place.node, name),
});

/** An item of a map, or a round of a loop, which the definition does not know. */
export const atKey = (place: Place, key: string): Place => ({ ...place, path: joined(place.path, key) });

/** The steps that run when the step of a place has failed. */
export const onFailureOf = (place: Place, mark: string, failure: RunFailure): Place => ({
  ...inside(place, mark),
  isFresh: true,
  failure,
});
