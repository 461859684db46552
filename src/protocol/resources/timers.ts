import { trackResource } from './live-resources.js';

/** Most milliseconds of a timer, 25 days: beyond that, the platform's fire at once. */
const longest = 2 ** 31 - 1;

/** Calls back once, after so many milliseconds, unless the returned function is called before. Never after more than 24 days. */
export function after(milliseconds: number, callback: () => void): () => void {
  if (milliseconds > longest) return () => undefined;
  const untrack = trackResource('timer');
  const timer = setTimeout(() => {
    untrack();
    callback();
  }, milliseconds);
  return () => {
    clearTimeout(timer);
    untrack();
  };
}

/** Parts of a wait, each with a task of its own: between two of them messages that have come are heard. */
const waitParts = 5;

/**
 * Like `after`, for a wait that a message ends. Time in which the page was blocked hardly counts: a page that hears nothing
 * for a second has its timers run before it reads the messages of that second.
 */
export function afterListening(milliseconds: number, callback: () => void): () => void {
  let partsLeft = waitParts;
  let cancel = (): void => undefined;
  const wait = (): void => {
    cancel = after(milliseconds / waitParts, () => (--partsLeft === 0 ? callback() : wait()));
  };
  wait();
  return () => cancel();
}

/** Calls back every so many milliseconds, until the returned function is called. */
export function every(milliseconds: number, callback: () => void): () => void {
  const untrack = trackResource('timer');
  const timer = setInterval(callback, milliseconds);
  return () => {
    clearInterval(timer);
    untrack();
  };
}
