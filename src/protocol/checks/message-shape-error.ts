/** A message that does not have the shape its method asks for; `path` is the way to the first offending field. */
export class MessageShapeError extends Error {
  override readonly name = 'MessageShapeError';

  constructor(
    readonly path: string,
    readonly expected: string,
    readonly received: string,
  ) {
    super(`Invalid message${path === '' ? '' : ` at ${path}`}: expected ${expected}, received ${received}.`);
  }
}
