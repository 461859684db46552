import { describe, expect, it } from 'vitest';
import { OutputQueue, type DroppedOutput, type OutputQueueOptions, type QueuedOutput } from './output-queue.js';

interface Sent {
  readonly dropped: readonly (readonly [string | undefined, number])[];
  readonly sequences: readonly number[];
  readonly acknowledge: () => void;
}

function observedQueue(options: Partial<OutputQueueOptions<QueuedOutput>> = {}) {
  const sent: Sent[] = [];
  const scheduled: (() => void)[] = [];
  const queue = new OutputQueue<QueuedOutput>({
    send: (dropped, entries, acknowledge) =>
      sent.push({
        dropped: dropped.map(({ runId, count }: DroppedOutput) => [runId, count] as const),
        sequences: entries.map((one) => one.sequence),
        acknowledge,
      }),
    schedule: (task) => scheduled.push(task),
    batchSize: 2,
    credits: 2,
    capacity: 4,
    ...options,
  });
  let sequence = 0;
  return {
    queue,
    sent,
    push: (count: number, runId?: string, weight = 1) => {
      for (let at = 0; at < count; at++) queue.push({ sequence: ++sequence, runId, time: 0 }, weight);
    },
    runScheduled: () => scheduled.splice(0).forEach((task) => task()),
    sequences: () => sent.map((message) => message.sequences),
  };
}

describe('the output queue', () => {
  it('C8: sends what was pushed in one go as one message, in order', () => {
    const { push, sent, sequences, runScheduled } = observedQueue({ batchSize: 10 });
    push(2);
    expect(sent).toHaveLength(0);
    runScheduled();
    expect(sequences()).toEqual([[1, 2]]);
  });

  it('sends a full batch while the code still runs, and waits for credits after that', () => {
    const { push, sent, sequences } = observedQueue();
    push(7);
    expect(sequences()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    sent[0]!.acknowledge();
    expect(sequences()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it('closes a batch that is heavy, and lets one entry be as heavy as it is', () => {
    const { push, sequences, runScheduled } = observedQueue({ batchSize: 10, batchWeight: 10, credits: 9 });
    push(1, 'a', 4);
    push(1, 'a', 7);
    push(1, 'a', 100);
    runScheduled();
    expect(sequences()).toEqual([[1], [2], [3]]);
  });

  it('drops the oldest that waits, by execution, and tells it where they would have been', () => {
    const { push, sent, queue } = observedQueue({ credits: 1 });
    push(3, 'a');
    push(2, 'b');
    push(8, 'a');
    expect(queue.isFlooded).toBe(true);
    while (sent.some(({ sequences }) => sequences.includes(13)) === false) sent.at(-1)!.acknowledge();
    expect(sent.map(({ sequences, dropped }) => ({ sequences, dropped }))).toEqual([
      { sequences: [1, 2], dropped: [] },
      {
        sequences: [9, 10],
        dropped: [
          ['a', 4],
          ['b', 2],
        ],
      },
      { sequences: [11, 12], dropped: [] },
      { sequences: [13], dropped: [] },
    ]);
    expect(queue.isFlooded).toBe(false);
  });

  it('knows a flood before it drops anything, and its end', () => {
    const { push, queue, sent } = observedQueue({ credits: 1, batchSize: 1, capacity: 100, flood: 2 });
    push(2);
    expect(queue.isFlooded).toBe(false);
    push(2);
    expect(queue.isFlooded).toBe(true);
    sent[0]!.acknowledge();
    sent[1]!.acknowledge();
    expect(queue.isFlooded).toBe(false);
  });

  it('drops by weight too', () => {
    const { push, sent } = observedQueue({
      credits: 0,
      batchSize: 10,
      batchWeight: 100,
      maxWeight: 250,
      capacity: 1000,
    });
    push(4, 'a', 90);
    expect(sent).toHaveLength(0);
    const {
      push: pushMore,
      queue,
      sent: later,
      sequences,
    } = observedQueue({ credits: 1, batchSize: 1, maxWeight: 250, capacity: 1000 });
    pushMore(5, 'a', 90);
    queue.discard();
    expect(sequences()).toEqual([[1], []]);
    expect(later[1]!.dropped).toEqual([['a', 4]]);
  });

  it('sends what waits when it is told to, within its credits', () => {
    const { push, queue, sequences } = observedQueue({ credits: 1, batchSize: 10 });
    push(1);
    queue.sendWaiting();
    push(1);
    queue.sendWaiting();
    expect(sequences()).toEqual([[1]]);
  });

  it('C8: tells at once that all was sent where there are credits, and later where there are none', () => {
    const { push, queue, sent } = observedQueue({ credits: 1, batchSize: 2 });
    const told: string[] = [];
    push(1);
    queue.whenSent(() => told.push('first'));
    expect(told).toEqual(['first']);
    push(3);
    queue.whenSent(() => told.push('second'));
    push(2);
    sent[0]!.acknowledge();
    expect(told).toEqual(['first']);
    sent[1]!.acknowledge();
    expect(told).toEqual(['first', 'second']);
  });

  it('discards what waits and tells who waited for it', () => {
    const { push, queue, sent } = observedQueue({ credits: 1, batchSize: 1 });
    let told = false;
    push(4, 'a');
    queue.whenSent(() => (told = true));
    expect(told).toBe(false);
    queue.discard();
    expect(told).toBe(true);
    expect(sent.at(-1)!.dropped).toEqual([['a', 3]]);
  });

  it('takes an entry quickly only where nothing but its own array is touched', () => {
    const { push, queue, sequences, runScheduled } = observedQueue({ batchSize: 3 });
    const quick = (sequence: number): boolean => queue.pushQuickly({ sequence, runId: undefined, time: 0 }, 1);
    expect(quick(100)).toBe(false);
    push(1);
    expect([quick(2), quick(3), quick(4)]).toEqual([true, true, false]);
    runScheduled();
    expect(sequences()).toEqual([[1, 2, 3]]);
  });
});
