import { describe, expect, it } from 'vitest';
import { RandomForms } from './random-forms.js';
import { knowsNewest, RandomProgram, shrink, textOf, type Piece } from './random-program.js';
import { instrumentedEvents, nativeEvents } from './instrumented-programs.js';

/** How many programs of each generator, and the seed of the first: `npm run soak:differential` sets both. */
const programs = Number(process.env['DIFFERENTIAL_PROGRAMS'] ?? 500);
const firstSeed = Number(process.env['DIFFERENTIAL_SEED'] ?? 1);
const shardSize = 250;

/** The first seed of each shard, and how many programs it has. */
const shards = Array.from({ length: Math.ceil(programs / shardSize) }, (_, shard) => ({
  first: firstSeed + shard * shardSize,
  count: Math.min(shardSize, programs - shard * shardSize),
}));

const generators: Readonly<Record<string, (seed: number) => Piece>> = {
  statements: (seed) => new RandomProgram(seed).make(),
  forms: (seed) => new RandomForms(seed, knowsNewest).make(),
};

interface Comparison {
  readonly same: boolean;
  readonly events: number;
}

async function compare(program: Piece): Promise<Comparison> {
  const source = textOf(program);
  const [native, instrumented] = [await nativeEvents(source), await instrumentedEvents(source)];
  return { same: native.join('\n') === instrumented.join('\n'), events: native.length };
}

async function differs(program: Piece): Promise<boolean> {
  try {
    return !(await compare(program)).same;
  } catch (error) {
    // A piece that was left out may leave no program.
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

describe.each(Object.entries(generators))(
  'instrumented code against native code under AsyncLocalStorage: %s',
  (_, make) => {
    for (const { first, count } of shards) {
      it(`A1 has the same events in the same order and contexts in the random programs of seeds ${first} to ${first + count - 1}`, async () => {
        let events = 0;
        for (let seed = first; seed < first + count; seed++) {
          const program = make(seed);
          const comparison = await compare(program);
          events += comparison.events;
          if (comparison.same) continue;
          const smallest = textOf(await shrink(program, differs));
          expect(await instrumentedEvents(smallest), `seed ${seed}:\n${smallest}`).toEqual(
            await nativeEvents(smallest),
          );
        }
        expect(events).toBeGreaterThan(count * 10);
      }, 600_000);
    }
  },
);
