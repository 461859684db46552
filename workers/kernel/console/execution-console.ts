import type { IsProxy } from '../../../src/protocol/intrinsics/brand.js';
import type { Execution } from '../execution/execution.js';
import { intrinsics } from '../realm/intrinsics.js';
import { createConsole } from './console.js';
import type { PlainMethod, SessionOutput } from './session-output.js';

const now = performance.now.bind(performance);

/** Console methods that only write their arguments. */
const plainMethods: ReadonlySet<string> = new Set<PlainMethod>(['log', 'info', 'debug']);

/** The reader's `console`, which writes to the output of the execution that calls it. */
export function executionConsole(
  output: SessionOutput,
  ambientExecution: () => Execution | undefined,
  isProxy: IsProxy,
): Console {
  const console = createConsole({
    write: (entry) => output.write(ambientExecution(), entry),
    preview: (value) => output.preview(value),
    isProxy,
    callerFrames: () => output.callerFrames(),
    changeGroupDepth: (by) => {
      const execution = ambientExecution();
      if (execution !== undefined) execution.groupDepth = Math.max(0, execution.groupDepth + by);
    },
    now,
  }) as unknown as Record<string, (...args: unknown[]) => void>;
  for (const [name, method] of Object.entries(console)) {
    const isPlain = plainMethods.has(name);
    console[name] = {
      [name]: (...args: unknown[]): void => {
        // Entering the bracket is the expensive part of a call, which matters in a flood.
        if (isPlain && output.writePlain(ambientExecution(), name as PlainMethod, args)) return;
        intrinsics.enter(() => method(...args));
      },
    }[name]!;
  }
  return console as unknown as Console;
}
