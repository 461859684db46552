import type { Flat } from '../../sdk/tools/schema/schema-inference.js';
import type { BranchGifts, BranchNeeds, FlowOf, Given } from './parameter-types.js';
import type { Parameters } from './parameters.js';
import type {
  CellTaskOptions,
  ConditionalStep,
  FunctionTaskOptions,
  LoopStep,
  MapStep,
  ParallelStep,
  Step,
  StepOptions,
  StubStep,
  TaskStep,
} from './step.js';

/** Steps by the name of their branch. */
export type Branches = Readonly<Record<string, readonly Step[]>>;

/**
 * A step that calls a function, or runs a cell of TypeScript in a session of its own. What it gives as an object becomes parameters
 * for the steps after it; with `returns`, all that it gives becomes the parameter of that name. What it changes otherwise is its own.
 *
 * @param name of its own in its list of steps
 * @throws nothing: `definePipeline` checks all steps at once
 * @example
 * task('load', {
 *   run: async ({ month }: { month: string }, run) => ({ rows: await load(month, run.secrets.get('API_KEY')) }),
 *   secrets: ['API_KEY'],
 *   retries: 2,
 * });
 * task('clean', { code: 'rows.filter((row) => row.ok)', returns: 'clean' });
 */
export function task<In = Parameters, Value = unknown, const Returns extends string | undefined = undefined>(
  name: string,
  options: FunctionTaskOptions<In, Value, Returns>,
): TaskStep<NoInfer<In>, Given<Value, Returns>>;
export function task<In = Parameters, Value = unknown, const Returns extends string | undefined = undefined>(
  name: string,
  options: CellTaskOptions<In, Value, Returns>,
): TaskStep<NoInfer<In>, Given<Value, Returns>>;
export function task<In, Value>(
  name: string,
  options: FunctionTaskOptions<In, Value, string | undefined> | CellTaskOptions<In, Value, string | undefined>,
): TaskStep {
  const { secrets = [], secretsInSandbox = false, retries = 0, keep = 'auto', ...others } = options;
  const step = { ...others, kind: 'task', name, secrets, secretsInSandbox, retries, keep };
  return Object.freeze(step) as TaskStep;
}

/** Options of `parallel` beside its branches. */
export interface ParallelOptions extends StepOptions {
  /** How many branches run at a time. @default all of them */
  readonly concurrency?: number;
}

/**
 * A step whose branches run at the same time, each over its own copy of the parameters. When all have succeeded, what they gave becomes
 * parameters of the steps after it; two branches that gave the same name are a `MergeConflictError`. When one fails, the others go on
 * to their end, and the step fails.
 *
 * @example
 * parallel('features', { left: [task('size', { … })], right: [task('colour', { … })] });
 */
export function parallel<const B extends Branches>(
  name: string,
  branches: B,
  options: ParallelOptions = {},
): ParallelStep<BranchNeeds<B>, BranchGifts<B>> {
  return Object.freeze({ ...options, kind: 'parallel' as const, name, branches });
}

/** What a map goes over, and what it makes of the results. */
export interface MapOptions<Over extends string, As extends string, Reduced> extends StepOptions {
  /** The parameter that has the items: a list, or an object whose values they are. */
  readonly over: Over;
  /** The parameter that a branch has its item in. */
  readonly as: As;
  /** Makes one value of all that the branches gave under a name, in the order of the items. @default the list itself */
  readonly reduce?: (all: readonly never[], name: string) => Reduced;
  /** How many branches run at a time. @default all of them */
  readonly concurrency?: number;
}

/** What a map gives: of each parameter of its branches a list, or what `reduce` makes of that. */
export type MapGifts<Gives, Reduced> = {
  readonly [Name in keyof Gives]: unknown extends Reduced ? readonly Gives[Name][] : Reduced;
};

/**
 * A step that runs its steps once for each item, at the same time, each over its own copy of the parameters. Each parameter that the
 * branches gave becomes a list, in the order of the items, or what `reduce` makes of that list.
 *
 * @example
 * map('each', { over: 'cities', as: 'city', concurrency: 4 }, [task('look', { run: ({ city }: { city: string }) => look(city), returns: 'sky' })]);
 */
export function map<
  const Over extends string,
  const As extends string,
  const Steps extends readonly Step[],
  Reduced = unknown,
>(
  name: string,
  options: MapOptions<Over, As, Reduced>,
  steps: Steps,
): MapStep<
  Flat<{ readonly [Name in Over]: object } & Omit<FlowOf<Steps>['needs'], As>>,
  MapGifts<FlowOf<Steps>['gives'], Reduced>
> {
  return Object.freeze({ ...options, kind: 'map' as const, name, steps });
}

/** What a conditional asks, and its branches. */
export interface ConditionalOptions<On extends string, B extends Branches> extends StepOptions {
  /** The parameter whose value, as text, names the branch. */
  readonly on: On;
  readonly branches: B;
  /** The branch for any other value. @default such a value is a `BranchNotFoundError` */
  readonly otherwise?: keyof B & string;
}

/**
 * A step that runs one of its branches: the one that the value of a parameter names. What the branch gave becomes parameters of the
 * steps after it.
 *
 * @example
 * conditional('gate', { on: 'kind', branches: { big: [task('split', { … })], small: [stub('nothing')] } });
 */
export function conditional<const On extends string, const B extends Branches>(
  name: string,
  options: ConditionalOptions<On, B>,
): ConditionalStep<Flat<{ readonly [Name in On]: unknown } & BranchNeeds<B>>, Partial<BranchGifts<B>>> {
  return Object.freeze({ ...options, kind: 'conditional' as const, name });
}

/** When a loop ends. */
export interface LoopOptions extends StepOptions {
  /** The parameter that ends it when it is true after a round. */
  readonly until: string;
  /** Rounds at most: 1 or more. */
  readonly max: number;
  /** What becomes of a loop whose last round left `until` false: it succeeds as it is, or fails with a `LoopLimitError`. @default 'continue' */
  readonly onMax?: 'continue' | 'fail';
}

/**
 * A step that runs its steps again, each round with what the one before gave, until a parameter is true or `max` rounds have run.
 *
 * @example
 * loop('refine', { until: 'done', max: 10 }, [task('better', { run: ({ n = 0 }: { n?: number }) => ({ n: n + 1, done: n >= 3 }) })]);
 */
export function loop<const Steps extends readonly Step[]>(
  name: string,
  options: LoopOptions,
  steps: Steps,
): LoopStep<FlowOf<Steps>['needs'], FlowOf<Steps>['gives']> {
  const { onMax = 'continue', ...others } = options;
  return Object.freeze({ ...others, onMax, kind: 'loop' as const, name, steps });
}

/**
 * A step that does nothing: a place for one to come, or a branch in which nothing is to be done.
 *
 * @example
 * stub('publish');
 */
export function stub(name: string, options: StepOptions = {}): StubStep {
  return Object.freeze({ ...options, kind: 'stub' as const, name });
}
