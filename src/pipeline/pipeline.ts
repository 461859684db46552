import type { StandardSchemaV1 } from '@standard-schema/spec';
import { randomHex } from '../context/random-hex.js';
import { PipelineDefinitionError } from './errors/definition-errors.js';
import { withStates, type PipelineStates } from './definition/graph-states.js';
import { graphOf, type PipelineGraph } from './definition/graph.js';
import {
  definitionVersion,
  stepsFromJson,
  stepsToJson,
  type FunctionRegistry,
  type PipelineJson,
} from './definition/json.js';
import { toMermaid } from './definition/mermaid.js';
import type { Checked, FlowOf } from './definition/parameter-types.js';
import type { PipelineParts } from './definition/pipeline-parts.js';
import type { Step } from './definition/step.js';
import { failurePath, validateDefinition } from './definition/validate.js';
import { parseYaml } from './definition/yaml.js';
import type { RunLog } from './run-log/run-log.js';
import { Run } from './run/run.js';
import type { PipelineRunOptions, StartOptions } from './run/run-options.js';

/** Options of a pipeline beside its steps. */
export interface PipelineOptions {
  /** Steps that run when a run has failed; it stays failed. @default none */
  readonly onFailure?: readonly Step[];
  /** Checks what a run is started with. @default it is not checked */
  readonly parameters?: StandardSchemaV1;
}

/** What `start` takes: `parameters` may be left out where the steps need none. */
export type StartArguments<Needs> =
  Record<never, never> extends Needs
    ? [options?: StartOptions<Needs & Readonly<Record<string, unknown>>>]
    : [options: StartOptions<Needs & Readonly<Record<string, unknown>>> & { readonly parameters: Needs }];

/** A definition of steps, which runs are made of. `definePipeline` makes it. */
export class Pipeline<Needs = Readonly<Record<string, unknown>>, Gives = Readonly<Record<string, unknown>>> {
  readonly #parts: PipelineParts;

  /** @throws PipelineDefinitionError */
  constructor(name: string, steps: readonly Step[], { onFailure, parameters }: PipelineOptions = {}) {
    validateDefinition(name, steps, onFailure);
    this.#parts = Object.freeze({
      name,
      steps: Object.freeze([...steps]),
      onFailure: Object.freeze([...(onFailure ?? [])]),
      parameters,
    });
  }

  get name(): string {
    return this.#parts.name;
  }

  get steps(): readonly Step[] {
    return this.#parts.steps;
  }

  get onFailure(): readonly Step[] {
    return this.#parts.onFailure;
  }

  /**
   * Starts a run. It begins after the caller's code has ended, so that listeners hear all of it.
   *
   * @throws TypeError for an id or options that are none
   * @example
   * const run = sales.start({ parameters: { month: '2026-01' }, secrets: { API_KEY: '…' }, codemode });
   * const outcome = await run.finished;
   */
  start(...[options = {}]: StartArguments<Needs>): Run<Gives> {
    const { parameters = {}, runId = randomHex(16), tag, ...others } = options as StartOptions;
    checkOptions(runId, others);
    if (typeof parameters !== 'object' || parameters === null)
      throw new TypeError('The parameters of a run are an object.');
    return new Run({ runId, tag, parts: this.#parts, options: others, parameters: { ...parameters } });
  }

  /**
   * Goes on with a run that failed, was cancelled, or was cut off. Steps that succeeded are not run again; the run has the parameters
   * that it was started with, and what those steps gave. Resolves with the run when it has ended: `status`, `parameters`, `log` and
   * `error` are there, and `finished`. `resuming` gives the run at once.
   *
   * @throws RunNotFoundError, RunLogFormatError, RunActiveError
   * @example
   * const { status } = await sales.resume('r-1', { codemode, runLogStore, catalog, secrets });
   */
  async resume(runId: string, options: PipelineRunOptions = {}): Promise<Run<Gives>> {
    const run = this.resuming(runId, options);
    await run.finished;
    return run;
  }

  /**
   * Like `resume`, but gives the run at once: to listen to it, or to cancel it.
   *
   * @throws TypeError for an id or options that are none; `finished` rejects with what `resume` throws
   * @example
   * const run = sales.resuming('r-1', { runLogStore });
   * run.addEventListener('step', ({ detail }) => console.log(detail.path, detail.status));
   * await run.finished;
   */
  resuming(runId: string, options: PipelineRunOptions = {}): Run<Gives> {
    checkOptions(runId, options);
    return new Run({ runId, tag: undefined, parts: this.#parts, options, parameters: undefined });
  }

  /** The definition as data. Functions are named; schemas too. */
  toJSON(): PipelineJson {
    const { name, steps, onFailure } = this.#parts;
    return {
      version: definitionVersion,
      name,
      steps: stepsToJson(steps, ''),
      ...(onFailure.length === 0 ? {} : { onFailure: stepsToJson(onFailure, failurePath) }),
    };
  }

  /** A flowchart in Mermaid's language. */
  toMermaid(): string {
    return toMermaid(this.graph());
  }

  /** The steps as nodes and edges; with a log, how each step stands in that run. */
  graph(): PipelineGraph;
  graph(log: RunLog): PipelineStates;
  graph(log?: RunLog): PipelineGraph {
    const { steps, onFailure } = this.#parts;
    const graph = graphOf(steps, onFailure, failurePath);
    return log === undefined ? graph : withStates(graph, log);
  }
}

/**
 * Defines a pipeline: steps that run one after the other. Each gets the parameters that the run was started with and what the steps
 * before it gave. Everything is checked at once.
 *
 * @throws PipelineDefinitionError, which names the step and its place
 * @example
 * const sales = definePipeline('sales', [
 *   task('load', { run: async ({ month }: { month: string }) => ({ rows: await load(month) }) }),
 *   task('clean', { code: 'rows.filter((row) => row.ok)', returns: 'clean' }),
 * ]);
 */
export function definePipeline<const Steps extends readonly Step[]>(
  name: string,
  steps: Steps & Checked<Steps>,
  options: PipelineOptions = {},
): Pipeline<FlowOf<Steps>['needs'], FlowOf<Steps>['gives']> {
  return new Pipeline(name, steps, options);
}

/** Options of `loadPipeline`. */
export interface LoadOptions {
  /** Functions and schemas, by the names that the definition has for them. @default none */
  readonly functions?: FunctionRegistry;
  /** Checks what a run is started with. @default it is not checked */
  readonly parameters?: StandardSchemaV1;
}

/**
 * A pipeline from JSON or YAML: a text, or data that was parsed. `toJSON()` of a pipeline gives the form. YAML needs the package `yaml`.
 *
 * @throws PipelineDefinitionError for a definition that is wrong, or names a function that is not given
 * @throws Error for a text that is neither JSON nor YAML
 * @example
 * const sales = await loadPipeline(await response.text(), { functions: { load, clean } });
 */
export async function loadPipeline(
  definition: unknown,
  { functions = {}, parameters }: LoadOptions = {},
): Promise<Pipeline> {
  const data = typeof definition === 'string' ? await parsed(definition) : definition;
  const { version, name, steps, onFailure, ...others } = (
    typeof data === 'object' && data !== null ? data : {}
  ) as Record<string, unknown>;
  const pipeline = String(name);
  const fail = (message: string): never => {
    throw new PipelineDefinitionError(pipeline, [{ code: 'invalid-option', node: pipeline, path: '', message }]);
  };
  if (version !== undefined && version !== definitionVersion)
    fail(`version ${String(version)} is not ${definitionVersion}`);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) fail(`a pipeline has no "${unknown}"`);
  const loading = { pipeline, functions };
  return new Pipeline(name as string, stepsFromJson(steps, loading) as readonly Step[], {
    ...(onFailure === undefined
      ? {}
      : { onFailure: stepsFromJson(onFailure, loading, failurePath) as readonly Step[] }),
    ...(parameters === undefined ? {} : { parameters }),
  });
}

async function parsed(text: string): Promise<unknown> {
  return /^\s*[{[]/.test(text) ? (JSON.parse(text) as unknown) : await parseYaml(text);
}

function checkOptions(runId: unknown, { concurrency, inlineLimit, stopGrace }: PipelineRunOptions): void {
  if (typeof runId !== 'string' || runId === '' || runId.length > 200) {
    throw new TypeError(`The id of a run is a text of 1 to 200 characters, not ${JSON.stringify(runId)}.`);
  }
  if (concurrency !== undefined && !(concurrency === Infinity || (Number.isInteger(concurrency) && concurrency > 0))) {
    throw new RangeError(
      `"concurrency" must be a whole number of at least 1, or Infinity, but it is ${String(concurrency)}.`,
    );
  }
  for (const [name, value] of Object.entries({ inlineLimit, stopGrace })) {
    if (value !== undefined && !(value >= 0))
      throw new RangeError(`"${name}" must not be negative, but it is ${String(value)}.`);
  }
}
