import { expect, it } from 'vitest';
import { never, playedCodemode } from './testing/played-codemode.js';

it('C4: stop() and cancelPending() end awaitPending(), also one that is on its way', async () => {
  const answers = { awaitPending: never, cancelPending: () => [{ kind: 'timer', runId: 'r', since: 1 }] };
  const { codemode } = playedCodemode(async () => ({ ok: true }), { answers });
  const session = codemode.session('s');
  await session.execute('1');
  const first = session.awaitPending();
  await session.stop();
  expect(await first).toEqual({});
  const second = session.awaitPending();
  expect(await session.cancelPending()).toEqual([{ kind: 'timer', runId: 'r', since: 1 }]);
  expect(await second).toEqual({});
  await codemode.close();
});
