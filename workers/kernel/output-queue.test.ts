import { describe, expect, it } from 'vitest';
import type { WireOutput } from '../../src/protocol/wire.js';
import { OutputQueue, type OutputQueueOptions } from './output-queue.js';

function entry(sequence: number): WireOutput {
  return { sequence, method: 'log', level: 'log', parts: [], text: `${sequence}`, depth: 0, time: 0 };
}

function observedQueue(options: Partial<OutputQueueOptions> = {}): {
  queue: OutputQueue;
  sent: { sequences: number[]; dropped: number; acknowledge: () => void }[];
  runScheduled: () => void;
} {
  const sent: { sequences: number[]; dropped: number; acknowledge: () => void }[] = [];
  const scheduled: (() => void)[] = [];
  const queue = new OutputQueue({
    send: (entries, dropped, acknowledge) => sent.push({ sequences: entries.map((one) => one.sequence), dropped, acknowledge }),
    schedule: (task) => scheduled.push(task),
    batchSize: 2,
    credits: 2,
    capacity: 3,
    ...options,
  });
  return { queue, sent, runScheduled: () => scheduled.splice(0).forEach((task) => task()) };
}

describe('the output queue', () => {
  it('C8: sends what was pushed in one go as one message, in order', () => {
    const { queue, sent, runScheduled } = observedQueue({ batchSize: 10 });
    queue.push(entry(1));
    queue.push(entry(2));
    expect(sent).toHaveLength(0);
    runScheduled();
    expect(sent.map((message) => message.sequences)).toEqual([[1, 2]]);
  });

  it('sends a full batch while the code still runs, and waits for credits after that', () => {
    const { queue, sent } = observedQueue();
    for (let sequence = 1; sequence <= 7; sequence++) queue.push(entry(sequence));
    expect(sent.map((message) => message.sequences)).toEqual([[1, 2], [3, 4]]);
    sent[0]!.acknowledge();
    expect(sent.map((message) => message.sequences)).toEqual([[1, 2], [3, 4], [5, 6]]);
  });

  it('counts what it drops once and tells it with the next message', () => {
    const { queue, sent } = observedQueue({ credits: 1 });
    for (let sequence = 1; sequence <= 9; sequence++) queue.push(entry(sequence));
    expect(queue.isFull).toBe(true);
    sent[0]!.acknowledge();
    sent[1]!.acknowledge();
    expect(sent.map(({ sequences, dropped }) => ({ sequences, dropped }))).toEqual([
      { sequences: [1, 2], dropped: 0 },
      { sequences: [3, 4], dropped: 4 },
      { sequences: [5], dropped: 0 },
    ]);
  });

  it('sends what waits when it is told to, within its credits', () => {
    const { queue, sent } = observedQueue({ credits: 1, batchSize: 10 });
    queue.push(entry(1));
    queue.sendWaiting();
    queue.push(entry(2));
    queue.sendWaiting();
    expect(sent.map((message) => message.sequences)).toEqual([[1]]);
  });

  it('C8: flushes everything before a result, credits or not', () => {
    const { queue, sent } = observedQueue({ credits: 0 });
    for (let sequence = 1; sequence <= 3; sequence++) queue.push(entry(sequence));
    queue.flush();
    expect(sent.flatMap((message) => message.sequences)).toEqual([1, 2, 3]);
  });
});
