/** The error of a call on the other side: its name and message, and never a stack. */
export class RemoteError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * An error whose message may cross to the sandbox. For any other error of a host method, the sandbox learns only that the call
 * failed: the message may hold secrets of the page.
 */
export class PublicError extends Error {
  override readonly name: string = 'PublicError';
}
