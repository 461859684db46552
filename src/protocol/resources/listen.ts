import { trackResource } from './live-resources.js';

/** Listens until the returned function is called. */
export function listen<E extends Event>(target: EventTarget, type: string, listener: (event: E) => void): () => void {
  const untrack = trackResource('listener');
  target.addEventListener(type, listener as (event: Event) => void);
  return () => {
    target.removeEventListener(type, listener as (event: Event) => void);
    untrack();
  };
}
