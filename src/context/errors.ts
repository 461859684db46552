import { apply } from './pristine-built-ins.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
const { join } = Array.prototype;

/** The context has no variable of that name, or the host protects it. */
export class ContextKeyError extends Error {
  override readonly name = 'ContextKeyError';

  constructor(
    message: string,
    readonly key: string,
    /** The names of the variables that exist. */
    readonly available: readonly string[],
  ) {
    super(message);
  }

  static missing(key: string, available: readonly string[]): ContextKeyError {
    const there = available.length === 0 ? 'It has no variables.' : `It has: ${apply(join, available, [', '])}.`;
    return new ContextKeyError(
      `The context has no variable "${key}". ${there} Pass it from the host: execute(code, { context: { ${key}: … } }).`,
      key,
      available,
    );
  }

  static protected(key: string, available: readonly string[]): ContextKeyError {
    return new ContextKeyError(
      `The context variable "${key}" was set by the host and can't be replaced by code. Use another name.`,
      key,
      available,
    );
  }
}

/** A value of a context is not plain data, too large, or wrong for its field. */
export class ContextValueError extends Error {
  override readonly name = 'ContextValueError';

  constructor(
    /** Place of the value: `variables.user.tags[0]`. */
    readonly path: string,
    problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}

/** A caller needs the current context, and there is none. */
export class NoContextError extends Error {
  override readonly name = 'NoContextError';

  constructor(
    /** Name of the caller, for the message. */
    readonly neededBy: string,
  ) {
    super(
      `No context available; ${neededBy} needs one. ` +
        'Run it inside runWithContext(context, fn), or inside code started by session.execute().',
    );
  }
}
