import { CodemodeError } from '../errors/codemode-error.js';

/** An edge that the rules don't have, or a machine that is not where the caller expected it. */
export class IllegalTransitionError extends CodemodeError {
  override readonly name = 'IllegalTransitionError';

  constructor(
    readonly from: string,
    readonly to: string,
    /** Where the machine is; another than `from` where the caller's expectation was wrong. */
    readonly actual: string,
    legal: readonly string[],
  ) {
    super(
      actual === from
        ? `Can't go from "${from}" to "${to}". From "${from}" it goes to: ${legal.join(', ') || 'nowhere, it is final'}.`
        : `Can't go from "${from}" to "${to}": the state is "${actual}". Read the state again before the transition.`,
    );
  }
}
