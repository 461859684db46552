import type { NameLoss } from '../../../protocol/messages/checkpoint.js';
import type { ExecutorClient } from '../../workers/executor-client.js';
import type { SessionHistory } from '../session-history.js';

/** Tells a new worker what the session has executed. Gives what code can no longer read, by name. */
export async function recallHistory(
  client: Pick<ExecutorClient, 'request'>,
  history: Pick<SessionHistory, 'cells'>,
): Promise<readonly NameLoss[]> {
  const cells = history.cells();
  if (cells.length === 0) return [];
  // A worker that is lost meanwhile is replaced, and the next one is told.
  await client.request('recall', { cells }).catch(() => undefined);
  const lost = cells.filter((one) => 'value' in one && one.value === undefined).map(({ cell }) => cell);
  if (lost.length === 0) return [];
  const which = `${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ' …' : ''}`;
  return [
    { name: 'Out', reason: `it keeps no objects and long texts for a new worker, such as those of cells ${which}` },
  ];
}
