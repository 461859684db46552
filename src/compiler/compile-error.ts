/** Source that can't be compiled. Nothing of it has run. */
export class CompileError extends SyntaxError {
  override readonly name = 'SyntaxError';

  constructor(
    /** What is wrong, and what to do instead. */
    message: string,
    /** From 1; `length` in characters. */
    readonly position: { readonly line: number; readonly column: number; readonly length?: number },
  ) {
    super(message);
  }
}
