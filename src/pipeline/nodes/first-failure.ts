/** Throws the failure of the first branch, in the order of the definition, that failed. @throws the signal's reason when it has aborted */
export function firstFailure(results: readonly PromiseSettledResult<unknown>[], signal: AbortSignal): void {
  signal.throwIfAborted();
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
