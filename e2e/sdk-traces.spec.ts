import { expect, test } from './fixtures/test.js';

test('G2: the trace of an execution in a worker has its waits and its tool calls, in Chrome and OTLP form too', async ({
  sdkPage,
}) => {
  const outcome = await sdkPage.evaluate(async () => {
    const { Codemode } = window.sdk;
    const codemode = new Codemode();
    const seen: (string | undefined)[] = [];
    codemode.registry.registerTool('slow', {
      description: 'Takes 30 ms',
      execute: async (_input: unknown, { context }) => {
        seen.push(context.traceparent);
        await new Promise((resolve) => setTimeout(resolve, 30));
        return 1;
      },
    });
    const session = codemode.session('tab');
    const { trace, ok } = await session.execute(
      'await new Promise((resolve) => setTimeout(resolve, 30)); let kept = await tools.slow(); kept',
    );
    const { spans } = trace;
    const root = spans.find(({ kind }) => kind === 'execution')!;
    const tool = spans.find(({ kind }) => kind === 'tool')!;
    const measured = {
      ok,
      kinds: spans.map(({ kind }) => kind).toSorted(),
      seen,
      toolTrace: `00-${tool.traceId}-${tool.spanId}-01`,
      within: spans.every(({ start, end }) => root.start <= start && start <= end && end <= root.end),
      waits: spans.filter(({ kind }) => kind === 'wait').map(({ start, end }) => end - start >= 15),
      kept: [session.trace().spans.length, codemode.trace().spans.length],
      chrome: trace.toChromeTrace().traceEvents.filter(({ ph }) => ph === 'X').length,
      otlp: trace.toOTLP().resourceSpans[0]!.scopeSpans[0]!.spans.length,
    };
    await codemode.close();
    return measured;
  });
  const kinds = ['checkpoint', 'compile', 'execution', 'queue', 'run', 'tool', 'wait', 'wait'];
  expect(outcome).toEqual({
    ok: true,
    kinds,
    seen: [outcome.toolTrace],
    toolTrace: outcome.toolTrace,
    within: true,
    waits: [true, true],
    kept: [8, 8],
    chrome: 8,
    otlp: 8,
  });
});
