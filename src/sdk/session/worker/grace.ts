import { after } from '../../../protocol/resources/timers.js';
import type { ExecutorClient } from '../../workers/executor-client.js';

/** Parts of a grace, each with a task of its own: between two of them messages that have come are heard. */
const parts = 5;

/**
 * Whether it settles before the worker was silent for the grace. What else the worker answers meanwhile shows that it is not
 * blocked, and the grace begins anew. On a busy machine the grace is longer: its frame has to be heard in each part of it.
 * @param grace milliseconds
 */
export async function settlesInGrace(
  client: Pick<ExecutorClient, 'heard' | 'probe'>,
  settled: Promise<unknown>,
  grace: number,
): Promise<boolean> {
  let isSettled = false;
  const done = settled.then(() => {
    isSettled = true;
  });
  let { heard } = client;
  for (let part = 0; part < parts && !isSettled; part++) {
    let cancel = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      cancel = after(grace / parts, resolve);
    });
    await Promise.race([done, over]);
    cancel();
    if (!isSettled) await Promise.race([done, client.probe()]);
    if (client.heard !== heard) part = -1;
    heard = client.heard;
  }
  return isSettled;
}
