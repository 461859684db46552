import { afterEach, describe, expect, it } from 'vitest';
import { current, type AmbientExecution } from '../current.js';
import { runInMapping } from '../async-context/snapshot.js';
import { Variable } from '../async-context/variable.js';
import { scheduled } from './scheduled.js';

afterEach(() => expect(current.mapping).toBeUndefined());

const variable = new Variable<string>();
type Task = (this: unknown, ...args: unknown[]) => unknown;

function schedule(context: string, task: Task, priority = 3): Task {
  return variable.run(context, () => scheduled(task, priority)) as Task;
}

/** Runs tasks as React's scheduler does: one that goes on does so in another turn of the event loop. */
async function empty(tasks: Task[]): Promise<void> {
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
    const more = task(false);
    if (typeof more !== 'function') continue;
    tasks.unshift(more as Task);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await new Promise((resolve) => setImmediate(resolve));
}

describe('F4 a task of React’s scheduler', () => {
  it('runs in the context that scheduled it, and so does what it goes on with', async () => {
    const seen: unknown[] = [];
    const see = (): void => void seen.push(variable.get());
    const tasks = ['a', 'b'].map((context) =>
      schedule(context, () => {
        see();
        return see;
      }),
    );
    await empty([...tasks, schedule('c', see)]);
    expect(seen).toEqual(['a', 'a', 'b', 'b', 'c']);
  });

  it('waits until the microtasks of another context before it have run', async () => {
    const seen: unknown[] = [];
    const task = (name: string): Task =>
      schedule(name, () => {
        seen.push(name);
        queueMicrotask(() => seen.push(`after ${name}`));
      });
    const same = new Variable<string>();
    const [a, b] = [task('a'), task('b')];
    const two = same.run('x', () => [1, 2].map((name) => scheduled(() => void seen.push(name), 3) as Task));
    await empty([a, b, ...two]);
    expect(seen).toEqual(['a', 'after a', 'b', 'after b', 1, 2]);
  });

  it('runs once it has waited, for a scheduler that does not', async () => {
    const [a, b] = [schedule('a', () => 'a'), schedule('b', () => variable.get())];
    expect(a()).toBe('a');
    expect((b() as Task)()).toBe('b');
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('of the highest priority has no context if another one was in force meanwhile', async () => {
    const seen: unknown[] = [];
    const see = (): void => void seen.push(variable.get());
    await empty([schedule('a', see, 1)]);
    const task = schedule('b', see, 1);
    variable.run('c', () => undefined);
    await empty([task]);
    expect(seen).toEqual(['a', undefined]);
  });

  it('of an interrupted execution runs in no context', async () => {
    const execution: AmbientExecution = { id: 'e', interruption: undefined };
    const seen: unknown[] = [];
    const task = runInMapping(
      { execution, values: new Map() },
      () => scheduled(() => void seen.push(current.mapping), 3) as Task,
      undefined,
      [],
    );
    execution.interruption = new Error('stopped');
    await empty([task]);
    expect(seen).toEqual([undefined]);
  });
});
