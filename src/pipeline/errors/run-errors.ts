import { CodemodeError } from '../../sdk/errors/codemode-error.js';
import { listed } from '../../sdk/errors/listed-names.js';

/** Something needs the context of a run, and there is none: it was called outside of a task, or after an `await` that nobody instrumented. */
export class NoRunContextError extends CodemodeError {
  override readonly name = 'NoRunContextError';

  constructor(
    /** What needs it, for the message. */
    readonly neededBy: string,
  ) {
    super(`No run context available: ${neededBy} needs one`);
  }
}

/** A task declares a secret that there is not, or asks for one that it does not declare. */
export class SecretNotFoundError extends CodemodeError {
  override readonly name = 'SecretNotFoundError';

  constructor(
    readonly secret: string,
    /** Path of the task. */
    readonly step: string,
    problem: 'missing' | 'undeclared',
  ) {
    super(
      problem === 'missing'
        ? `There is no secret "${secret}", which the task "${step}" declares. Pass it to start: { secrets: { ${secret}: … } }.`
        : `The task "${step}" does not declare the secret "${secret}". Add it: { secrets: ['${secret}'] }.`,
    );
  }
}

/** Two branches of a parallel step gave the same parameter. */
export class MergeConflictError extends CodemodeError {
  override readonly name = 'MergeConflictError';

  constructor(
    readonly parameter: string,
    /** Path of the step. */
    readonly step: string,
    readonly branches: readonly [string, string],
  ) {
    super(
      `The branches "${branches[0]}" and "${branches[1]}" of "${step}" both gave the parameter "${parameter}". Give one of them another name.`,
    );
  }
}

/** No branch of a conditional step has the value's name. */
export class BranchNotFoundError extends CodemodeError {
  override readonly name = 'BranchNotFoundError';

  constructor(
    /** Path of the step. */
    readonly step: string,
    readonly parameter: string,
    readonly value: string,
    readonly available: readonly string[],
  ) {
    super(`"${step}" has no branch for ${parameter} = ${value}. There are: ${listed(available)}.`);
  }
}

/** A loop with `onMax: 'fail'` has had all its rounds. */
export class LoopLimitError extends CodemodeError {
  override readonly name = 'LoopLimitError';

  constructor(
    /** Path of the step. */
    readonly step: string,
    readonly max: number,
    readonly until: string,
  ) {
    super(`"${step}" has run ${max} rounds, and "${until}" is not true.`);
  }
}

/** A value does not fit the schema, or is not what a step can work with. */
export class ParameterError extends CodemodeError {
  override readonly name = 'ParameterError';

  constructor(
    /** Path of the step; empty for the parameters of the run. */
    readonly step: string,
    problem: string,
  ) {
    super(step === '' ? `The parameters of the run don't fit: ${problem}` : `"${step}": ${problem}`);
  }
}

/** An attempt of a task took longer than its `timeout`. */
export class StepTimeoutError extends CodemodeError {
  override readonly name = 'StepTimeoutError';

  constructor(
    /** Path of the step. */
    readonly step: string,
    /** Milliseconds. */
    readonly timeout: number,
  ) {
    super(`The task "${step}" took longer than ${timeout} ms and was stopped.`);
  }
}

/** The code of a cell threw. `name`, `message` and `stack` are those of what it threw. */
export class CellError extends CodemodeError {
  override readonly name: string;
  override readonly stack: string;

  constructor(
    error: { readonly name: string; readonly message: string; readonly stack: string },
    /** Path of the step. */
    readonly step: string,
  ) {
    super(error.message);
    this.name = error.name;
    this.stack = error.stack === '' ? `${error.name}: ${error.message}` : error.stack;
  }
}
