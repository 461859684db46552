import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { Checkpoints } from '../checkpoint/checkpoints.js';
import { FunctionSources } from '../execution/function-sources.js';
import { SourceFiles } from '../execution/source-files.js';
import { Namespace } from '../namespace/namespace.js';
import { PendingPromises } from '../namespace/pending-promises.js';
import { SessionOutput } from '../console/session-output.js';
import { ServedKernel } from './served-kernel.js';

/** Steps of the kernel between the arrival of an execution and its report. */
const steps: readonly (readonly [string, object, string])[] = [
  ['the name of the file', SourceFiles.prototype, 'sourceNameFor'],
  ['the limits of names', Namespace.prototype, 'refusalOf'],
  ['the frames of the cell', SourceFiles.prototype, 'addCell'],
  ['the sources of functions', FunctionSources.prototype, 'add'],
  ['the start for checkpoints', Checkpoints.prototype, 'begins'],
  ['what is pending', PendingPromises.prototype, 'entries'],
  ['watching promises', PendingPromises.prototype, 'observe'],
  ['counting promises', PendingPromises.prototype, 'track'],
  ['the end for checkpoints', Checkpoints.prototype, 'ended'],
  ['waiting for the output', SessionOutput.prototype, 'whenSent'],
];

const kernel = new ServedKernel();
const started = kernel.start();
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
// What the kernel throws after the report is uncaught there.
const events = ['uncaughtException', 'unhandledRejection'] as const;
const listeners = events.map((event) => process.listeners(event as 'uncaughtException'));
for (const event of events) process.removeAllListeners(event).on(event, note);

afterEach(() => vi.restoreAllMocks());
afterAll(() => {
  for (const [index, event] of events.entries()) {
    process.off(event, note);
    for (const listener of listeners[index]!) process.on(event, listener as () => void);
  }
  kernel.close();
});

describe('an execution ends', () => {
  it.each(steps)('F3: when the kernel throws at %s', async (_, owner, method) => {
    await started;
    await kernel.run('let kept = 1');
    let faults = 0;
    vi.spyOn(owner as Record<string, () => unknown>, method).mockImplementationOnce(() => {
      faults++;
      throw new Error('a fault of the kernel');
    });
    const ended = await kernel.run('let later = Promise.resolve(2); kept + 1').then(
      ({ error, value }) => error?.message ?? value,
      (error: Error) => error.message,
    );
    expect(faults).toBe(1);
    expect([2, 'a fault of the kernel']).toContain(ended);
    expect((await kernel.run('kept')).value).toBe(1);
    expect(uncaught.every((error) => (error as Error).message === 'a fault of the kernel')).toBe(true);
  });
});
