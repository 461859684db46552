import { current } from '../../../src/context/current.js';
import { paced, pacing } from '../../../src/context/pacing.js';
import { callInMapping } from '../../../src/context/platform/callbacks.js';
import { PristineMap } from '../../../src/context/pristine-collections.js';
import { ownerOf } from '../../../src/context/platform/patches.js';

// Called by the reader's code, whatever that has made of the built-ins.
const now = performance.now.bind(performance);
const PristinePromise = Promise;

/** How many awaits and reactions go by between two looks at the clock. */
const between = 16;
/** Milliseconds after which the event loop is asked for a message, and after which it is late with it. */
const longest = 25;
/** Looks at one execution until it is one of those that keep the loop. Others keep the order of their microtasks. */
const most = 16;

/**
 * Gives the event loop turns while code only awaits, so that a Stop, a timeout and the other executions are heard: `for (;;) await
 * null` would otherwise keep all messages from the worker. Code that lets the loop turn by itself never waits.
 *
 * @returns what ends it, and closes its ports
 */
export function giveTurns(): () => void {
  const { port1, port2 } = new MessageChannel();
  const ask = port1.postMessage.bind(port1, undefined);
  let last = now();
  let asked: number | undefined;
  const looks = new PristineMap<unknown, number>();
  let turn: Promise<void> | undefined;
  let come = (): void => {};

  port2.onmessage = () => {
    last = now();
    asked = undefined;
    turn = undefined;
    pacing.left = between;
    come();
  };
  const unpaced = { ...pacing };
  pacing.left = between;
  pacing.delay = (value) => {
    const time = now();
    pacing.left = between;
    if (asked === undefined) {
      if (time - last < longest) return value;
      asked = time;
      looks.clear();
      ask();
      return value;
    }
    const execution = current.mapping?.execution;
    const count = (looks.get(execution) ?? 0) + 1;
    looks.set(execution, count);
    if (time - asked < longest || count < most) return value;
    turn ??= new PristinePromise((resolve) => {
      come = resolve;
    });
    return after(turn, value);
  };

  const { queueMicrotask: queueNow } = globalThis;
  const queueAfter = async (due: unknown, callback: () => void): Promise<void> => {
    const { mapping } = current;
    await due;
    callInMapping(mapping, queueNow, undefined, [callback]);
  };
  const { queueMicrotask } = {
    queueMicrotask(callback: () => void): void {
      const due = typeof callback === 'function' ? paced() : undefined;
      if (due === undefined) queueNow(callback);
      else void queueAfter(due, callback);
    },
  };
  const owner = ownerOf(globalThis, 'queueMicrotask') as typeof globalThis;
  owner.queueMicrotask = queueMicrotask;

  return () => {
    owner.queueMicrotask = queueNow;
    Object.assign(pacing, unpaced);
    port1.close();
    come();
  };
}

/** A rejection counts as handled from the start, as it does in a plain await. */
async function after(event: Promise<void>, value: unknown): Promise<unknown> {
  try {
    return await value;
  } finally {
    await event;
  }
}
