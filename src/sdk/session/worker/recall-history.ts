import type { ExecutorClient } from '../../workers/executor-client.js';
import type { SessionHistory } from '../session-history.js';

/** Tells a new worker what the session has executed. Gives what code can no longer read, in words; `undefined` if it can read all. */
export async function recallHistory(
  client: Pick<ExecutorClient, 'request'>,
  history: Pick<SessionHistory, 'cells'>,
): Promise<string | undefined> {
  const cells = history.cells();
  if (cells.length === 0) return undefined;
  // A worker that is lost meanwhile is replaced, and the next one is told.
  await client.request('recall', { cells }).catch(() => undefined);
  const lost = cells.filter((one) => 'value' in one && one.value === undefined).map(({ cell }) => cell);
  if (lost.length === 0) return undefined;
  const which = `${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ' …' : ''}`;
  return `Out no longer has what these cells gave: ${which}. Objects and long texts end with their worker.`;
}
