/** The rule of the protocol that the other side broke. */
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

/** The other side broke the protocol. Its port is already closed. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
  /** The expected message, and the one that came. */
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
    super(`The port to the sandbox is closed: ${reason}.`, options);
  }
}
