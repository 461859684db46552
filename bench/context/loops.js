/*
 * What most programs do to suspend, over and over: each loop takes how many times. The same text runs as it is, compiled
 * here, and down-levelled for zone.js.
 */

/** @param {number} count */
async function awaitValue(count) {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += await index;
  return sum;
}

/** @param {number} count */
async function awaitPromise(count) {
  const promise = Promise.resolve(1);
  let sum = 0;
  for (let index = 0; index < count; index++) sum += await promise;
  return sum;
}

/** @param {number} value */
async function waitTwice(value) {
  const one = await value;
  const two = await value;
  return one + two;
}

/** @param {number} count */
async function callWithTwoAwaits(count) {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += await waitTwice(index);
  return sum;
}

/** @param {number} value */
async function failOrNot(value) {
  if ((await value) % 2 === 0) throw value;
  return value;
}

/** @param {number} count */
async function tryCatchFinally(count) {
  let sum = 0;
  for (let index = 0; index < count; index++) {
    try {
      sum += await failOrNot(index);
    } catch (error) {
      sum -= /** @type {number} */ (error);
    } finally {
      sum += 1;
    }
  }
  return sum;
}

/** @param {number} count */
async function* countAsync(count) {
  for (let index = 0; index < count; index++) yield index;
}

/** @param {number} count */
async function forAwait(count) {
  let sum = 0;
  for await (const value of countAsync(count)) sum += value;
  return sum;
}

/** @param {number} count */
function thenChain(count) {
  let promise = Promise.resolve(0);
  for (let index = 0; index < count; index++) promise = promise.then((value) => value + 1);
  return promise;
}

/** @param {number} count */
function* countSync(count) {
  for (let index = 0; index < count; index++) yield index;
}

/** @param {number} count */
async function syncYields(count) {
  let sum = 0;
  for (const value of countSync(count)) sum += value;
  return sum;
}

/** @type {readonly { name: string, count: number, run: (count: number) => Promise<number> }[]} */
export const loops = [
  { name: 'await value', count: 1_000_000, run: awaitValue },
  { name: 'await promise', count: 1_000_000, run: awaitPromise },
  { name: 'async call, 2 awaits', count: 1_000_000, run: callWithTwoAwaits },
  { name: 'try/catch/finally', count: 500_000, run: tryCatchFinally },
  { name: 'for await', count: 500_000, run: forAwait },
  { name: 'then chain', count: 500_000, run: thenChain },
  { name: 'sync yields', count: 1_000_000, run: syncYields },
];
