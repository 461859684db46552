/** What a listener throws concerns nobody but its author: it is shown where uncaught errors are. */
export function reportListenerError(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else console.error(error);
}
