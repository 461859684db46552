import vm from 'node:vm';
import { workerData } from 'node:worker_threads';

/*
 * Runs the worker's bundled script in a thread of Node, whose realm nothing else uses. Code finds the global `spy(name, original)`:
 * a function that does what the original does, and records its name if the kernel calls it.
 */

const NativeError = Error;
const { apply, construct, defineProperty, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;
const { slice, indexOf } = String.prototype;
const { stringify } = JSON;
const kernel = 'codemode-kernel.js';

/** @type {Record<string, string>} */
const calls = Object.create(null);
let count = 0;
let isRecording = false;
const longStacks = Object.assign(Object.create(null), { value: 30, writable: true, configurable: true });

/** The line of the stack that called; natives and this file are left out. */
const callerOf = (/** @type {string} */ stack) => {
  let from = 0;
  for (;;) {
    const start = apply(indexOf, stack, ['\n    at ', from]);
    if (start < 0) return '';
    let end = apply(indexOf, stack, ['\n', start + 1]);
    if (end < 0) end = stack.length;
    const line = apply(slice, stack, [start + 8, end]);
    from = end;
    const isOwn = apply(indexOf, line, ['hostile-thread']) >= 0 || apply(indexOf, line, ['(<anonymous>)']) >= 0;
    if (!isOwn) return line;
  }
};

const record = (/** @type {string} */ name) => {
  if (isRecording) return;
  isRecording = true;
  const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
  defineProperty(NativeError, 'stackTraceLimit', longStacks);
  const { stack } = new NativeError();
  if (limit !== undefined) {
    setPrototypeOf(limit, null);
    defineProperty(NativeError, 'stackTraceLimit', limit);
  }
  isRecording = false;
  const caller = typeof stack === 'string' ? callerOf(stack) : '';
  // Older engines pass the arguments of a class without a constructor on through an iterator.
  const isImplicit = apply(indexOf, caller, ['new ']) === 0 && apply(indexOf, name, ['terator']) >= 0;
  if (isImplicit || apply(indexOf, caller, [kernel]) < 0 || calls[name] !== undefined) return;
  count++;
  calls[name] = stack ?? '';
};

/**
 * @param {string} name
 * @param {Function | undefined} original
 */
const spy = (name, original) =>
  /** @this {unknown} */
  function (/** @type {unknown[]} */ ...args) {
    record(name);
    if (original === undefined) return undefined;
    return new.target === undefined ? apply(original, this, args) : construct(original, args, new.target);
  };

/** @type {Record<string, (event: unknown) => void>} */
const listeners = Object.create(null);
Object.assign(globalThis, {
  addEventListener: (/** @type {string} */ type, /** @type {() => void} */ listener) => {
    listeners[type] = listener;
  },
  removeEventListener: () => undefined,
});
Object.defineProperty(globalThis, 'spy', { value: spy });
Object.defineProperty(globalThis, 'spied', { get: () => (count === 0 ? '{}' : stringify(calls)) });

vm.runInThisContext(workerData.source, { filename: kernel });
const preventDefault = () => undefined;
process.on('uncaughtException', (error) => listeners['error']?.({ error, preventDefault }));
process.on('unhandledRejection', (reason, promise) =>
  listeners['unhandledrejection']?.({ reason, promise, preventDefault }),
);
listeners['message']?.({ ports: [workerData.port], data: undefined, stopImmediatePropagation: () => undefined });
