/** Milliseconds of work in one task, well below the 50 ms of a long task. */
const slice = 8;

type Turn = () => void;
const waiting: Turn[] = [];
let isScheduled = false;

/**
 * Resolves when the page has time for one more piece of work. Spreads the pieces over several tasks: otherwise, two hundred elements
 * that upgrade together would all render in one task.
 */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (isScheduled) return;
    isScheduled = true;
    next();
  });
}

/** Schedules a task by a message, as browsers throttle nested timers. */
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
    // The waiting code runs in microtasks.
    for (let tick = 0; tick < 4; tick++) await Promise.resolve();
  }
  isScheduled = waiting.length > 0;
  if (isScheduled) next();
}
