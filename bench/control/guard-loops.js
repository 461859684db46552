/*
 * Synchronous code whose loops and calls are guarded: each runs for a count and gives a number, so that nothing is left out
 * as unused. The counts are for a few milliseconds, in which most rounds are not interrupted.
 */

/** @param {number} count */
function arithmetic(count) {
  let sum = 0;
  for (let index = 0; index < count; index++) sum = (sum + index * 3) % 1_000_003;
  return sum;
}

/** @param {number} count */
function nested(count) {
  let sum = 0;
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < 100; column++) sum ^= row * column;
  }
  return sum;
}

/** @param {number} count */
function objects(count) {
  const orders = [];
  for (let index = 0; index < count; index++) orders.push({ id: index, total: index % 97 });
  let sum = 0;
  for (const { id, total } of orders) if (total > 50) sum += id % 7;
  return sum;
}

/** @param {number} count */
function text(count) {
  let result = '';
  for (let index = 0; index < count; index++) result += String.fromCharCode(97 + (index % 26));
  return result.split('a').length;
}

/** @param {number} count */
function maps(count) {
  const map = new Map();
  for (let index = 0; index < count; index++) map.set(index % 1_000, index);
  return map.size;
}

/** @param {number} n @returns {number} */
function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

/** @param {number} count */
function callbacks(count) {
  return Array.from({ length: count }, (_, index) => Math.sqrt(index))
    .filter((root) => root % 2 < 1)
    .map((root) => Math.round(root)).length;
}

/** @type {readonly { name: string, count: number, run: (count: number) => number }[]} */
export const loops = [
  { name: 'arithmetic in a loop', count: 600_000, run: arithmetic },
  { name: 'a loop in a loop', count: 20_000, run: nested },
  { name: 'objects in an array', count: 80_000, run: objects },
  { name: 'building a text', count: 200_000, run: text },
  { name: 'entries of a map', count: 300_000, run: maps },
  { name: 'fibonacci(27)', count: 27, run: fibonacci },
  { name: 'callbacks of an array', count: 60_000, run: callbacks },
];
