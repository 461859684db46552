import { CodemodeError, type CodemodeErrorOptions } from '../errors/errors.js';

/** One thing that is wrong with a value, and where: `['city']`, `['list', 0]`; `[]` is the value itself. */
export interface ValueIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * For tools to throw: its message is meant for the code that called, so it is passed on. Of other errors it is not, unless
 * they have `public: true`.
 */
export class ToolError extends CodemodeError {
  override readonly name: string;
  readonly public = true;

  /** @param options.name what the code sees as the error's name. @default 'ToolError' */
  constructor(message: string, options: CodemodeErrorOptions & { readonly name?: string } = {}) {
    super(message, options);
    this.name = options.name ?? 'ToolError';
  }
}

/** The arguments do not fit the tool's input schema; the tool was not called. */
export class ToolInputError extends ToolError {
  override readonly name = 'ToolInputError';

  constructor(
    readonly tool: string,
    readonly issues: readonly ValueIssue[],
    options: CodemodeErrorOptions = {},
  ) {
    super(`The arguments of tool "${tool}" don't fit: ${issueText(issues)}`, options);
  }
}

/** What the tool returned does not fit its own output schema. */
export class ToolOutputError extends ToolError {
  override readonly name = 'ToolOutputError';

  constructor(
    readonly tool: string,
    readonly issues: readonly ValueIssue[],
    options: CodemodeErrorOptions = {},
  ) {
    super(`Tool "${tool}" returned what does not fit its output schema: ${issueText(issues)}`, options);
  }
}

/** The context lacks variables that the tool requires; the tool was not called. */
export class ContextRequirementError extends ToolError {
  override readonly name = 'ContextRequirementError';

  constructor(
    readonly tool: string,
    readonly missing: readonly string[],
    readonly available: readonly string[],
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `Tool "${tool}" requires ${missing.map((key) => `"${key}"`).join(', ')} in the context, which has ` +
        `${available.length === 0 ? 'no variables' : available.join(', ')}. ` +
        `Pass it from the host: execute(code, { context: { ${missing[0] ?? ''}: … } }).`,
      options,
    );
  }
}

/** The tool took longer than it may; its signal was aborted. */
export class ToolTimeoutError extends ToolError {
  override readonly name = 'ToolTimeoutError';

  constructor(
    readonly tool: string,
    /** Milliseconds. */
    readonly timeout: number,
    options: CodemodeErrorOptions = {},
  ) {
    super(`Tool "${tool}" took longer than ${Math.round(timeout)} ms.`, options);
  }
}

/** The reader was asked, and did not allow the call. */
export class ToolDeniedError extends ToolError {
  override readonly name = 'ToolDeniedError';

  constructor(
    readonly tool: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(`The call of tool "${tool}" was not allowed.`, options);
  }
}

function issueText(issues: readonly ValueIssue[]): string {
  const shown = issues
    .slice(0, 5)
    .map(({ path, message }) => (path.length === 0 ? message : `${pathText(path)}: ${message}`));
  const more = issues.length - shown.length;
  return shown.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
