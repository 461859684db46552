import { current } from '../../../src/context/current.js';
import { intrinsics } from './intrinsics.js';

// Read before the platform is installed: its timers belong to executions, and end with them.
const setTimer = globalThis.setTimeout.bind(globalThis);
const clearTimer = globalThis.clearTimeout.bind(globalThis);

/** Runs a task of the kernel later, in the bracket, with nothing ambient. Returns what cancels it. */
export function startOwnTimer(task: () => void, milliseconds = 0): () => void {
  const timer = setTimer(() => {
    current.mapping = undefined;
    intrinsics.enter(task);
  }, milliseconds);
  return () => clearTimer(timer);
}
