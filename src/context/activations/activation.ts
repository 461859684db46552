import { current, enterMapping, type AmbientExecution, type AmbientMapping } from '../current.js';
import { rememberThrown } from '../platform/errors.js';
import { paced } from '../pacing.js';
import { contextualThenable } from './thenables.js';
import { apply } from '../pristine-built-ins.js';

/*
 * Instrumented code calls these functions around each suspension, so that the ambient context follows a native async function
 * or generator (https://tc39.es/proposal-async-context/). Activations swap contexts, in place of only restoring them. The
 * context of a suspended function is not in force anywhere; code without instrumentation sees the empty context.
 */

// User code may patch built-ins, so this module takes its copies before user code runs.
const { slice } = Array.prototype;

/** One invocation of a function that can suspend. */
export interface Activation {
  /** In force while the function runs. */
  readonly own: AmbientMapping | undefined;
  /** The context to restore when it suspends or ends. */
  previous: AmbientMapping | undefined;
  /** `false` while it is suspended, and after its end. */
  running: boolean;
  /** The execution of `own`; a placeholder that is never interrupted if there is none. */
  readonly execution: AmbientExecution;
}

const uninterrupted: AmbientExecution = { id: '', interruption: undefined };

/*
 * Most functions resume in the context in force already. Then nothing is written: a comparison is cheaper than the write
 * barrier of the garbage collector.
 */

/** Puts the activation's own context in force. */
function goOn(activation: Activation): void {
  const { own } = activation;
  const { mapping } = current;
  if (activation.previous !== mapping) activation.previous = mapping;
  if (mapping !== own) enterMapping(own);
  activation.running = true;
}

/** At places that a suspension may have preceded: `catch`, `finally`, after a disposal. */
export function reenter(activation: Activation): void {
  if (!activation.running) goOn(activation);
}

/** Restores the context from before the function ran. The function must be running. */
export function leave(activation: Activation): void {
  const { previous } = activation;
  if (current.mapping !== previous) enterMapping(previous);
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
 * After a suspension that ended normally; returns its argument, the result. Throws the interruption if the execution was
 * interrupted.
 */
export function resume<T>(activation: Activation, value?: T): T | undefined {
  goOn(activation);
  if (activation.execution.interruption !== undefined) throw activation.execution.interruption;
  return value;
}

/**
 * Before an `await`; returns the value to await. An interrupted execution can't wait, not even in a `catch` or `finally`
 * that handles the interruption: these run up to their first suspension, which throws again.
 */
export function suspend(activation: Activation, value: unknown): unknown {
  if (activation.execution.interruption !== undefined) throw activation.execution.interruption;
  const awaited = paced(contextualThenable(activation.own, value));
  leave(activation);
  return awaited;
}

/** Before a `yield` in a sync generator, or without a value: nothing is awaited, and the resumption throws interruptions. */
export function suspendYield<T>(activation: Activation, value: T): T {
  leave(activation);
  return value;
}

/**
 * When an async function throws: records the context of its rejection for `unhandledrejection`. A function without an
 * activation has run in the context of its call.
 */
export function rejected(activation: Activation | undefined, reason: unknown): unknown {
  rememberThrown(reason, activation === undefined ? current.mapping : activation.own);
  return reason;
}

/** Replaces a rest parameter where a generator captures its context. */
export function restArguments(args: IArguments, from: number): unknown[] {
  return apply(slice, args, [from]) as unknown[];
}
