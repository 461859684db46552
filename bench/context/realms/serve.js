/*
 * Listens as soon as it is loaded: a script imports this before what changes the platform, so that none of the ways
 * measures how messages come in.
 */

/** @typedef {{ readonly data: { readonly loop: number, readonly share: number } }} Request */

/** @type {(request: Request['data']) => Promise<void>} */
let answer;
/** @type {(milliseconds: number) => void} */
let reply;

if ('WorkerGlobalScope' in globalThis) {
  const scope = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
  scope.addEventListener('message', ({ data }) => void answer(data));
  reply = (milliseconds) => scope.postMessage(milliseconds);
} else {
  const { parentPort } = process.getBuiltinModule('node:worker_threads');
  parentPort?.on('message', (data) => void answer(data));
  reply = (milliseconds) => parentPort?.postMessage(milliseconds);
}

/**
 * Answers each message with the milliseconds that its loop took.
 *
 * @param {readonly { count: number, run: (count: number) => Promise<number> }[]} loops
 * @param {(run: () => Promise<number>) => Promise<number>} start  Begins a loop in the context to measure.
 */
export function serve(loops, start) {
  answer = async ({ loop, share }) => {
    const { count, run } = /** @type {(typeof loops)[number]} */ (loops[loop]);
    const from = performance.now();
    await start(() => run(count * share));
    reply(performance.now() - from);
  };
}
