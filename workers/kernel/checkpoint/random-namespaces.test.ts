import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointedNamespace } from './testing/checkpointed-namespace.js';
import { cellsFrom } from './testing/random-namespace.js';

/** Many more in `npm run soak`, from a seed that is new each time. */
const { CHECKPOINT_NAMESPACES: count = '500', CHECKPOINT_SEED: seed = '1' } = process.env;

const choice = fc.nat(999);
const randomCells = fc
  .array(fc.tuple(choice, choice, choice, choice, choice), { minLength: 1, maxLength: 14 })
  .map(cellsFrom);

describe('random namespaces', () => {
  it(
    'F6: after checkpoint and restore code sees no difference that is not named as lost',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomCells, async (cells) => {
          const kept = new CheckpointedNamespace();
          for (const cell of cells) await kept.run(cell).catch(() => undefined);
          kept.update();
          const { fresh, report } = await kept.restored();
          const lost = new Set([...kept.lost, ...report.lost].map(({ name }) => name));
          const names = kept.names().filter((name) => !lost.has(name));
          expect(fresh.names()).toEqual(names);
          expect(fresh.observe(names)).toEqual(kept.observe(names));
          // Other code may read a lost name.
          if (lost.size === 0) expect(await fresh.callAll(names)).toEqual(await kept.callAll(names));
        }),
        { numRuns: Number(count), seed: Number(seed) },
      );
    },
    Math.max(60_000, Number(count) * 50),
  );
});
