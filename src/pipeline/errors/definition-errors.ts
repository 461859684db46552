import { CodemodeError } from '../../sdk/errors/codemode-error.js';

/** What can be wrong with a definition. */
export type DefinitionProblemCode =
  | 'duplicate-name'
  | 'invalid-name'
  | 'invalid-step'
  | 'invalid-option'
  | 'missing-maximum'
  | 'unknown-branch'
  | 'unknown-function'
  | 'unknown-kind'
  | 'unknown-option'
  | 'no-steps';

/** One thing that is wrong with a definition. */
export interface DefinitionProblem {
  readonly code: DefinitionProblemCode;
  /** Name of the step; of the pipeline where it is none of a step. */
  readonly node: string;
  /** Of the step: `features/left/size`; empty for the pipeline. */
  readonly path: string;
  readonly message: string;
}

/** A pipeline cannot be defined. The message tells the first problem with its place; `problems` has all of them. */
export class PipelineDefinitionError extends CodemodeError {
  override readonly name = 'PipelineDefinitionError';
  readonly code: DefinitionProblemCode;
  /** Name of the step with the first problem. */
  readonly node: string;
  /** Place of the first problem: `features/left/size`. */
  readonly path: string;

  constructor(
    readonly pipeline: string,
    readonly problems: readonly [DefinitionProblem, ...DefinitionProblem[]],
  ) {
    const [first] = problems;
    const place = first.path === '' ? '' : ` at "${first.path}"`;
    const more = problems.length === 1 ? '' : ` There are ${problems.length - 1} more problems.`;
    super(`The pipeline "${pipeline}" can't be defined: ${first.message}${place}.${more}`);
    this.code = first.code;
    this.node = first.node;
    this.path = first.path;
  }
}
