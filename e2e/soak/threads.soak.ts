import { expect, test } from '../fixtures/test.js';

/** Overridden to try the script itself: the number that counts is the default. */
const updates = Number(process.env['SOAK_UPDATES'] ?? 100);

test(`C6: 10 writers with ${updates} updates each, in threads, lose none`, async ({ sdkPage }) => {
  const seen = await sdkPage.evaluate(async (count) => {
    const codemode = new window.sdk.Codemode();
    const session = codemode.session('writers');
    await session.execute('total = 0; counts = {}');
    let conflicts = 0;
    const writer = async (name: string): Promise<void> => {
      for (let at = 0; at < count; at++) {
        for (;;) {
          const code = `total += 1; counts.${name} = (counts.${name} ?? 0) + 1`;
          const { ok, error } = await session.execute(code, { mode: 'thread' });
          if (ok) break;
          if (error.name !== 'NamespaceConflictError') throw new Error(error.message);
          conflicts++;
        }
      }
    };
    const names = Array.from({ length: 10 }, (_, index) => `writer${index}`);
    await Promise.all(names.map(writer));
    const { value } = await session.execute('[total, counts]');
    await codemode.close();
    return { value, conflicts };
  }, updates);
  const counts = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`writer${index}`, updates]));
  expect(seen.value).toEqual([10 * updates, counts]);
  expect(seen.conflicts).toBeGreaterThan(0);
});
