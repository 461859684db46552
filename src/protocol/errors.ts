/** Why a port was closed on its other side's account. */
export type ViolationReason =
  | 'packet'
  | 'grammar'
  | 'method'
  | 'duplicate-id'
  | 'unexpected-reply'
  | 'size'
  | 'rate'
  | 'in-flight'
  | 'payload'
  | 'message';

/** The other side broke the protocol. The port is closed by the time anybody sees this. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
  /** What was expected and what came. */
  readonly detail: string;

  constructor(
    readonly reason: ViolationReason,
    detail: string,
  ) {
    super(`The sandbox broke the protocol (${reason}): ${detail}. Its port was closed; start a new session.`);
    this.detail = detail;
  }
}

/** A call whose port is closed. Whether the other side acted on it is not known. */
export class PortClosedError extends Error {
  override readonly name = 'PortClosedError';

  /** `cause` is the `ProtocolViolation` it was closed for, if it was. */
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`The port to the sandbox is closed: ${reason}. Start a new session.`, options);
  }
}

/** What a call on the other side failed with: a name and a message, and never a stack. */
export class RemoteError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * An error whose message may cross to the sandbox. Of any other that a host method throws, the sandbox learns only that
 * the call failed: the message could hold what code in a page must not see.
 */
export class PublicError extends Error {
  override readonly name: string = 'PublicError';
}

/** A value that has to be sent whole holds something that can't be sent. `path` leads to it; `''` is the value itself. */
export class NotSendableError extends Error {
  override readonly name = 'NotSendableError';

  constructor(
    readonly path: string,
    readonly what: string,
  ) {
    super(`${path === '' ? '' : `${path}: `}${what} can't be sent.`);
  }
}

/** A text that no encoder wrote. */
export class CodecError extends Error {
  override readonly name = 'CodecError';

  constructor(expected: string, received: string) {
    super(`Cannot decode: expected ${expected}, received ${received}.`);
  }
}

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

/**
 * How a sandbox failed. Opening it: `unreachable` (no runner there, or a policy forbids the frame), `timeout`,
 * `aborted`. Later: `worker` (its worker could not start), `traffic` (the gate closed it), `silent` (its process is
 * gone).
 */
export type SandboxFailure = 'unreachable' | 'timeout' | 'aborted' | 'worker' | 'traffic' | 'silent';

/** The sandbox could not be opened, or was lost. The message says what to do. */
export class SandboxFrameError extends Error {
  override readonly name = 'SandboxFrameError';

  constructor(
    readonly failure: SandboxFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
