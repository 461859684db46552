import { countResources, expect, test } from '../fixtures/test.js';

/** Overridden to try the script itself: the numbers that count are the defaults. */
const iterations = Number(process.env['SOAK_ITERATIONS'] ?? 1_000);
const goldenRuns = Number(process.env['SOAK_GOLDEN_RUNS'] ?? 100);

test(`B2: ${iterations} iterations of ten workers with a hundred transitions each`, async ({ sdkPage }) => {
  const wrong = await sdkPage.evaluate(async (count) => {
    const found: unknown[] = [];
    const codemode = new window.sdk.Codemode();
    const sessions = Array.from({ length: 10 }, (_, index) => codemode.session(`worker-${index}`));
    for (const session of sessions) {
      let at: string = session.state;
      session.addEventListener('statechange', ({ detail: { from, to } }) => {
        if (from !== at || !(window.sdk.sessionRules[from] as readonly string[]).includes(to))
          found.push({ from, to, at });
        at = to;
      });
    }
    for (let iteration = 0; iteration < count && found.length === 0; iteration++) {
      await Promise.all(
        sessions.map(async (session, index) => {
          for (let step = 0; step < 50; step++) {
            const { value } = await session.execute<number>(`${iteration} + ${index} + ${step}`);
            if (value !== iteration + index + step) found.push({ iteration, index, step, value });
          }
        }),
      );
    }
    return found;
  }, iterations);
  expect(wrong).toEqual([]);
});

for (let run = 1; run <= goldenRuns; run++) {
  test(`B2: golden run ${run} of ${goldenRuns}`, async ({ sdkPage }) => {
    test.setTimeout(30_000);
    const before = await countResources(sdkPage);
    const seen = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const delays = [100, 50, 150, 20, 80];
      const results = await Promise.all(
        delays.map((delay, index) =>
          codemode
            .session(`s${index % 2}`)
            .execute(`await new Promise((resolve) => setTimeout(resolve, ${delay})); context.require('client_id')`, {
              context: { client_id: index },
            }),
        ),
      );
      const failed = await codemode.session('s0').execute('throw new Error("planned")');
      await codemode.close();
      return { values: results.map((result) => result.value), failed: failed.ok };
    });
    expect(seen).toEqual({ values: [0, 1, 2, 3, 4], failed: false });
    await expect.poll(() => countResources(sdkPage)).toEqual(before);
  });
}
