import { describe, expect, it } from 'vitest';
import type { ExecutorClient } from '../workers/executor-client.js';
import { LatestCheckpoint } from './latest-checkpoint.js';
import type { SessionStorage } from './session-storage.js';
import { playedCheckpoint } from './testing/played-checkpoint.js';

const client = { request: async () => ({ restored: [], lost: [] }) } as unknown as ExecutorClient;

describe('F7: a checkpoint', () => {
  it('says whether the browser has it too', async () => {
    const world = { isKept: true, flushed: 0 };
    const storage: SessionStorage = {
      get isKept() {
        return world.isKept;
      },
      load: async () => undefined,
      changed: () => undefined,
      clear: async () => undefined,
      flush: async () => void world.flushed++,
    };
    const checkpoint = new LatestCheckpoint(
      async () => storage,
      () => undefined,
    );
    await checkpoint.restore(client, false);
    checkpoint.apply(playedCheckpoint(['a']));
    expect(await checkpoint.take(client)).toMatchObject({ names: ['a'], stored: true });
    expect(world.flushed).toBe(1);
    world.isKept = false;
    expect(await checkpoint.take(client)).toMatchObject({ stored: false });
  });

  it('says nothing of it where nothing is to be stored', async () => {
    expect(await new LatestCheckpoint(undefined, () => undefined).take(client)).not.toHaveProperty('stored');
  });
});
