import { expect, it, vi } from 'vitest';
import { RuntimeContext } from '../../context/runtime-context.js';
import { liveResources } from '../../protocol/resources/live-resources.js';
import { notSuspended } from '../session/worker/suspension-outcome.js';
import { ExecutorClient } from './executor-client.js';
import type { WorkerLease } from './worker-pool.js';

it('releases a worker that it gets after its end', async () => {
  const before = liveResources();
  let give = (_lease: WorkerLease): void => undefined;
  const client = new ExecutorClient({
    pool: {
      lease: () =>
        new Promise((resolve) => {
          give = resolve;
        }),
    },
    holder: { name: 's', idleSince: undefined, suspend: async () => notSuspended() },
    api: {
      callTool: () => undefined,
      cancelToolCall: () => undefined,
      output: () => undefined,
      running: () => undefined,
      checkpoint: () => undefined,
      loadPart: () => '',
      mutate: () => undefined,
      loadModule: async () => ({ url: '', source: '' }),
    },
    settings: { config: {}, importMap: {}, baseUrl: 'http://localhost/', lateWork: 0 },
    limits: { requestTimeout: 1_000 },
    housekeepingContext: () => new RuntimeContext().toJSON(),
    onLost: () => undefined,
  });
  const opening = client.open();
  client.close();
  await expect(opening).rejects.toThrow('Client has been closed');
  const release = vi.fn();
  const connection = { request: vi.fn(), watch: vi.fn(), terminate: vi.fn() };
  give({ connection, release });
  await vi.waitFor(() => expect(release).toHaveBeenCalledExactlyOnceWith('it is no longer needed'));
  expect(connection.request).not.toHaveBeenCalled();
  expect(liveResources()).toEqual(before);
});
