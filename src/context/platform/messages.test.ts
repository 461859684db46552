import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { current, type AmbientExecution, type AmbientMapping } from '../current.js';
import { runInMapping } from '../async-context/snapshot.js';
import { Variable } from '../async-context/variable.js';
import { installPlatform, type InstalledPlatform } from './install.js';

const variable = new Variable<string>();
let platform: InstalledPlatform;
const ports: MessagePort[] = [];
beforeEach(() => {
  // A value only once it was read, in Node.
  expect(MessageChannel).toBeDefined();
  platform = installPlatform();
});
afterEach(() => {
  platform.dispose();
  for (const port of ports.splice(0)) port.close();
});

function channel(): MessageChannel {
  const made = new MessageChannel();
  ports.push(made.port1);
  return made;
}

/** What was in force at each call, until so many calls. */
class Notes {
  readonly seen: unknown[] = [];
  readonly all: Promise<void>;
  #end = (): void => undefined;

  constructor(readonly count: number) {
    this.all = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  readonly note = (): void => {
    this.seen.push(variable.get());
    if (this.seen.length === this.count) this.#end();
  };
}

/** A queue that posts one message for all tasks that are added before it arrives, as React's scheduler does. */
class TaskQueue {
  readonly #tasks: (() => void)[] = [];
  readonly #port: MessagePort;
  #isPosted = false;

  constructor() {
    const { port1, port2 } = channel();
    this.#port = port2;
    port1.onmessage = () => {
      this.#isPosted = false;
      for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) task();
    };
  }

  add(task: () => void): void {
    this.#tasks.push(task);
    if (this.#isPosted) return;
    this.#isPosted = true;
    this.#port.postMessage(undefined);
  }
}

describe('F4 a message between two ports of one realm', () => {
  it('has the context of its poster', async () => {
    const { port1, port2 } = channel();
    const { note, seen, all } = new Notes(3);
    variable.run('registers', () => {
      port1.onmessage = note;
    });
    variable.run('posts', () => port2.postMessage(1));
    port2.postMessage(2);
    variable.run('posts again', () => port2.postMessage(3));
    await all;
    expect(seen).toEqual(['posts', undefined, 'posts again']);
  });

  it('keeps it until there is a listener', async () => {
    const { port1, port2 } = channel();
    const { note, seen, all } = new Notes(1);
    variable.run('posts', () => port2.postMessage(1));
    port1.addEventListener('message', note);
    port1.start();
    await all;
    expect(seen).toEqual(['posts']);
  });

  it('has it for each of many posters, one message to one task', async () => {
    const tasks: (() => void)[] = [];
    const { port1, port2 } = channel();
    port1.onmessage = () => tasks.shift()!();
    const { note, seen, all } = new Notes(50);
    const names = Array.from({ length: 50 }, (_, index) => `poster ${index}`);
    for (const name of names) {
      variable.run(name, () => {
        tasks.push(note);
        port2.postMessage(undefined);
      });
    }
    await all;
    expect(seen).toEqual(names);
  });

  it('has none where one message is for tasks of several', async () => {
    const queue = new TaskQueue();
    const first = new Notes(1);
    variable.run('alone', () => queue.add(first.note));
    await first.all;
    const { note, seen, all } = new Notes(2);
    variable.run('one', () => queue.add(note));
    variable.run('two', () => queue.add(note));
    await all;
    const last = new Notes(2);
    variable.run('again', () => {
      queue.add(last.note);
      queue.add(last.note);
    });
    await last.all;
    expect([first.seen, seen, last.seen]).toEqual([['alone'], [undefined, undefined], ['again', 'again']]);
  });

  it('has none where another context only came between', async () => {
    const { port1, port2 } = channel();
    const seen = new Promise<AmbientMapping | undefined>((resolve) => {
      port1.onmessage = () => resolve(current.mapping);
    });
    variable.run('one', () => port2.postMessage(1));
    variable.run('two', () => undefined);
    expect(await seen).toBeUndefined();
  });

  it('has none where its poster’s caller may have used the queue as well, but in one execution', async () => {
    const queue = new TaskQueue();
    const { note, seen, all } = new Notes(2);
    const use = (): void =>
      variable.run('outer', () => {
        variable.run('inner', () => queue.add(note));
        queue.add(note);
      });
    use();
    await all;
    const again = new Notes(1);
    runInMapping(
      { execution: { id: 'e', interruption: undefined }, values: new Map() },
      () =>
        variable.run('outer', () => {
          variable.run('inner', () => queue.add(again.note));
        }),
      undefined,
      [],
    );
    await again.all;
    expect([seen, again.seen]).toEqual([[undefined, undefined], ['inner']]);
  });

  it('is heard as the execution that listens, if that is another one than its poster', async () => {
    const [poster, listener] = ['posts', 'listens'].map((id) => ({
      execution: { id, interruption: undefined } as AmbientExecution,
      values: new Map(),
    }));
    const { port1, port2 } = channel();
    const heard = (by: AmbientMapping | undefined): Promise<AmbientMapping | undefined> =>
      new Promise((resolve) =>
        runInMapping(
          by,
          () => port1.addEventListener('message', () => resolve(current.mapping), { once: true }),
          undefined,
          [],
        ),
      );
    for (const [by, expected] of [
      [listener, listener!.execution],
      [poster, poster!.execution],
      [undefined, poster!.execution],
    ] as const) {
      const seen = heard(by);
      runInMapping(poster, () => port2.postMessage(1), undefined, []);
      expect((await seen)?.execution).toBe(expected);
    }
  });

  it('has none of an execution that was interrupted meanwhile, but is heard', async () => {
    const execution: AmbientExecution = { id: 'posts', interruption: undefined };
    const { port1, port2 } = channel();
    const seen = new Promise<AmbientMapping | undefined>((resolve) => {
      port1.onmessage = () => resolve(current.mapping);
    });
    runInMapping({ execution, values: new Map() }, () => port2.postMessage(1), undefined, []);
    execution.interruption = new Error('stopped');
    expect(await seen).toBeUndefined();
  });

  it('is told apart from an event that code dispatches', async () => {
    const { port1, port2 } = channel();
    const { note, seen, all } = new Notes(2);
    port1.onmessage = note;
    variable.run('posts', () => port2.postMessage(1));
    // As browsers have it on each event.
    port1.dispatchEvent(Object.defineProperty(new Event('message'), 'isTrusted', { get: () => false }));
    await all;
    expect(seen).toEqual([undefined, 'posts']);
  });

  it('has none once too many wait at a port that nobody hears', async () => {
    const { port1, port2 } = channel();
    const { note, seen, all } = new Notes(1003);
    variable.run('posts', () => Array.from({ length: 1002 }, () => port2.postMessage(1)));
    port1.onmessage = note;
    variable.run('posts', () => port2.postMessage(2));
    await all;
    expect(new Set(seen)).toEqual(new Set([undefined]));
  });
});
