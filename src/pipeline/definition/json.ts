import { PipelineDefinitionError } from '../errors/definition-errors.js';
import type { AnyStep, Step } from './step.js';
import { optionsOf } from './validate.js';

/** Version of the JSON form. */
export const definitionVersion = 1;

/** A step as JSON: functions are named, schemas left out. */
export type StepJson = { readonly kind: string; readonly name: string } & Readonly<Record<string, unknown>>;

/** A definition as JSON. `run` and `reduce` hold names of functions, which `loadPipeline` finds in its registry. */
export interface PipelineJson {
  readonly version: typeof definitionVersion;
  readonly name: string;
  readonly steps: readonly StepJson[];
  readonly onFailure?: readonly StepJson[];
}

/** Functions and schemas by the names that JSON or YAML has for them. */
export interface FunctionRegistry {
  readonly [name: string]: unknown;
}

/** The names of functions that were loaded by name. */
const loadedNames = new WeakMap<object, string>();

function stepToJson(given: Step, path: string): StepJson {
  const step = given as AnyStep;
  const json: Record<string, unknown> = { kind: step.kind, name: step.name };
  for (const key of [...(optionsOf[step.kind] ?? []), 'onFailure']) {
    const value = (step as unknown as Readonly<Record<string, unknown>>)[key];
    if (value === undefined || isDefault(key, value)) continue;
    json[key] =
      key === 'steps' || key === 'onFailure'
        ? stepsToJson(value as readonly Step[], path)
        : key === 'branches'
          ? Object.fromEntries(
              Object.entries(value as Record<string, readonly Step[]>).map(([name, steps]) => [
                name,
                stepsToJson(steps, `${path}/${name}`),
              ]),
            )
          : key === 'run' || key === 'reduce' || key === 'input' || key === 'output'
            ? functionName(value as object, key, path)
            : value;
  }
  return json as StepJson;
}

export const stepsToJson = (steps: readonly Step[], around: string): readonly StepJson[] =>
  steps.map((step) => stepToJson(step, around === '' ? step.name : `${around}/${step.name}`));

/** The name under which it was loaded, or its own, or one by its place. */
function functionName(value: object, key: string, path: string): string {
  const loaded = loadedNames.get(value);
  if (loaded !== undefined) return loaded;
  const own = (value as { name?: unknown }).name;
  if (typeof own === 'string' && own !== '' && own !== key) return own;
  return key === 'run' ? path : `${path}.${key}`;
}

const defaults: Readonly<Record<string, unknown>> = {
  secretsInSandbox: false,
  retries: 0,
  keep: 'auto',
  onMax: 'continue',
};

const isDefault = (key: string, value: unknown): boolean =>
  (Object.hasOwn(defaults, key) && defaults[key] === value) || (key === 'secrets' && (value as []).length === 0);

interface Loading {
  readonly pipeline: string;
  readonly functions: FunctionRegistry;
}

/** Steps of JSON or YAML, with the functions that they name. What is wrong otherwise is left to the validation. */
export function stepsFromJson(steps: unknown, loading: Loading, around = ''): unknown {
  if (!Array.isArray(steps)) return steps;
  return steps.map((step: unknown) => {
    if (typeof step !== 'object' || step === null) return step;
    const { name } = step as { name?: unknown };
    const path = around === '' ? String(name) : `${around}/${String(name)}`;
    return Object.freeze({ ...defaultsOf(step), ...Object.fromEntries(entriesOf(step, loading, path)) });
  });
}

function defaultsOf(step: object): object {
  const { kind } = step as { kind?: unknown };
  if (kind === 'task') return { secrets: [], secretsInSandbox: false, retries: 0, keep: 'auto' };
  return kind === 'loop' ? { onMax: 'continue' } : {};
}

function entriesOf(step: object, loading: Loading, path: string): [string, unknown][] {
  return Object.entries(step).map(([key, value]: [string, unknown]) => {
    switch (key) {
      case 'steps':
      case 'onFailure':
        return [key, stepsFromJson(value, loading, path)];
      case 'branches':
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return [key, value];
        return [
          key,
          Object.fromEntries(
            Object.entries(value).map(([name, branch]) => [name, stepsFromJson(branch, loading, `${path}/${name}`)]),
          ),
        ];
      case 'run':
      case 'reduce':
      case 'input':
      case 'output':
        return [key, typeof value === 'string' ? functionNamed(value, key, loading, path) : value];
      default:
        return [key, value];
    }
  });
}

function functionNamed(name: string, key: string, { pipeline, functions }: Loading, path: string): unknown {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (found === undefined) {
    const node = path.slice(path.lastIndexOf('/') + 1);
    const message = `"${key}" names "${name}", which is not in { functions }`;
    throw new PipelineDefinitionError(pipeline, [{ code: 'unknown-function', node, path, message }]);
  }
  if (typeof found === 'function' || typeof found === 'object') loadedNames.set(found as object, name);
  return found;
}
