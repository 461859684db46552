/** Milliseconds of work in one task, well below the 50 ms from which a task counts as long. */
const slice = 8;

type Turn = () => void;
const waiting: Turn[] = [];
let isScheduled = false;

/**
 * Resolves when the page has time for one more piece of work. Pieces that are asked for in one task are spread over as many as they
 * need: two hundred elements upgrade at once, and each would otherwise render in that same task.
 */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (isScheduled) return;
    isScheduled = true;
    next();
  });
}

/** A message is a task of its own, and unlike a timer is not held back when there are many. */
function next(): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    void work();
  };
  port2.postMessage(undefined);
}

async function work(): Promise<void> {
  const start = performance.now();
  while (waiting.length > 0 && performance.now() - start < slice) {
    waiting.shift()!();
    // What was waiting does its work in microtasks.
    for (let tick = 0; tick < 4; tick++) await Promise.resolve();
  }
  isScheduled = waiting.length > 0;
  if (isScheduled) next();
}
