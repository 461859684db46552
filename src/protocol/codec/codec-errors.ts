/**
 * A value that has to be sent whole holds something that can't be sent. `path` leads to it, such as `items[0].run`; `''` is
 * the value itself. The advice says what to send instead.
 */
export class NotSendableError extends Error {
  override readonly name = 'NotSendableError';

  constructor(
    readonly path: string,
    readonly what: string,
    advice = '',
  ) {
    super(`${path && `${path}: `}${what} can't be sent.${advice && ` ${advice}`}`);
  }
}

/** A text that no encoder wrote. */
export class CodecError extends Error {
  override readonly name = 'CodecError';

  constructor(expected: string, received: string) {
    super(`Cannot decode: expected ${expected}, received ${received}.`);
  }
}
