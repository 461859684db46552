import { current, type AmbientExecution, type AmbientMapping } from '../current.js';
import { rememberThrown } from '../platform/errors.js';
import { contextualThenable } from './thenables.js';

/*
 * What instrumented code calls around each suspension, so that the ambient context follows a native async function or
 * generator: https://tc39.es/proposal-async-context/, with activations that swap instead of restoring only. While a function
 * is suspended its context is nowhere in force; code that nobody instrumented sees the empty one.
 */

// User code may patch built-ins; what is used here is taken before it runs.
const { apply } = Reflect;
const { slice } = Array.prototype;

/** One invocation of a function that can suspend. */
export interface Activation {
  /** In force while the function runs. */
  readonly own: AmbientMapping | undefined;
  /** What to put back when it suspends or ends. */
  previous: AmbientMapping | undefined;
  /** `false` while it is suspended, and after its end. */
  running: boolean;
  /** Of `own`; one that nobody interrupts where it has none. */
  readonly execution: AmbientExecution;
}

const uninterrupted: AmbientExecution = { id: '', interruption: undefined };

/*
 * Most functions go on in the context that they stopped for. What is in its place already is not written again: telling that
 * is cheaper than the write barrier of the garbage collector.
 */

/** Puts the activation's own context in force. */
function goOn(activation: Activation): void {
  const { own } = activation;
  const { mapping } = current;
  if (activation.previous !== mapping) activation.previous = mapping;
  if (mapping !== own) current.mapping = own;
  activation.running = true;
}

/** Where code runs that a suspension may or may not have preceded: catch, finally, after a disposal. */
export function reenter(activation: Activation): void {
  if (!activation.running) goOn(activation);
}

/** Puts back what was in force before the function ran; it must be running. */
export function leave(activation: Activation): void {
  const { previous } = activation;
  if (current.mapping !== previous) current.mapping = previous;
  activation.running = false;
}

/** At the call of an async function. */
export function enter(): Activation {
  const { mapping } = current;
  return { own: mapping, previous: mapping, running: true, execution: mapping?.execution ?? uninterrupted };
}

/** At the call of a generator: its body starts later, with `reenter`. */
export function capture(): Activation {
  const { mapping } = current;
  return { own: mapping, previous: undefined, running: false, execution: mapping?.execution ?? uninterrupted };
}

/** At the end of a function, however it ends. */
export function exit(activation: Activation): void {
  if (activation.running) leave(activation);
}

/**
 * After a suspension that ended normally; gives what came, where it is given that. An interrupted execution goes no further:
 * this throws its interruption.
 */
export function resume<T>(activation: Activation, value?: T): T | undefined {
  goOn(activation);
  if (activation.execution.interruption !== undefined) throw activation.execution.interruption;
  return value;
}

/**
 * Before an await; gives what is to be awaited. An interrupted execution waits for nothing any more, also not in a
 * `catch` or `finally` that the interruption entered: those run up to their first suspension, which throws again.
 */
export function suspend(activation: Activation, value: unknown): unknown {
  if (activation.execution.interruption !== undefined) throw activation.execution.interruption;
  const awaited = contextualThenable(activation.own, value);
  leave(activation);
  return awaited;
}

/** Before a yield of a sync generator, or one without a value: nothing is awaited, and the resumption tells an interruption. */
export function suspendYield<T>(activation: Activation, value: T): T {
  leave(activation);
  return value;
}

/**
 * What an async function ends with when it throws: its promise is rejected in its context, which `unhandledrejection` asks
 * for. Without an activation it has run in the context of its call.
 */
export function rejected(activation: Activation | undefined, reason: unknown): unknown {
  rememberThrown(reason, activation === undefined ? current.mapping : activation.own);
  return reason;
}

/** Stands for a rest parameter, whose place the capture of a generator takes. */
export function restArguments(args: IArguments, from: number): unknown[] {
  return apply(slice, args, [from]) as unknown[];
}
