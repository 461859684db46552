import { CodemodeError } from '../../sdk/errors/codemode-error.js';
import { listed } from '../../sdk/errors/listed-names.js';

/** Nothing in the catalog of a run has a name that the pattern matches. */
export class CatalogNotFoundError extends CodemodeError {
  override readonly name = 'CatalogNotFoundError';

  constructor(
    readonly pattern: string,
    readonly runId: string,
    readonly available: readonly string[],
  ) {
    super(
      `Nothing in the catalog of the run "${runId}" matches "${pattern}". ` +
        (available.length === 0
          ? 'It is empty.'
          : `There ${available.length === 1 ? 'is' : 'are'}: ${listed(available)}.`),
    );
  }
}

/** What the catalog has under a name is not what was put there. */
export class CatalogIntegrityError extends CodemodeError {
  override readonly name = 'CatalogIntegrityError';

  constructor(
    readonly entry: string,
    readonly runId: string,
    /** SHA-256 in hex, when it was put there. */
    readonly expected: string,
    readonly actual: string,
  ) {
    super(
      `The data of "${entry}" in the catalog of the run "${runId}" was changed: its hash is ${actual}, not ${expected}.`,
    );
  }
}

/** There is a run with that id already. */
export class RunExistsError extends CodemodeError {
  override readonly name = 'RunExistsError';

  constructor(readonly runId: string) {
    super(`There is a run "${runId}" already. Resume it, or start one with another id.`);
  }
}

/** The run log store has no run with that id. */
export class RunNotFoundError extends CodemodeError {
  override readonly name = 'RunNotFoundError';

  constructor(readonly runId: string) {
    super(`The run log store has no run "${runId}".`);
  }
}

/** A run log cannot be read: it is of another version, of another pipeline, or not a run log. */
export class RunLogFormatError extends CodemodeError {
  override readonly name = 'RunLogFormatError';

  constructor(
    readonly runId: string,
    readonly problem: string,
  ) {
    super(`The log of the run "${runId}" can't be used: ${problem}`);
  }
}

/** A run is under way already, in this page or process. */
export class RunActiveError extends CodemodeError {
  override readonly name = 'RunActiveError';

  constructor(readonly runId: string) {
    super(`The run "${runId}" is under way already. Wait for it, or cancel it.`);
  }
}
