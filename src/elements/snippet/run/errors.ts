/** A snippet that has to run before another one failed. */
export class FailedDependencyError extends Error {
  override readonly name = 'FailedDependencyError';

  constructor(
    readonly dependency: string,
    message: string,
  ) {
    super(message);
  }
}

/** The module that a `tools` attribute names could not be loaded, or has no `register`. */
export class ToolsModuleError extends Error {
  override readonly name = 'ToolsModuleError';

  constructor(
    readonly address: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`The tools in ${address} could not be registered: ${reason}`, options);
  }
}

/** What an `import-map` attribute names is not there, or is no import map. */
export class ImportMapError extends Error {
  override readonly name = 'ImportMapError';

  constructor(
    readonly source: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`The import map “${source}” could not be read: ${reason}`, options);
  }
}

/** `auto-run` would have run code that is not the author's. */
export class NotPageCodeError extends Error {
  override readonly name = 'NotPageCodeError';

  constructor(readonly snippet: string) {
    super(`“${snippet}” holds a reader's code, which never runs by itself. Run it by its button or by run().`);
  }
}
