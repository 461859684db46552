import { Codemode, type CodemodeOptions } from '../../../src/sdk/index.js';
import type { Session } from '../../../src/sdk/session/session.js';
import { openEcho } from './echo.js';

/** Runs in the page. Times are milliseconds; what a machine does besides only ever adds to them, so callers take the least or the median. */

const code = { value: '1 + 1', neverEnds: 'await new Promise(() => {})', busy: 'for (;;) {}' };

/** What an execution is asked with goes both ways in the echo, so that as many characters travel. */
const message = {
  context: { runId: 'r'.repeat(36), correlationId: 'c'.repeat(36), variables: {}, metadata: {} },
  code: code.value,
};

export function openCodemode(options: CodemodeOptions = {}): Codemode {
  const codemode = new Codemode({ runnerUrl: '/runner.html', ...options });
  codemode.registry.registerTool('echo', (args: unknown) => args);
  return codemode;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

async function expectValue(session: Session, text: string, value: unknown): Promise<void> {
  const result = await session.execute(text);
  if (result.value !== value)
    throw new Error(`${text} gave ${String(result.value)}: ${result.error?.message ?? 'no error'}`);
}

export interface RoundTrips {
  readonly echo: readonly number[];
  readonly value: readonly number[];
  /** Another text each time. */
  readonly otherValue: readonly number[];
  /** Reads and writes names of an earlier cell. */
  readonly names: readonly number[];
  readonly echoCall: readonly number[];
  readonly toolCall: readonly number[];
}

/**
 * How often each way goes in a portion: often enough for a clock that ticks ten times a millisecond, and seldom enough that many
 * portions end before another program has its turn.
 */
const inPortion = 10;

const toolCalls = `const started = performance.now();
for (let i = 0; i < ${inPortion}; i++) await tools.echo(i);
(performance.now() - started) / ${inPortion}`;

/** Mean of each portion. The ways take turns, so that all see the same machine. */
export async function roundTrips(portions: number): Promise<RoundTrips> {
  await using codemode = openCodemode();
  using echo = await openEcho('/echo.html');
  const session = codemode.session('warm');
  await session.execute('let count = 0; const items = [1, 2]');
  let serial = 0;
  let count = 0;
  const mean = async (run: () => Promise<unknown>): Promise<number> =>
    (await timed(async () => {
      for (let at = 0; at < inPortion; at++) await run();
    })) / inPortion;
  const call = { context: message.context, callId: 'c'.repeat(12), name: 'echo', args: 1 };
  const ways = {
    echo: () => mean(() => echo.ask(message)),
    value: () => mean(() => expectValue(session, code.value, 2)),
    otherValue: () => mean(() => expectValue(session, `${++serial} + 1`, serial + 1)),
    names: () => mean(() => expectValue(session, 'count = count + items.length', (count += 2))),
    echoCall: () => echo.calls(inPortion, call),
    toolCall: async () => (await session.execute<number>(toolCalls)).value!,
  };
  const times: Record<keyof typeof ways, number[]> = {
    echo: [],
    value: [],
    otherValue: [],
    names: [],
    echoCall: [],
    toolCall: [],
  };
  for (let portion = -20; portion < portions; portion++) {
    for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
      const time = await ways[way]();
      if (portion >= 0) times[way].push(time);
    }
  }
  return times;
}

export interface Starts {
  /** In a page that has opened none yet. */
  readonly first: number;
  readonly further: readonly number[];
  /** A frame with a worker of as many bytes, none of which is the kernel's, to its first answer. */
  readonly bare: readonly number[];
}

/** From asking for a session to its first result, and as often the same of a bare frame. */
export async function coldStarts(count: number): Promise<Starts> {
  await using codemode = openCodemode();
  const start = (name: string): Promise<number> => timed(() => expectValue(codemode.session(name), code.value, 2));
  const first = await start('first');
  const further: number[] = [];
  const bare: number[] = [];
  for (let at = 0; at < count; at++) {
    bare.push(
      await timed(async () => {
        using echo = await openEcho('/bare.html');
        await echo.ask(message);
      }),
    );
    further.push(await start(`further-${at}`));
    await codemode.session(`further-${at}`).close();
  }
  return { first, further, bare };
}

export interface Stops {
  /** From Stop to the result that says so. */
  readonly stopped: readonly number[];
  /** From Stop to the next result, with the namespace as it was. */
  readonly recovered: readonly number[];
  /** Whether the worker had to be ended. */
  readonly killed: number;
}

export async function stops(kind: 'neverEnds' | 'busy', count: number): Promise<Stops> {
  await using codemode = openCodemode();
  const session = codemode.session('stopped');
  let killed = 0;
  session.addEventListener('recovered', () => killed++);
  await expectValue(session, 'const keep = 42; keep', 42);
  const stopped: number[] = [];
  const recovered: number[] = [];
  for (let at = 0; at < count; at++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const run = session.execute(code[kind]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    void session.stop();
    await run;
    stopped.push(performance.now() - started);
    await expectValue(session, 'keep', 42);
    recovered.push(performance.now() - started);
  }
  return { stopped, recovered, killed };
}

export interface Throughput {
  /** Executions in a second. */
  readonly sequential: number;
  readonly concurrent: number;
}

export async function throughput(count: number): Promise<Throughput> {
  await using codemode = openCodemode();
  const session = codemode.session('small');
  const one = (): Promise<void> => expectValue(session, code.value, 2);
  for (let at = 0; at < 100; at++) await one();
  const sequential = await timed(async () => {
    for (let at = 0; at < count; at++) await one();
  });
  const concurrent = await timed(async () => {
    for (let at = 0; at < count; at += 100) await Promise.all(Array.from({ length: 100 }, one));
  });
  return { sequential: (count / sequential) * 1000, concurrent: (count / concurrent) * 1000 };
}
