import type { DomServices } from '../kernel/display/dom-part.js';

/**
 * A `setImmediate` for the schedulers of libraries: React's would use a MessageChannel, whose messages come in no context. A task
 * runs in the context of the code that asked for it; if that was stopped, in none, or the scheduler would never go on.
 */
export function carryingImmediate(
  services: DomServices,
): (task: (...args: unknown[]) => void, ...args: unknown[]) => number {
  return (task, ...args) => {
    const { execution, context } = services.ambient();
    services.enter(() =>
      services.later(() => {
        const isStopped = execution?.interruption !== undefined;
        services.run(isStopped ? undefined : execution, isStopped ? undefined : context, () => task(...args));
      }, 0),
    );
    return 0;
  };
}
