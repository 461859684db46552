/** A variable was asked for that the context does not have, or may not be changed. */
export class ContextKeyError extends Error {
  override readonly name = 'ContextKeyError';

  constructor(
    message: string,
    readonly key: string,
    /** The keys there are. */
    readonly available: readonly string[],
  ) {
    super(message);
  }

  static missing(key: string, available: readonly string[]): ContextKeyError {
    const there = available.length === 0 ? 'It has no variables.' : `It has: ${available.join(', ')}.`;
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

/** A value can't be part of a context: it is not plain data, or there is too much of it. */
export class ContextValueError extends Error {
  override readonly name = 'ContextValueError';

  constructor(
    /** Where it stands: `variables.user.tags[0]`. */
    readonly path: string,
    problem: string,
  ) {
    super(`${path} ${problem}`);
  }
}

/** Something needed the current context, and there is none. */
export class NoContextError extends Error {
  override readonly name = 'NoContextError';

  constructor(
    /** What needed it, for the message. */
    readonly neededBy: string,
  ) {
    super(
      `No context available; ${neededBy} needs one. ` +
        'Run it inside runWithContext(context, fn), or inside code started by session.execute().',
    );
  }
}
