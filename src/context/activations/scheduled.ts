import { current, type AmbientMapping } from '../current.js';
import { callInMapping } from '../platform/callbacks.js';

// Taken before user code runs, which may patch built-ins, and before the platform is installed.
const queueNow = queueMicrotask;

/** The context of the tasks that run now, until the microtasks that they queue have run. */
let turn: { readonly mapping: AmbientMapping | undefined } | undefined;

/**
 * A task for React's scheduler, a queue that several contexts fill and that one callback empties. It runs in the context in which it is
 * added, and so does a function that it returns, with which the scheduler goes on. React itself queues one microtask for all of its
 * roots. So a task of another context than that of the tasks before it does not run yet: it asks to go on after them. And a task of the
 * highest priority, 1, has no context if another one was in force meanwhile: React may count on it for all of its roots.
 */
export function scheduled(task: unknown, priority: unknown): unknown {
  const { mapping } = current;
  return inTurn(mapping, task, priority === 1 ? current.entries : undefined);
}

function inTurn(mapping: AmbientMapping | undefined, task: unknown, entries?: number): unknown {
  if (typeof task !== 'function') return task;
  let waitedFor: typeof turn;
  return function inContext(this: unknown, ...args: unknown[]): unknown {
    if (turn === undefined) {
      turn = { mapping };
      queueNow(() => {
        turn = undefined;
      });
    } else if (turn.mapping !== mapping && waitedFor !== turn) {
      waitedFor = turn;
      return inContext;
    }
    // The queue counts on its tasks: one of an interrupted execution runs in no context.
    const isShared = (entries ?? current.entries) !== current.entries;
    const own = isShared || mapping?.execution?.interruption !== undefined ? undefined : mapping;
    return inTurn(mapping, callInMapping(own, task as () => unknown, this, args));
  };
}
