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
