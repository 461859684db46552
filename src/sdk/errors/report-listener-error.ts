/** Reports an error of a listener like an uncaught one: only the listener's author can mend it. */
export function reportListenerError(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else console.error(error);
}
