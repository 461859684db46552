/**
 * Microtasks that queue further microtasks keep the event loop from everything else: messages, timers, a Stop. A host that has to
 * be heard in between lets instrumented awaits and reactions wait for a turn of the event loop once they have kept it long enough.
 * Without such a host nothing ever waits.
 */
interface Pacing {
  /** How many awaits and reactions go by before the host is asked. A host sets it anew each time. */
  left: number;
  /** The value, or a promise of it that is settled in a turn of the event loop. */
  delay(value: unknown): unknown;
}

export const pacing: Pacing = { left: 2 ** 30, delay: (value) => value };

/** What to await instead of a value, asked at each await; without a value the turn to wait for before a reaction, if one is due. */
export function paced(value?: unknown): unknown {
  return --pacing.left < 0 ? pacing.delay(value) : value;
}
