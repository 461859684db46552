import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.js';

/** What keeps its worker from everything else: a loop with checks, and what the engine does alone. */
const busy = { loop: 'for (;;) ;', engine: '/^(a+)+$/.test("a".repeat(40) + "b");' };

interface Seen {
  readonly value: unknown;
  readonly kept: unknown;
  readonly reasons: readonly string[];
  readonly texts: readonly string[];
}

/** Leaves `work` in a timer of an execution that ends, does `next`, and tells what is there afterwards. */
function leave(page: Page, work: string, next: 'stop' | 'cancelPending' | 'run' | 'wait'): Promise<Seen> {
  return page.evaluate(
    async ({ source, then }) => {
      const codemode = new window.sdk.Codemode({
        limits: { lateWork: then === 'run' || then === 'wait' ? 1_000 : 60_000, stopGrace: 200 },
      });
      const session = codemode.session('s');
      const reasons: string[] = [];
      const texts: string[] = [];
      session.addEventListener('recovered', ({ detail }) => reasons.push(detail.reason));
      session.addEventListener('output', ({ detail }) => {
        if (detail.method === 'notice') texts.push(detail.text);
      });
      await session.execute('let kept = 42');
      const { value } = await session.execute(`setTimeout(() => { ${source} }, 5); 7`, { fileName: 'leaves.ts' });
      const keepsBusy = new Promise<void>((resolve) => {
        session.addEventListener('statechange', ({ detail }) => detail.to === 'running' && resolve());
      });
      const ended = new Promise<void>((resolve) => {
        session.addEventListener('recovered', () => resolve());
        session.addEventListener('output', ({ detail }) => detail.method === 'notice' && resolve());
      });
      await (then === 'wait' ? ended : keepsBusy);
      if (then === 'stop') await session.stop();
      if (then === 'cancelPending') await session.cancelPending();
      // Has far less time than the pending work takes.
      const { value: kept, error } = await session.execute('kept', { timeout: 300 });
      await codemode.close();
      return { value, kept: error?.message ?? kept, reasons, texts };
    },
    { source: work, then: next },
  );
}

test.describe('F8: what an ended execution left in a timer', () => {
  test('can be stopped, by stop() and by cancelPending(), and costs no variable', async ({ sdkPage }) => {
    for (const next of ['stop', 'cancelPending'] as const) {
      for (const work of [busy.loop, busy.engine]) {
        const { reasons, ...seen } = await leave(sdkPage, work, next);
        expect(seen, `${next} ${work}`).toEqual({ value: 7, kept: 42, texts: [] });
        expect(reasons.join(), `${next} ${work}`).toContain('pending work of leaves.ts');
      }
    }
  });

  test('ends at its own deadline, and the next run has its own time', async ({ sdkPage }) => {
    for (const next of ['run', 'wait'] as const) {
      const loop = await leave(sdkPage, busy.loop, next);
      expect(loop, next).toMatchObject({ value: 7, kept: 42, reasons: [] });
      expect(loop.texts.join(), next).toContain('pending work of leaves.ts was stopped');
      const engine = await leave(sdkPage, busy.engine, next);
      expect(engine, next).toMatchObject({ value: 7, kept: 42, texts: [] });
      expect(engine.reasons.join(), next).toContain('pending work of leaves.ts');
    }
  });
});
