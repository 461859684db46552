import { describe, expect, it } from 'vitest';
import { takeTurn } from './turns.js';

describe('turns', () => {
  it('come in the order in which they were asked for, never in the task that asked', async () => {
    const order: string[] = [];
    const done = ['a', 'b', 'c'].map(async (name) => {
      await takeTurn();
      order.push(name);
    });
    order.push('asked');
    await Promise.resolve();
    expect(order).toEqual(['asked']);
    await Promise.all(done);
    expect(order).toEqual(['asked', 'a', 'b', 'c']);
  });

  it('leave the task when work takes its time', async () => {
    const tasks = new Set<number>();
    let task = 0;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (task += 1);
    const busy = async (): Promise<void> => {
      await takeTurn();
      tasks.add(task);
      const end = performance.now() + 20;
      while (performance.now() < end);
      channel.port2.postMessage(undefined);
    };
    await Promise.all([busy(), busy(), busy()]);
    channel.port1.close();
    expect(tasks.size).toBe(3);
  });

  it('begin again after they have run out', async () => {
    await takeTurn();
    await expect(takeTurn()).resolves.toBeUndefined();
  });
});
