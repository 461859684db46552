/** A dependency of a snippet failed. */
export class FailedDependencyError extends Error {
  override readonly name = 'FailedDependencyError';

  constructor(
    readonly dependency: string,
    message: string,
  ) {
    super(message);
  }
}

/** The module of a `tools` attribute failed to load, or exports no `register`. */
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

/** The import map of an `import-map` attribute is missing or invalid. */
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

/** `auto-run` refused to run edited code. */
export class NotPageCodeError extends Error {
  override readonly name = 'NotPageCodeError';

  constructor(readonly snippet: string) {
    super(
      `The snippet “${snippet}” holds code that its reader changed, which is not run automatically. Press Run, or call run().`,
    );
  }
}
