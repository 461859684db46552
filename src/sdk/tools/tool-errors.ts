import { CodemodeError, type CodemodeErrorOptions } from '../errors/codemode-error.js';

/** A problem of a value, and its path: `['city']`, `['list', 0]`; `[]` is the value itself. */
export interface ValueIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * An error for tools to throw. The code that called gets its name and message. Of other errors it learns only that the tool
 * failed, unless they have `public: true`.
 *
 * @example
 * throw new ToolError('There is no city “Atlantis”.', { name: 'UnknownCityError' });
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

/** Options of a `ToolValueError`. */
export interface ToolValueErrorOptions extends CodemodeErrorOptions {
  /** The value that was refused. */
  readonly received?: unknown;
}

/** A value does not fit a schema of the tool: the arguments (`ToolInputError`) or the result (`ToolOutputError`). */
export abstract class ToolValueError extends ToolError {
  /** The value that was refused. It stays on the host: code gets the name and the message. */
  readonly received: unknown;

  constructor(
    problem: string,
    readonly tool: string,
    readonly issues: readonly ValueIssue[],
    options: ToolValueErrorOptions,
  ) {
    super(`${problem}: ${issueText(issues)}`, options);
    this.received = options.received;
  }
}

/** The arguments don't fit the input schema of the tool. The tool did not run. */
export class ToolInputError extends ToolValueError {
  override readonly name = 'ToolInputError';

  /** @param options.received the arguments */
  constructor(tool: string, issues: readonly ValueIssue[], options: ToolValueErrorOptions = {}) {
    super(`The arguments of tool "${tool}" don't fit`, tool, issues, options);
  }
}

/** The result of the tool does not fit its output schema. */
export class ToolOutputError extends ToolValueError {
  override readonly name = 'ToolOutputError';

  /** @param options.received the result */
  constructor(tool: string, issues: readonly ValueIssue[], options: ToolValueErrorOptions = {}) {
    super(`Tool "${tool}" returned a value that does not fit its output schema`, tool, issues, options);
  }
}

/** The context lacks variables that the tool requires. The tool did not run. */
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

/** The tool took longer than its timeout. Its signal was aborted. */
export class ToolTimeoutError extends ToolError {
  override readonly name = 'ToolTimeoutError';

  constructor(
    readonly tool: string,
    /** Milliseconds; 0 where the time of the code was up before the call. */
    readonly timeout: number,
    options: CodemodeErrorOptions = {},
  ) {
    super(
      timeout > 0
        ? `Tool "${tool}" took longer than ${Math.round(timeout)} ms. Ask for less, or raise the timeout of the tool or of the code.`
        : `Tool "${tool}" was not called: the time of the code was up. Call it earlier, or raise the timeout of the code.`,
      options,
    );
  }
}

/** The execution that called ended longer than `limits.lateToolCalls` ago. The tool did not run. */
export class LateToolCallError extends ToolError {
  override readonly name = 'LateToolCallError';

  constructor(
    readonly tool: string,
    /** Milliseconds. */
    readonly limit: number,
    options: CodemodeErrorOptions = {},
  ) {
    super(`Tool "${tool}" was called more than ${limit} ms after its code had ended. Await it sooner.`, options);
  }
}

/** The call was not approved. The tool did not run. */
export class ToolDeniedError extends ToolError {
  override readonly name = 'ToolDeniedError';

  constructor(
    readonly tool: string,
    options: CodemodeErrorOptions = {},
  ) {
    super(
      `The call of tool "${tool}" was not approved. Continue without it, or ask the reader to approve it.`,
      options,
    );
  }
}

/**
 * An error of a tool as code sees it: the error itself if it is public, else one that only says that the tool failed, since the
 * message may hold secrets.
 *
 * @param report gets an error that the code does not see. @default console.error
 */
export function publicToolError(thrown: unknown, tool: string, report?: (error: unknown, tool: string) => void): Error {
  if (thrown instanceof Error && (thrown as { public?: unknown }).public === true) {
    return thrown instanceof CodemodeError
      ? thrown
      : new ToolError(thrown.message, { name: thrown.name, cause: thrown });
  }
  if (report === undefined) console.error(`Tool "${tool}" failed:`, thrown);
  else report(thrown, tool);
  return new ToolError(`Tool "${tool}" failed`, { cause: thrown });
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
