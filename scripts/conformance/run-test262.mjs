import { readFileSync } from 'node:fs';

/** What the platform has beside the engine: the runtime of compiled code takes it when it is loaded. */
const platform = {
  setTimeout,
  queueMicrotask,
  Event,
  EventTarget,
  AbortController,
  AbortSignal,
  MessageChannel,
  MessagePort,
};
import path from 'node:path';
import vm from 'node:vm';

/**
 * Runs a test of test262 in a realm of its own, as it is and compiled.
 *
 * @typedef {import('./read-tests.mjs').ConformanceTest} ConformanceTest
 * @typedef {'passes' | 'does not end' | `fails: ${string}`} Outcome
 */

/** @type {Map<string, vm.Script>} */
const scripts = new Map();

/** @param {string} folder @param {string} name */
function harnessScript(folder, name) {
  const file = path.join(folder, name);
  const script = scripts.get(file) ?? new vm.Script(readFileSync(file, 'utf8'), { filename: file });
  scripts.set(file, script);
  return script;
}

/**
 * @param {ConformanceTest} test
 * @param {string} text  An expression: a function of the realm's runtime that runs the code, maybe asynchronously.
 * @param {vm.Script} runtime  Puts the context engine into a realm, and its value is the runtime.
 * @returns {Promise<Outcome>}
 */
export async function runTest262(test, text, runtime) {
  const { test262 } = test;
  if (test262 === undefined) throw new TypeError(`${test.name} has no header of test262.`);
  const { includes, flags, harness } = test262;
  const isAsync = flags.includes('async');
  /** @type {(text: string) => void} */
  let print = () => undefined;
  const printed = new Promise((resolve) => {
    print = resolve;
  });
  const realm = vm.createContext({ print, ...platform });
  try {
    const given = runtime.runInContext(realm);
    for (const name of ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : []), ...includes])
      harnessScript(harness, name).runInContext(realm);
    const program = new vm.Script(text, { filename: test.name }).runInContext(realm);
    const ended = program(given);
    // A test that waits at its top level ends later than one that only prints.
    const last = await withinTime(isAsync ? Promise.race([printed, ended.then(() => printed)]) : ended);
    if (last === late) return 'does not end';
    return !isAsync || last === 'Test262:AsyncTestComplete' ? 'passes' : `fails: ${String(last)}`;
  } catch (error) {
    return `fails: ${describe(error)}`;
  }
}

const late = Symbol('late');

/** Tests wait for promises, hardly ever for timers. @param {Promise<unknown>} promise */
async function withinTime(promise) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, 2_000, late);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Errors come from another realm. @param {unknown} error */
function describe(error) {
  const { name, constructor, message } = /** @type {Error} */ (error ?? {});
  return `${name ?? constructor?.name ?? 'Error'}: ${message ?? String(error)}`;
}
