import { afterEach, describe, expect, it } from 'vitest';
import { activations } from '../../context/activations/activations.js';
import { current } from '../../context/current.js';
import { installPlatform } from '../../context/platform/install.js';
import { Variable } from '../../context/async-context/variable.js';
import { eventsOf, instrumentedText, nativeEvents } from './instrumented-programs.js';
import { consumers, mayLackContext, programOf, type Consumer } from './protocol-matrix.js';

const newest = 'asyncDispose' in Symbol && 'fromAsync' in Array && 'try' in Promise;
const queueNow = queueMicrotask;
/** More than any case has jobs. */
const jobs = 120;
const mostEvents = 20_000;

interface Observed {
  readonly events: readonly string[];
  /** Jobs between which something was ambient. */
  readonly ambient: number;
}

/** Runs a program on the platform as the worker has it, and looks at what is ambient between its jobs. */
async function observe(source: string): Promise<Observed> {
  const variable = new Variable<unknown>();
  const platform = installPlatform(globalThis);
  let ambient = 0;
  const look = (left: number): void => {
    if (current.mapping !== undefined) ambient += 1;
    if (left > 0) queueNow(() => look(left - 1));
  };
  try {
    const program = (0, eval)(instrumentedText(source)) as (world: unknown, functions: unknown) => Promise<unknown>;
    const events = await eventsOf(
      (world) => program(world, activations),
      {
        get: () => variable.get(),
        run: (value, fn) => {
          if (variable.get() === undefined) queueNow(() => look(jobs));
          return variable.run(value, fn);
        },
      },
      mostEvents,
    );
    return { events, ambient };
  } finally {
    platform.dispose();
  }
}

/** An event and its context. */
function split(event: string | undefined): readonly [event: string, context: string | undefined] {
  const at = event?.lastIndexOf(' in ') ?? -1;
  return at < 0 ? [event ?? 'nothing', undefined] : [event!.slice(0, at), event!.slice(at + 4)];
}

/** Ours, with the contexts that native code has in place of those that instrumented code is known to lack. */
function withoutKnown(consumer: Consumer, ours: readonly string[], native: readonly string[]): readonly string[] {
  return ours.map((event, index) => {
    const [what, context] = split(event);
    const isKnown = context === 'undefined' && mayLackContext(consumer, what) && split(native[index])[0] === what;
    return isKnown ? native[index]! : event;
  });
}

describe('a step of a protocol that fails', () => {
  afterEach(() => expect(current.mapping).toBeUndefined());

  const all = consumers(newest);
  for (const getters of [false, true]) {
    it.each(all.map((consumer) => [consumer.name, consumer] as const))(
      `F4 leaves nothing ambient, and is seen as in native code: %s${getters ? ', with getters' : ''}`,
      async (_name, consumer) => {
        const source = programOf(consumer, getters, false);
        const [native, ours] = [await nativeEvents(source, mostEvents), await observe(source)];
        expect(withoutKnown(consumer, ours.events, native)).toEqual(native);
        expect(ours.ambient).toBe(0);
      },
    );
  }

  it.each(all.filter(({ text }) => text.includes('driven(')).map((consumer) => [consumer.name, consumer] as const))(
    'F4 leaves nothing ambient where another context drives the generator: %s',
    async (_name, consumer) => {
      const source = programOf(consumer, true, true);
      const [native, ours] = [await nativeEvents(source, mostEvents), await observe(source)];
      expect(ours.events.map((event) => split(event)[0])).toEqual(native.map((event) => split(event)[0]));
      expect(ours.ambient).toBe(0);
    },
  );
});
