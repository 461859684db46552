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
