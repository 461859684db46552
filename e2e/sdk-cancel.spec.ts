import { RandomChoices } from '../src/compiler/testing/random-choices.js';
import { repetitions } from './fixtures/repetitions.js';
import { expect, test } from './fixtures/test.js';

const firstSeed = Number(process.env['CANCEL_SEED'] ?? 1);
const programs = repetitions({ test: 16, soak: 200 });

interface Program {
  readonly seed: number;
  readonly code: string;
  readonly stop: 'timeout' | 'stop';
  /** How many of its steps are told to the host before it is stopped. */
  readonly steps: number;
}

/** Counts its steps in the namespace, tells each to the host, and never ends. */
function programOf(seed: number): Program {
  const choices = new RandomChoices(seed);
  const step = 'next(); await tools.mark({ step: at });';
  const around = [
    (inner: string) => `try { ${inner} } finally { left.push(at) }`,
    (inner: string) => `await (async () => { ${inner} })();`,
    (inner: string) => `for (const _ of [1]) { ${inner} }`,
    (inner: string) => `for (let spin = 0; spin < 20_000; spin++) Math.sqrt(spin); ${inner}`,
    (inner: string) => `await new Promise((resolve) => setTimeout(resolve)); ${inner}`,
    (inner: string) => `async function* once() { yield 1 } for await (const _ of once()) { ${inner} }`,
    (inner: string) => `await Promise.resolve().then(async () => { ${inner} });`,
  ];
  const endless = [
    'for (;;) next();',
    'for (;;) { try { for (;;) next() } catch { swallowed++ } }',
    'const again = (n) => { next(); again(n); again(n) }; for (;;) try { again(1) } catch {}',
    'function* forever() { for (;;) { try { yield next() } catch {} } } for (const _ of forever());',
    'for (;;) { next(); await null }',
    'for (;;) { try { next(); await tools.mark({ step: at }) } catch { swallowed++ } }',
    'const turn = () => Promise.resolve().then(next).then(turn, turn); await turn();',
    'await new Promise(() => {});',
  ];
  const steps = 1 + choices.below(4);
  const body = Array.from({ length: steps }, () => choices.pick(around)(step))
    .map((text) => `{ ${text} }`)
    .join('\n');
  return { seed, code: `{ ${body}\n${choices.pick(endless)} }`, stop: choices.chance(0.5) ? 'timeout' : 'stop', steps };
}

test.describe('C9: what a stopped execution leaves', () => {
  test(`programs of seeds ${firstSeed} to ${firstSeed + programs - 1} lose nothing that they had done`, async ({
    sdkPage,
  }) => {
    const all = Array.from({ length: programs }, (_, index) => programOf(firstSeed + index));
    const outcomes = await sdkPage.evaluate(async (list) => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      let told = 0;
      let onStep = (): void => undefined;
      codemode.registry.registerTool('mark', ({ step }: { readonly step: number }) => {
        told = Math.max(told, step);
        onStep();
      });
      let recovered = 0;
      session.addEventListener('recovered', () => recovered++);
      await session.execute(
        'let at = 0, swallowed = 0; const left = [], seen = new Map([[0, true]]); function next() { at++; return at }',
      );
      const results = [];
      for (const { code, stop, steps } of list) {
        const { value: before } = await session.execute<number>('seen.set(at, true); at');
        told = 0;
        recovered = 0;
        const reached = new Promise<void>((resolve) => {
          onStep = () => {
            if (told >= before! + steps) resolve();
          };
        });
        const running = session.execute(code, stop === 'timeout' ? { timeout: 400 } : {});
        if (stop === 'stop') {
          await reached;
          await session.stop();
        }
        const { ok, error } = await running;
        const toldAtEnd = told;
        const after = await session.execute<[number, boolean]>(
          '[at, seen.get(' + String(before) + ') === true && Array.isArray(left)]',
        );
        const [at, isKept] = after.value ?? [-1, false];
        // What a new worker starts from is the namespace as it was before the program.
        const isComplete = recovered > 0 ? at >= before! : at >= toldAtEnd;
        const { value: sum } = await session.execute<number>('1 + 1');
        results.push({
          ok,
          error: error?.name,
          isKept,
          isComplete,
          sum,
          late: told - toldAtEnd,
          recovered: stop === 'timeout' ? recovered : 0,
        });
      }
      await codemode.close();
      return results;
    }, all);
    for (const [index, outcome] of outcomes.entries()) {
      const { seed, code, stop } = all[index]!;
      const error = stop === 'timeout' ? 'ExecutionTimeoutError' : 'CancelledError';
      expect(outcome, `seed ${seed}, ${stop}:\n${code}`).toEqual({
        ok: false,
        error,
        isKept: true,
        isComplete: true,
        sum: 2,
        late: 0,
        recovered: 0,
      });
    }
  });

  for (const [kind, code] of Object.entries({
    'a loop that calls without waiting': 'for (;;) tools.note()',
    'a loop that waits': 'for (;;) await tools.note()',
    'a loop that swallows': 'for (;;) { try { await tools.note() } catch {} }',
    'a chain of promises': 'const again = () => tools.note().then(again, again); await again()',
    timers: 'const again = () => { setTimeout(again); tools.note() }; again(); await new Promise(() => {})',
    'an interval': 'setInterval(() => tools.note(), 1); await new Promise(() => {})',
    'a listener of its signal':
      'context.signal.addEventListener("abort", () => tools.note()); tools.note(); await new Promise(() => {})',
    'a finally':
      'tools.note(); try { await new Promise(() => {}) } finally { setTimeout(() => tools.note()); tools.note() }',
  })) {
    test(`no call of a tool arrives after Stop: ${kind}`, async ({ sdkPage }) => {
      const outcome = await sdkPage.evaluate(async (source) => {
        const codemode = new window.sdk.Codemode();
        const session = codemode.session('s');
        let calls = 0;
        const called = new Promise<void>((resolve) => {
          codemode.registry.registerTool('note', () => {
            calls++;
            resolve();
          });
        });
        await session.execute('let keep = 42');
        const running = session.execute(source);
        await called;
        const stopping = session.stop();
        const atStop = calls;
        await stopping;
        const { error } = await running;
        // What the stopped code had queued in its worker runs before this does.
        await session.execute('await new Promise((resolve) => setTimeout(resolve, 50))');
        const { value } = await session.execute('keep');
        await codemode.close();
        return { error: error?.name, late: calls - atStop, value };
      }, code);
      expect(outcome).toEqual({ error: 'CancelledError', late: 0, value: 42 });
    });
  }

  test('A2: a page that is blocked when it stops code loses neither the worker nor what runs beside it', async ({
    sdkPage,
  }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      codemode.registry.registerTool('held', () => released);
      const session = codemode.session('s');
      let recovered = 0;
      session.addEventListener('recovered', () => recovered++);
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      const beside = session.execute("await tools.held(); 'went on'");
      const controller = new AbortController();
      const stopped = session.execute("display('begun'); await new Promise(() => {})", { signal: controller.signal });
      await begun;
      controller.abort();
      // Longer than the code may take to end, and the page hears nothing meanwhile.
      const blockedUntil = performance.now() + 1_500;
      while (performance.now() < blockedUntil);
      const { error } = await stopped;
      release();
      const { value } = await beside;
      await codemode.close();
      return { error: error?.name, value, recovered };
    });
    expect(outcome).toEqual({ error: 'CancelledError', value: 'went on', recovered: 0 });
  });

  for (const [kind, code] of Object.entries({
    'prints in its finally':
      "try { display('begun'); await new Promise(() => {}) } finally { console.log('cleaned up') }",
    'is stopped while it prints': "display('begun'); await null; for (;;) console.log('more')",
  })) {
    test(`output of later code still arrives while it runs, after a stop of code that ${kind}`, async ({ sdkPage }) => {
      const texts = await sdkPage.evaluate(async (source) => {
        const codemode = new window.sdk.Codemode();
        const session = codemode.session('s');
        const nextOutput = (): Promise<string> =>
          new Promise((resolve) => {
            session.addEventListener('output', ({ detail }) => resolve(detail.text), { once: true });
          });
        await session.execute('0');
        const begun = nextOutput();
        const stopped = session.execute(source, source.includes('for (;;)') ? { timeout: 1_000 } : {});
        const first = await begun;
        if (!source.includes('for (;;)')) await session.stop();
        await stopped;
        const shown = nextOutput();
        const running = session.execute("display('later'); await new Promise(() => {})");
        const second = await shown;
        await session.stop();
        await running;
        await codemode.close();
        return [first, second];
      }, code);
      expect(texts).toEqual(['begun', 'later']);
    });
  }

  test('the signal of its context is aborted with the reason, in the worker', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      const begun = new Promise((resolve) => {
        session.addEventListener('output', resolve, { once: true });
      });
      const running =
        session.execute(`let reason; context.signal.addEventListener('abort', function () { reason = this.reason.name });
        console.log('begun'); await new Promise(() => {})`);
      await begun;
      await session.stop();
      await running;
      const { value } = await session.execute('reason');
      await codemode.close();
      return value;
    });
    expect(outcome).toBe('CancelledError');
  });

  test('stopping twice, or what is idle or has ended, does nothing', async ({ sdkPage }) => {
    const outcome = await sdkPage.evaluate(async () => {
      const codemode = new window.sdk.Codemode();
      const session = codemode.session('s');
      await session.stop();
      const states: string[] = [session.state];
      await session.execute('const mark = new WeakMap(); let ticks = 0; setInterval(() => { ticks++ }, 1)');
      await session.stop();
      const running = session.execute('await new Promise(() => {})');
      const controller = new AbortController();
      const ended = await session.execute('1', { signal: controller.signal });
      controller.abort();
      await Promise.all([session.stop(), session.stop()]);
      const { error } = await running;
      await session.stop();
      states.push(session.state);
      const { value } = await session.execute(
        'const from = ticks; await new Promise((resolve) => { const timer = setInterval(() => { if (ticks > from) { clearInterval(timer); resolve() } }) }); mark instanceof WeakMap',
      );
      await codemode.close();
      return { states, ended: ended.value, error: error?.name, value };
    });
    expect(outcome).toEqual({ states: ['created', 'ready'], ended: 1, error: 'CancelledError', value: true });
  });
});
