import { AsyncContext } from '../../context/async-context/async-context.js';
import type { RuntimeContext } from '../../context/runtime-context.js';
import type { Codemode } from '../../sdk/codemode.js';
import type { RunCatalog } from '../catalog/catalog.js';
import type { Parameters } from '../definition/parameters.js';
import { NoRunContextError } from '../errors/run-errors.js';
import type { RunLogStore } from '../run-log/run-log-store.js';
import type { Secrets } from '../secrets/secrets.js';
import type { Serializer } from '../serializers/serializer.js';

/** The run that a task belongs to, and all that it may use. Immutable. */
export interface RunContext {
  readonly runId: string;
  /** Name of the pipeline. */
  readonly definition: string;
  readonly tag: string | undefined;
  /** Name of the step. */
  readonly step: string;
  /** Of the step in the run: `each/3/look`. */
  readonly path: string;
  /** From 1; a resumed run goes on counting. */
  readonly attempt: number;
  /** What the task gets: all parameters of its scope, frozen. */
  readonly parameters: Parameters;
  /** The secrets that the task declares. */
  readonly secrets: Secrets;
  /** Data of this run by name. */
  readonly catalog: RunCatalog;
  readonly runLogStore: RunLogStore;
  readonly serializer: Serializer;
  readonly executor: Executor;
  /** Of the run; `undefined` if it was started without one. */
  readonly codemode: Codemode | undefined;
  /** What tools see of this task: `metadata.run` has the ids of the run. */
  readonly context: RuntimeContext;
  /** Aborts when the task is cancelled or takes too long. */
  readonly signal: AbortSignal;
  /** In steps that run on failure: what failed. */
  readonly failure: RunFailure | undefined;
  /** Writes a line to the log of the run. Secrets in it are replaced. */
  readonly log: (text: string) => void;
  /** Tells how far the task is. */
  readonly progress: (done: number, total?: number, label?: string) => void;
}

/** What made the steps run that run on failure. */
export interface RunFailure {
  /** Path of the step that failed; empty where none did. */
  readonly step: string;
  readonly name: string;
  readonly message: string;
}

/** The data about a run in the metadata of the contexts that tools see. */
export interface RunMetadata {
  readonly runId: string;
  readonly definition: string;
  readonly tag?: string;
  readonly step: string;
  readonly path: string;
  readonly attempt: number;
}

/** The part of a task that an executor needs. */
export interface ExecutableTask {
  readonly name: string;
  readonly run?: ((parameters: never, run: RunContext) => unknown) | undefined;
  readonly code?: string | undefined;
  /** Milliseconds of one attempt. */
  readonly timeout?: number | undefined;
}

/** One attempt of a task, as an executor gets it. */
export interface TaskExecution {
  /** The step, with its function or its code. */
  readonly task: ExecutableTask;
  /** Of the step in the definition: `each/look`. Other machines find the task by it. */
  readonly node: string;
  readonly parameters: Parameters;
  readonly run: RunContext;
  /** Aborts when the attempt is cancelled or has taken too long: the executor then stops it. */
  readonly signal: AbortSignal;
  /** The secrets that a sandbox may have: those of a task with `secretsInSandbox`, else none. */
  readonly sandboxSecrets: ReadonlyMap<string, string>;
}

/**
 * Runs tasks: in this realm, in sandboxes, on other machines. It is called in the context of the run, so `getRunContext()` gives it.
 *
 * @example
 * const logging: Executor = {
 *   name: 'logging',
 *   async execute(task) {
 *     console.log(task.run.path);
 *     return await realmExecutor.execute(task);
 *   },
 * };
 */
export interface Executor {
  /** Tells executors apart in logs. */
  readonly name: string;
  /** Resolves with what the task gives, rejects with what it throws. */
  execute(execution: TaskExecution): Promise<unknown>;
}

const variable = new AsyncContext.Variable<RunContext>({ name: 'RunContext' });

/**
 * The context of the run whose task calls; `undefined` outside of a task, and after an `await` in code of a page without
 * instrumentation. Never that of another run.
 *
 * @example
 * getRunContext()?.runId;
 */
export function getRunContext(): RunContext | undefined {
  return variable.get();
}

/**
 * The context of the run whose task calls.
 *
 * @param neededBy what needs it, for the message of the error: `'the report'`
 * @throws NoRunContextError where there is none
 * @example
 * const { catalog } = requireRunContext('the report');
 */
export function requireRunContext(neededBy: string): RunContext {
  const run = variable.get();
  if (run === undefined) throw new NoRunContextError(neededBy);
  return run;
}

/** Calls `fn` in the context of a run. */
export const runInRunContext = <Result>(run: RunContext, fn: () => Result): Result => variable.run(run, fn);
