import { nearestName } from '../../text/nearest-name.js';
import {
  PipelineDefinitionError,
  type DefinitionProblem,
  type DefinitionProblemCode,
} from '../errors/definition-errors.js';

type Fields = Readonly<Record<string, unknown>>;

/** The options of each kind of step, beside `kind`, `name` and `onFailure`. */
export const optionsOf: Readonly<Record<string, readonly string[]>> = {
  task: [
    'run',
    'code',
    'returns',
    'secrets',
    'secretsInSandbox',
    'retries',
    'backoff',
    'timeout',
    'keep',
    'input',
    'output',
  ],
  parallel: ['branches', 'concurrency'],
  map: ['over', 'as', 'reduce', 'concurrency', 'steps'],
  conditional: ['on', 'branches', 'otherwise'],
  loop: ['until', 'max', 'onMax', 'steps'],
  stub: [],
};

/** No `/`, which parts paths, and no `@`, which marks the steps of a failure in them. */
const namePattern = /^[\p{L}\p{N}_][\p{L}\p{N}_.:-]*(?: [\p{L}\p{N}_.:-]+)*$/u;

/** The mark of the steps that run on failure, in paths. */
export const failurePath = '@onFailure';

/** Checks a whole definition. @throws PipelineDefinitionError with all problems */
export function validateDefinition(name: unknown, steps: unknown, onFailure: unknown): void {
  const problems: DefinitionProblem[] = [];
  const pipeline = typeof name === 'string' ? name : String(name);
  const check = new Check(problems);
  if (!isName(name)) check.report('invalid-name', pipeline, '', `${shown(name)} is not a name`);
  check.steps(steps, '', pipeline);
  if (onFailure !== undefined) check.steps(onFailure, `${failurePath}/`, pipeline);
  const [first, ...others] = problems;
  if (first !== undefined) throw new PipelineDefinitionError(pipeline, [first, ...others]);
}

class Check {
  readonly #problems: DefinitionProblem[];
  /** Around the step: a definition that contains itself never ends. */
  readonly #around = new Set<unknown>();

  constructor(problems: DefinitionProblem[]) {
    this.#problems = problems;
  }

  report(code: DefinitionProblemCode, node: string, path: string, message: string): void {
    this.#problems.push({ code, node, path, message });
  }

  /** @param prefix of the paths: empty, or a path with a `/` at its end @param owner the step, or the pipeline, that has them */
  steps(steps: unknown, prefix: string, owner: string): void {
    const place = prefix.replace(/\/$/, '');
    if (!Array.isArray(steps)) {
      this.report('invalid-step', owner, place, `expected a list of steps, but got ${shown(steps)}`);
      return;
    }
    if (steps.length === 0) this.report('no-steps', owner, place, 'the list of steps is empty: put a stub there');
    const names = new Set<string>();
    for (const [index, step] of steps.entries()) {
      if (typeof step !== 'object' || step === null) {
        this.report('invalid-step', owner, `${prefix}${index}`, `expected a step, but got ${shown(step)}`);
        continue;
      }
      const { name } = step as Fields;
      if (typeof name === 'string' && names.has(name)) {
        this.report('duplicate-name', name, `${prefix}${name}`, `there are two steps called "${name}"`);
      }
      names.add(name as string);
      this.#step(step as Fields, `${prefix}${typeof name === 'string' ? name : index}`);
    }
  }

  #step(step: Fields, path: string): void {
    const { kind, name } = step;
    const node = typeof name === 'string' ? name : String(name);
    const report = (code: DefinitionProblemCode, message: string): void => this.report(code, node, path, message);
    if (!isName(name)) report('invalid-name', `${shown(name)} is not a name: use letters, digits and _ . : -`);
    const options = typeof kind === 'string' && Object.hasOwn(optionsOf, kind) ? optionsOf[kind] : undefined;
    if (options === undefined) {
      report('unknown-kind', `there is no kind of step ${shown(kind)}: there are ${Object.keys(optionsOf).join(', ')}`);
      return;
    }
    if (this.#around.has(step)) {
      report('invalid-step', 'the step contains itself');
      return;
    }
    const all = ['kind', 'name', 'onFailure', ...options];
    for (const key of Object.keys(step)) {
      if (all.includes(key) || step[key] === undefined) continue;
      const nearest = nearestName(key, all);
      report(
        'unknown-option',
        `a ${kind as string} has no option "${key}"${nearest ? `; did you mean "${nearest}"?` : ''}`,
      );
    }
    this.#around.add(step);
    this.#options(step, report, path);
    if (step['onFailure'] !== undefined) this.steps(step['onFailure'], `${path}/${failurePath}/`, node);
    this.#around.delete(step);
  }

  #options(step: Fields, report: (code: DefinitionProblemCode, message: string) => void, path: string): void {
    const invalid = (option: string, expected: string): void =>
      report('invalid-option', `"${option}" must be ${expected}, but it is ${shown(step[option])}`);
    const parameter = (option: string): void => {
      if (!isParameter(step[option])) invalid(option, 'the name of a parameter');
    };
    const count = (option: string, least: number): void => {
      const value = step[option];
      if (value !== undefined && !(Number.isInteger(value) && (value as number) >= least))
        invalid(option, `a whole number of at least ${least}`);
    };
    const node = String(step['name']);
    const branches = (): string[] => {
      const all = step['branches'];
      if (typeof all !== 'object' || all === null || Array.isArray(all)) {
        invalid('branches', 'an object with a list of steps for each branch');
        return [];
      }
      const names = Object.keys(all);
      if (names.length === 0) report('no-steps', 'there is no branch');
      for (const [name, steps] of Object.entries(all)) {
        if (!isName(name)) report('invalid-name', `the branch ${shown(name)} has no valid name`);
        this.steps(steps, `${path}/${name}/`, node);
      }
      return names;
    };
    switch (step['kind']) {
      case 'task':
        checkTask(step, report, { invalid, parameter, count });
        break;
      case 'parallel':
        branches();
        count('concurrency', 1);
        break;
      case 'map':
        parameter('over');
        parameter('as');
        count('concurrency', 1);
        if (step['reduce'] !== undefined && typeof step['reduce'] !== 'function') invalid('reduce', 'a function');
        this.steps(step['steps'], `${path}/`, node);
        break;
      case 'conditional': {
        parameter('on');
        const names = branches();
        const { otherwise } = step;
        if (otherwise !== undefined && !names.includes(otherwise as string)) {
          report(
            'unknown-branch',
            `"otherwise" names the branch ${shown(otherwise)}, but there are: ${names.join(', ')}`,
          );
        }
        break;
      }
      case 'loop':
        parameter('until');
        if (step['max'] === undefined) report('missing-maximum', 'a loop needs a maximum of rounds: { max: 10 }');
        count('max', 1);
        if (!['continue', 'fail'].includes(step['onMax'] as string)) invalid('onMax', '"continue" or "fail"');
        this.steps(step['steps'], `${path}/`, node);
        break;
      default:
    }
  }
}

interface OptionChecks {
  invalid(option: string, expected: string): void;
  parameter(option: string): void;
  count(option: string, least: number): void;
}

function checkTask(
  step: Fields,
  report: (code: DefinitionProblemCode, message: string) => void,
  { invalid, parameter, count }: OptionChecks,
): void {
  const { run, code, returns, secrets, secretsInSandbox, timeout, backoff, keep } = step;
  if (run === undefined && code === undefined) report('invalid-option', 'a task needs a function `run`, or `code`');
  if (run !== undefined && code !== undefined) report('invalid-option', 'a task has `run` or `code`, not both');
  if (run !== undefined && typeof run !== 'function') invalid('run', 'a function');
  if (code !== undefined && typeof code !== 'string') invalid('code', 'a text');
  if (returns !== undefined) parameter('returns');
  if (!Array.isArray(secrets) || !secrets.every((name) => typeof name === 'string' && name !== ''))
    invalid('secrets', 'a list of names');
  if (typeof secretsInSandbox !== 'boolean') invalid('secretsInSandbox', 'true or false');
  count('retries', 0);
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout > 0)) invalid('timeout', 'a positive number');
  if (!['auto', 'catalog', 'memory'].includes(keep as string)) invalid('keep', '"auto", "catalog" or "memory"');
  if (backoff !== undefined && !isBackoff(backoff))
    invalid('backoff', 'an object { base, factor, max, jitter } of numbers');
  for (const side of ['input', 'output']) {
    if (step[side] !== undefined && !isSchema(step[side])) invalid(side, 'a Standard Schema');
  }
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 200 && namePattern.test(value);

const isParameter = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value.length <= 200 && value !== '__proto__';

function isBackoff(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([key, part]) =>
      ['base', 'factor', 'max', 'jitter'].includes(key) &&
      (part === undefined || (typeof part === 'number' && part >= 0)),
  );
}

const isSchema = (value: unknown): boolean =>
  (typeof value === 'object' || typeof value === 'function') &&
  value !== null &&
  typeof (value as { '~standard'?: { validate?: unknown } })['~standard']?.validate === 'function';

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
