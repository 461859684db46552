import { CodemodeError, type CodemodeErrorOptions } from './codemode-error.js';
import { listed } from './listed-names.js';
import { nearestName } from '../../text/nearest-name.js';

/** A component can't be registered: its name or its definition is invalid. */
export class InvalidComponentError extends CodemodeError {
  override readonly name = 'InvalidComponentError';

  constructor(
    readonly kind: string,
    readonly component: string,
    /** As in the message: what was expected, and what came. */
    readonly problem: string,
  ) {
    super(`Can't register the ${kind} "${component}": ${problem}`);
  }
}

/** The name is taken. */
export class ComponentExistsError extends CodemodeError {
  override readonly name = 'ComponentExistsError';

  constructor(
    readonly kind: string,
    readonly component: string,
  ) {
    super(`There is a ${kind} "${component}" already. Pass { overwrite: true } to replace it, or unregister it first.`);
  }
}

/** Nothing is registered under the name; the message lists what there is. */
export class ComponentNotFoundError extends CodemodeError {
  override readonly name = 'ComponentNotFoundError';
  /** Code that calls a tool by a wrong name gets this message. */
  readonly public = true;
  readonly nearest: string | undefined;

  constructor(
    readonly kind: string,
    readonly component: string,
    readonly available: readonly string[],
    options: CodemodeErrorOptions = {},
  ) {
    // A tool may have been called without its namespace.
    const nearest = nearestName(component, available) ?? available.find((name) => name.endsWith(`.${component}`));
    super(
      `There is no ${kind} "${component}". ` +
        (nearest === undefined ? '' : `Did you mean ${nearest.includes('.') ? `tools.${nearest}` : `"${nearest}"`}? `) +
        (available.length === 0
          ? `No ${kind} is registered.`
          : `There ${available.length === 1 ? 'is' : 'are'}: ${listed(available)}.`),
      options,
    );
    this.nearest = nearest;
  }
}
