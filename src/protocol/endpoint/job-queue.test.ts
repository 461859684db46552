import { describe, expect, it, vi } from 'vitest';
import { JobQueue, Pacer, type Job } from './job-queue.js';

/** A clock that work moves on. */
function paced() {
  let time = 1_000;
  const pacer = new Pacer(() => time);
  const done: string[] = [];
  function* job(name: string, steps: number, milliseconds: number): Job {
    for (let step = 1; step <= steps; step++) {
      time += milliseconds;
      done.push(`${name}${step}`);
      if (step < steps) yield;
    }
  }
  return { queue: () => new JobQueue(pacer), job, done, pass: (milliseconds: number) => (time += milliseconds) };
}

/** What was posted before comes first, as it does in a page. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

describe('JobQueue', () => {
  it('does what is small at once, and in order', () => {
    const { queue, job, done } = paced();
    const mail = queue();
    mail.push(job('a', 1, 1));
    mail.push(job('b', 2, 1));
    expect(done).toEqual(['a1', 'b1', 'b2']);
    expect(mail.length).toBe(0);
  });

  it('puts the rest of a large job off, and all that comes after it', async () => {
    const { queue, job, done } = paced();
    const mail = queue();
    mail.push(job('a', 5, 3));
    mail.push(job('b', 1, 1));
    expect(done).toEqual(['a1', 'a2', 'a3']);
    expect(mail.length).toBe(2);
    while (mail.length > 0) await turn();
    expect(done).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'b1']);
  });

  it('puts off many small jobs too, once they have taken a slice together', async () => {
    const { queue, job, done } = paced();
    const mail = queue();
    for (let index = 0; index < 20; index++) mail.push(job(`${index}.`, 1, 1));
    expect(done).toHaveLength(8);
    while (mail.length > 0) await turn();
    expect(done).toHaveLength(20);
  });

  it('takes a pause for the turn of the others', () => {
    const { queue, job, done, pass } = paced();
    const mail = queue();
    for (let index = 0; index < 20; index++) {
      mail.push(job(`${index}.`, 1, 1));
      pass(5);
    }
    expect(done).toHaveLength(20);
  });

  it('fills a slice in each turn', async () => {
    const { queue, job } = paced();
    const asked = vi.spyOn(MessagePort.prototype, 'postMessage');
    try {
      const mail = queue();
      mail.push(job('a', 48, 1));
      await vi.waitFor(() => expect(mail.length).toBe(0));
      expect(asked).toHaveBeenCalledTimes(5);
    } finally {
      asked.mockRestore();
    }
  });

  it('shares its turns among queues', async () => {
    const { queue, job, done } = paced();
    const [one, other] = [queue(), queue()];
    one.push(job('a', 30, 3));
    other.push(job('b', 3, 3));
    while (one.length + other.length > 0) await turn();
    expect(done).toHaveLength(33);
    expect(done.indexOf('b3')).toBeLessThan(12);
  });

  it('keeps one queue waiting for a step of each other, not for a slice', async () => {
    const { queue, job, done } = paced();
    const [flooded, other, third] = [queue(), queue(), queue()];
    for (let index = 0; index < 50; index++) flooded.push(job(`${index}.`, 1, 1));
    expect(done).toHaveLength(8);
    third.push(job('c', 40, 1));
    other.push(job('b', 2, 1));
    await turn();
    expect(done.slice(8, 14)).toEqual(['8.1', 'c1', 'b1', '9.1', 'c2', 'b2']);
  });

  it('goes on after a job that threw, and throws what it threw', async () => {
    const { queue, job, done } = paced();
    const mail = queue();
    // oxlint-disable-next-line require-yield
    const broken = (function* () {
      throw new RangeError('broken');
    })();
    expect(() => mail.push(broken)).toThrow('broken');
    mail.push(job('a', 1, 1));
    expect(done).toEqual(['a1']);
  });

  it('forgets what waits when it is cleared, also by a job', async () => {
    const { queue, job, done } = paced();
    const mail = queue();
    mail.push(job('a', 4, 5));
    mail.push(
      (function* () {
        mail.clear();
        yield;
        done.push('never');
      })(),
    );
    mail.push(job('b', 1, 1));
    while (mail.length > 0) await turn();
    expect(done).toEqual(['a1', 'a2', 'a3', 'a4']);
  });
});
