/** What this layer opens and has to release: tests count it before and after. */
export type ResourceKind = 'frame' | 'port' | 'listener' | 'timer' | 'objectUrl' | 'worker' | 'database';

const live: Record<ResourceKind, number> = {
  frame: 0,
  port: 0,
  listener: 0,
  timer: 0,
  objectUrl: 0,
  worker: 0,
  database: 0,
};

/** How many of each kind are open in this realm. A copy, taken now. */
export const liveResources = (): Readonly<Record<ResourceKind, number>> => ({ ...live });

/** Counts one as open until the returned function is first called. */
export function trackResource(kind: ResourceKind): () => void {
  live[kind] += 1;
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    live[kind] -= 1;
  };
}

/** Listens until the returned function is called. */
export function listen<E extends Event>(target: EventTarget, type: string, listener: (event: E) => void): () => void {
  const untrack = trackResource('listener');
  target.addEventListener(type, listener as (event: Event) => void);
  return () => {
    target.removeEventListener(type, listener as (event: Event) => void);
    untrack();
  };
}

/** Calls back once, after so many milliseconds, unless the returned function is called before. */
export function after(milliseconds: number, callback: () => void): () => void {
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
