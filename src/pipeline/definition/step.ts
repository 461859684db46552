import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { RunContext } from '../context/run-context.js';

/** The kinds of steps. */
export type StepKind = 'task' | 'parallel' | 'map' | 'conditional' | 'loop' | 'stub';

declare const types: unique symbol;

/**
 * One step of a pipeline, as data: `task`, `parallel`, `map`, `conditional`, `loop` and `stub` make it. `In` are the parameters that it
 * needs, `Out` those that it adds.
 */
export interface Step<in In = never, out Out = unknown> {
  readonly kind: StepKind;
  /** Of its own in its list. Letters, digits, and `_ . : -` or spaces between them. */
  readonly name: string;
  /** Steps that run when this one has failed; it stays failed. @default none */
  readonly onFailure?: readonly Step[] | undefined;
  /** For the type checker alone. */
  readonly [types]?: (input: In) => Out;
}

/** How a failed attempt is followed by the next one: after `base` milliseconds, then `factor` times that, at most `max`. */
export interface Backoff {
  /** Milliseconds before the second attempt. @default 100 */
  readonly base?: number;
  /** @default 2 */
  readonly factor?: number;
  /** Milliseconds at most. @default 5_000 */
  readonly max?: number;
  /** The share by which a wait is made shorter or longer at random. @default 0.2 */
  readonly jitter?: number;
}

/**
 * How parameters that a task gives are kept in the run log: as they fit best, in the catalog also when small, or as objects in memory,
 * which another process cannot read: there, a resumed run does the task again.
 */
export type Keeping = 'auto' | 'catalog' | 'memory';

/** What every step may have. */
export interface StepOptions {
  /** Steps that run when this one has failed; it stays failed. @default none */
  readonly onFailure?: readonly Step[];
}

/** What every task may have. */
export interface TaskOptions<In, Value> extends StepOptions {
  /** Names of the secrets that it gets. @default none */
  readonly secrets?: readonly string[];
  /** Whether a sandbox is given these secrets, for `getRunContext().secrets` in the code. @default false */
  readonly secretsInSandbox?: boolean;
  /** How often it is tried again when it fails. @default 0 */
  readonly retries?: number;
  readonly backoff?: Backoff;
  /** Milliseconds of one attempt. @default no limit for functions, `limits.codeTimeout` of the codemode for cells */
  readonly timeout?: number;
  /** @default 'auto' */
  readonly keep?: Keeping;
  /** Checks the parameters before the first attempt; the task gets what the schema makes of them. */
  readonly input?: StandardSchemaV1<unknown, In>;
  /** Checks what the task gives; what the schema makes of it is kept. */
  readonly output?: StandardSchemaV1<unknown, Value>;
}

/** A task that calls a function. */
export interface FunctionTaskOptions<In, Value, Returns extends string | undefined> extends TaskOptions<In, Value> {
  /** Gets all parameters as one frozen object, and the context of the run. */
  readonly run: (parameters: In, run: RunContext) => Value | PromiseLike<Value>;
  /** The name of the parameter that its result becomes. @default each entry of the object that it gives is one */
  readonly returns?: Returns;
  readonly code?: undefined;
}

/** A task that runs a cell of TypeScript in a session of its own. Parameters are variables there. */
export interface CellTaskOptions<In, Value, Returns extends string | undefined> extends TaskOptions<In, Value> {
  readonly code: string;
  /** The name of the parameter that its value becomes. @default each entry of the object that it gives is one */
  readonly returns?: Returns;
  readonly run?: undefined;
}

/** A function or a cell that runs once, with attempts. */
export interface TaskStep<in In = never, out Out = unknown> extends Step<In, Out> {
  readonly kind: 'task';
  readonly run?: ((parameters: never, run: RunContext) => unknown) | undefined;
  readonly code?: string | undefined;
  readonly returns?: string | undefined;
  readonly secrets: readonly string[];
  readonly secretsInSandbox: boolean;
  readonly retries: number;
  readonly backoff?: Backoff | undefined;
  readonly timeout?: number | undefined;
  readonly keep: Keeping;
  readonly input?: StandardSchemaV1 | undefined;
  readonly output?: StandardSchemaV1 | undefined;
}

/** Branches that run at the same time, each in a scope of its own. */
export interface ParallelStep<in In = never, out Out = unknown> extends Step<In, Out> {
  readonly kind: 'parallel';
  readonly branches: Readonly<Record<string, readonly Step[]>>;
  /** How many branches run at a time. @default all of them */
  readonly concurrency?: number | undefined;
}

/** Makes one value of what the branches of a map gave under one name, in the order of the items. */
export type Reduce = (all: readonly never[], name: string) => unknown;

/** A branch for each item of a list. */
export interface MapStep<in In = never, out Out = unknown> extends Step<In, Out> {
  readonly kind: 'map';
  /** The parameter that has the items: a list, or an object whose values they are. */
  readonly over: string;
  /** The parameter that a branch has its item in. */
  readonly as: string;
  readonly reduce?: Reduce | undefined;
  readonly concurrency?: number | undefined;
  readonly steps: readonly Step[];
}

/** One of several branches, by the value of a parameter. */
export interface ConditionalStep<in In = never, out Out = unknown> extends Step<In, Out> {
  readonly kind: 'conditional';
  /** The parameter whose value, as text, names the branch. */
  readonly on: string;
  readonly branches: Readonly<Record<string, readonly Step[]>>;
  /** The branch for any other value. @default such a value is an error */
  readonly otherwise?: string | undefined;
}

/** Steps that run again until a parameter is true. */
export interface LoopStep<in In = never, out Out = unknown> extends Step<In, Out> {
  readonly kind: 'loop';
  /** The parameter that ends it when it is true after a round. */
  readonly until: string;
  /** Rounds at most. */
  readonly max: number;
  /** What becomes of a loop whose last round left `until` false. @default 'continue' */
  readonly onMax: 'continue' | 'fail';
  readonly steps: readonly Step[];
}

/** A step that does nothing: a place for one to come. */
export interface StubStep extends Step<object, object> {
  readonly kind: 'stub';
}

/** Any step, told apart by `kind`. */
export type AnyStep = TaskStep | ParallelStep | MapStep | ConditionalStep | LoopStep | StubStep;
