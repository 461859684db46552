import vectors from '../workers/kernel/namespace/chromium-repl-mode.json' with { type: 'json' };
import { intendedDifferences } from '../workers/kernel/namespace/repl-vectors-intended.js';
import { repetitions } from './fixtures/repetitions.js';
import { expect, test } from './fixtures/test.js';

/** `repl-vectors.test.ts` runs every scenario in Node; each of these costs a worker. */
const stride = repetitions({ test: 4, soak: 1 });
const scenarios = Object.entries(vectors).filter((_, index) => index % stride === 0);

/** Which error it was, not the engine's words for it; of an object that it is one. */
const comparable = (outcome: string): string =>
  outcome.replace(/^(!! \w+Error).*/s, '$1').replace(/^(Promise|Object|Array\(\d+\)) .*/s, '$1');

test('C1: a session agrees with Chromium’s console wherever it does not mean to differ', async ({
  sdkPage,
  site,
  problems,
}) => {
  problems.expect(/m\.js/);
  const outcomes = await sdkPage.evaluate(
    async ({ waiting, answer }) => {
      const codemode = new window.sdk.Codemode({
        importMap: { imports: { '/chrome/m.js': answer } },
        allowModule: () => true,
      });
      const all: Record<string, string[]> = {};
      const runScenario = async (name: string, steps: readonly (readonly string[])[]): Promise<void> => {
        const session = codemode.session(name);
        all[name] = [];
        for (const [input] of steps) {
          const { ok, error, preview } = await session.execute(input!);
          if (!ok)
            all[name].push(
              error!.name === 'Uncaught' ? `!! ${error!.message}` : `!! ${error!.name}: ${error!.message}`,
            );
          else if (preview.type === 'string') all[name].push(JSON.stringify(preview.text));
          else if (preview.type !== 'object') all[name].push(preview.text);
          else if (preview.kind === 'function') all[name].push((preview as { source?: string }).source ?? preview.text);
          else
            all[name].push(preview.kind === 'array' ? `Array(${preview.size}) ` : `${preview.className || 'Object'} `);
        }
        await session.close();
      };
      // Several at once: most of the time of each goes into the start of its worker.
      await Promise.all(
        Array.from({ length: 4 }, async () => {
          for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await runScenario(...next);
        }),
      );
      await codemode.close();
      return all;
    },
    { waiting: scenarios, answer: `${site.origin}/e2e/pages/modules/answer.js` },
  );

  const wrong = scenarios.flatMap(([name, steps]) => {
    const expected = steps.map(([, outcome]) => comparable(outcome!).trim());
    const received = outcomes[name]!.map((outcome) => comparable(outcome).trim());
    const agrees = JSON.stringify(expected) === JSON.stringify(received);
    return agrees === (intendedDifferences[name] === undefined) ? [] : [{ name, expected, received }];
  });
  expect(wrong).toEqual([]);
});
