import { runWithContext } from '../../context/current-context.js';
import { RuntimeContext } from '../../context/runtime-context.js';
import type { Catalog } from '../catalog/catalog.js';
import { MemoryCatalog } from '../catalog/memory-catalog.js';
import { makeRunContext } from '../context/make-run-context.js';
import { runInRunContext, type Executor, type TaskExecution } from '../context/run-context.js';
import { eachStep } from '../definition/children.js';
import type { Parameters } from '../definition/parameters.js';
import type { AnyStep, Step, TaskStep } from '../definition/step.js';
import { failurePath } from '../definition/validate.js';
import { ParameterError } from '../errors/run-errors.js';
import { MemoryRunLogStore } from '../run-log/memory-run-log-store.js';
import type { RunLogStore } from '../run-log/run-log-store.js';
import { secretsOf, type SecretSource } from '../secrets/secrets.js';
import { structuredSerializer } from '../serializers/structured.js';
import type { Codemode } from '../../sdk/codemode.js';
import { realmExecutor } from './realm-executor.js';

/** One attempt of a task as plain data, for another machine. It has no secrets: the machine has its own source of them. */
export interface TaskJob {
  /** Name of the pipeline. */
  readonly definition: string;
  /** Of the step in the definition: `each/look`. */
  readonly node: string;
  readonly runId: string;
  readonly tag?: string;
  /** Of the step in the run: `each/3/look`. */
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  /** By `structuredSerializer`. */
  readonly parameters: string;
  /** The JSON form of the context that tools see. */
  readonly context: object;
}

/** What a machine does jobs with. Where it shares `catalog` and `runLogStore` with the run, so do its tasks. */
export interface JobOptions {
  readonly codemode?: Codemode | undefined;
  /** @default one in memory, for this job */
  readonly catalog?: Catalog | undefined;
  /** @default one in memory, for this job */
  readonly runLogStore?: RunLogStore | undefined;
  readonly secrets?: SecretSource | undefined;
  /** @default realmExecutor */
  readonly executor?: Executor | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Gets the lines that the task writes. @default they are dropped */
  readonly onLog?: ((text: string) => void) | undefined;
}

/**
 * What an executor sends to another machine, which calls `executeJob`.
 *
 * @throws ParameterError for parameters that cannot be sent
 * @example
 * const job = await queue.add(execution.node, taskJob(execution));
 */
export function taskJob({ node, run, parameters }: TaskExecution): TaskJob {
  const { definition, runId, tag, path, attempt, context } = run;
  const unsent = Object.entries(parameters).find(([, value]) => !structuredSerializer.accepts(value));
  if (unsent !== undefined)
    throw new ParameterError(path, `the parameter "${unsent[0]}" can't be sent to another machine.`);
  return {
    definition,
    node,
    runId,
    ...(tag === undefined ? {} : { tag }),
    path,
    attempt,
    parameters: structuredSerializer.serialize({ ...parameters }),
    context: context.toJSON(),
  };
}

/** The part of a `Pipeline` that jobs need. */
export interface JobPipeline {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly onFailure: readonly Step[];
}

/**
 * Does one attempt of a task that another machine has sent, in the context of its run. The result is a text, for `jobResult`.
 *
 * @throws what the task throws
 * @throws ParameterError for a job that is not of this pipeline, and for a result that cannot be sent
 * @example
 * new Worker('pipelines', async ({ data }) => await executeJob(sales, data, { secrets }));
 */
export async function executeJob(pipeline: JobPipeline, job: TaskJob, options: JobOptions = {}): Promise<string> {
  const { node, runId, tag, path, attempt } = job;
  const task = taskAt(pipeline, job);
  const parameters = Object.freeze(structuredSerializer.deserialize(job.parameters) as Parameters);
  const signal = options.signal ?? new AbortController().signal;
  const executor = options.executor ?? realmExecutor;
  const secrets = await secretsOf(task.secrets, options.secrets, path);
  const run = makeRunContext(
    {
      runId,
      definition: pipeline.name,
      tag,
      catalog: (options.catalog ?? new MemoryCatalog()).forRun(runId),
      runLogStore: options.runLogStore ?? new MemoryRunLogStore(),
      serializer: structuredSerializer,
      executor,
      codemode: options.codemode,
      context: RuntimeContext.fromJSON(job.context),
    },
    {
      step: task.name,
      failure: undefined,
      path,
      attempt,
      parameters,
      secrets,
      signal,
      note: (text) => options.onLog?.(text),
    },
  );
  const sandboxSecrets = task.secretsInSandbox ? secrets : new Map<string, string>();
  const execution: TaskExecution = { task, node, parameters, run, signal, sandboxSecrets };
  const value = await runWithContext(run.context, () => runInRunContext(run, () => executor.execute(execution)));
  if (!structuredSerializer.accepts(value))
    throw new ParameterError(path, "what it gives can't be sent to another machine.");
  return structuredSerializer.serialize(value);
}

/** What a task gave on another machine. @param text of `executeJob` */
export const jobResult = (text: string): unknown => structuredSerializer.deserialize(text);

function taskAt({ name, steps, onFailure }: JobPipeline, { definition, node, path }: TaskJob): TaskStep {
  const found: AnyStep[] = [];
  const visit = (step: AnyStep, at: string): void => void (at === node && found.push(step));
  eachStep(steps, visit);
  eachStep(onFailure, visit, [failurePath]);
  const [step] = found;
  if (definition === name && step?.kind === 'task') return step;
  throw new ParameterError(path, `the pipeline "${name}" has no task "${node}" of "${definition}".`);
}
