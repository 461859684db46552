/** The source can't be compiled. None of its code has run. */
export class CompileError extends SyntaxError {
  override readonly name = 'SyntaxError';

  constructor(
    /** The mistake, and its correction. */
    message: string,
    /** From 1; `length` in characters. */
    readonly position: { readonly line: number; readonly column: number; readonly length?: number },
  ) {
    super(message);
  }
}

/** @throws CompileError where code is nested deeper than the stack of the engine */
export function refuseTooDeep<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw error instanceof RangeError ? nestedTooDeeply() : error;
  }
}

export function nestedTooDeeply(position: CompileError['position'] = { line: 1, column: 1 }): CompileError {
  const message = 'This code is nested too deeply. Split the longest expression into several statements.';
  return new CompileError(message, position);
}
