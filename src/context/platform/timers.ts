import { current, type AmbientExecution } from '../current.js';
import { PristineMap, PristineSet } from '../pristine-collections.js';
import { whileRunning } from './callbacks.js';
import { ownerOf, type Patches, prototypeOf, type AnyFunction } from './patches.js';
import { apply } from '../pristine-built-ins.js';

const { now } = Date;

/** The pending timers, frames and idle callbacks of each execution. */
export interface ExecutionTimers {
  /** Calls back with each. */
  forEach(visit: (timer: OpenTimer) => void): void;
  /** Cancels all timers of an execution. */
  clear(execution: AmbientExecution): void;
}

/** A timer that is due. */
interface OpenTimer {
  readonly execution: AmbientExecution;
  /** The function that started it, such as `setInterval`. */
  readonly name: string;
  /** When it was started, in milliseconds since the epoch. */
  readonly since: number;
}

interface Timer extends OpenTimer {
  /** The key for clearing it; set when the platform has assigned an id. */
  key: unknown;
  end(): void;
}

interface TimerFamily {
  readonly start: readonly string[];
  readonly end: readonly string[];
}

/** Ids of a family come from one pool, so `clearTimeout` ends an interval too. */
const families: readonly TimerFamily[] = [
  { start: ['setTimeout', 'setInterval'], end: ['clearTimeout', 'clearInterval'] },
  { start: ['setImmediate'], end: ['clearImmediate'] },
  { start: ['requestAnimationFrame'], end: ['cancelAnimationFrame'] },
  { start: ['requestIdleCallback'], end: ['cancelIdleCallback'] },
];

/** Timers run their callbacks in the context of their start, and belong to its execution. */
export function patchTimers(patches: Patches, realm: typeof globalThis): ExecutionTimers {
  const timers = new Ledger();
  for (const family of families) patchFamily(patches, realm, family, timers);
  patches.method(ownerOf(realm, 'queueMicrotask'), 'queueMicrotask', wrapCallback);
  patches.method(prototypeOf(realm, 'Scheduler'), 'postTask', wrapCallback);
  return timers;
}

function wrapCallback(original: AnyFunction, thisArgument: unknown, args: unknown[]): unknown {
  const callback = args[0];
  if (typeof callback === 'function') args[0] = whileRunning(current.mapping, callback as AnyFunction);
  return apply(original, thisArgument, args);
}

function patchFamily(patches: Patches, realm: typeof globalThis, family: TimerFamily, timers: Ledger): void {
  const [endName = ''] = family.end;
  const originalEnd = (realm as unknown as Record<string, AnyFunction | undefined>)[endName];
  const due = new PristineMap<unknown, Timer>();
  const forget = (timer: Timer): void => {
    due.delete(timer.key);
    timers.remove(timer);
  };

  for (const name of family.start) {
    patches.method(ownerOf(realm, name), name, (original, thisArgument, args) => {
      const { mapping } = current;
      const callback = args[0];
      if (typeof callback !== 'function') return apply(original, thisArgument, args);
      const contextual = whileRunning(mapping, callback as AnyFunction);
      args[0] = contextual;
      if (mapping?.execution === undefined) return apply(original, thisArgument, args);
      const timer: Timer = {
        execution: mapping.execution,
        name,
        since: now(),
        key: undefined,
        end: () => {
          due.delete(timer.key);
          if (originalEnd !== undefined) apply(originalEnd, realm, [id]);
        },
      };
      args[0] = function (this: unknown, ...callbackArgs: unknown[]): unknown {
        if (name !== 'setInterval') forget(timer);
        return apply(contextual, this, callbackArgs);
      };
      const id = apply(original, thisArgument, args) as unknown;
      timer.key = keyOf(id);
      due.set(timer.key, timer);
      timers.add(timer);
      return id;
    });
  }
  for (const name of family.end) {
    patches.method(ownerOf(realm, name), name, (original, thisArgument, args) => {
      const timer = due.get(keyOf(args[0]));
      if (timer !== undefined) forget(timer);
      return apply(original, thisArgument, args);
    });
  }
}

/** An id may be a string: `clearTimeout('7')` clears 7. */
function keyOf(id: unknown): unknown {
  return typeof id === 'string' ? Number(id) : id;
}

class Ledger implements ExecutionTimers {
  readonly #byExecution = new PristineMap<AmbientExecution, Set<Timer>>();

  add(timer: Timer): void {
    const timers = this.#byExecution.get(timer.execution);
    if (timers !== undefined) timers.add(timer);
    else this.#byExecution.set(timer.execution, new PristineSet<Timer>().add(timer));
  }

  remove(timer: Timer): void {
    const timers = this.#byExecution.get(timer.execution);
    if (timers?.delete(timer) === true && timers.size === 0) this.#byExecution.delete(timer.execution);
  }

  forEach(visit: (timer: OpenTimer) => void): void {
    this.#byExecution.forEach((timers) => timers.forEach(visit));
  }

  clear(execution: AmbientExecution): void {
    const timers = this.#byExecution.get(execution);
    this.#byExecution.delete(execution);
    timers?.forEach((timer) => timer.end());
  }
}
