import { Codemode } from '../../../src/sdk/index.js';

/** What code may do to drown a page; each in a session of its own. */
export const floods: Record<string, string> = {
  'a million lines': `for (let i = 0; i < 1_000_000; i++) console.log('line', i)`,
  'a million lines, in turns': `for (let i = 0; i < 1_000_000; i++) { console.log('line', i); if (i % 1000 === 0) await new Promise((r) => setTimeout(r)) }`,
  '50 MB logged': `console.log('x'.repeat(50 * 1024 * 1024))`,
  '50 MB returned': `'x'.repeat(50 * 1024 * 1024)`,
  '50 MB thrown': `throw new Error('x'.repeat(50 * 1024 * 1024))`,
  '50 MB to a tool': `await tools.echo('x'.repeat(50 * 1024 * 1024))`,
  'two million objects returned': 'const graph = []; for (let i = 0; i < 2e6; i++) graph.push({ i }); graph',
  'two million objects logged':
    'const logged = []; for (let i = 0; i < 2e6; i++) logged.push({ i }); console.log(logged); 1',
  'a wide array of objects returned': 'Array.from({ length: 90_000 }, (_, i) => ({ i }))',
  'a huge map returned': 'new Map(Array.from({ length: 49_000 }, (_, i) => [i, `${i}`]))',
  'strings of 3 MB returned': `Array.from({ length: 2900 }, (_, i) => 'x'.repeat(1000) + i)`,
  '10,000 calls at once': 'await Promise.all(Array.from({ length: 10_000 }, (_, i) => tools.echo(i)))',
  '1,000 calls with 100 KB': `const big = 'y'.repeat(1e5); await Promise.all(Array.from({ length: 1_000 }, () => tools.echo(big))); 1`,
  '200,000 unhandled rejections': `for (let i = 0; i < 200_000; i++) Promise.reject(new Error('left ' + i)); await new Promise((r) => setTimeout(r, 500)); 1`,
  '100,000 displays': 'for (let i = 0; i < 100_000; i++) display({ i, text: "shown" })',
  '100,000 timers that log':
    'for (let i = 0; i < 100_000; i++) setTimeout(() => console.log(i)); await new Promise((r) => setTimeout(r, 1000)); 1',
  'nested 100,000 deep, logged and returned':
    'let deep = {}; for (let i = 0; i < 1e5; i++) deep = { deep }; console.log(deep); deep',
  '20,000 lines of objects': `for (let i = 0; i < 20_000; i++) console.log({ a: 'x'.repeat(900), b: [1, 2, 3], c: { i } }, i)`,
};

export interface Flood {
  readonly ok: boolean;
  /** Milliseconds until the result. */
  readonly took: number;
  /** Milliseconds between two turns of the page's event loop, the longest first. */
  readonly gaps: readonly number[];
  readonly lines: number;
  /** Notices of what was dropped. */
  readonly notices: readonly string[];
  /** Heap that the page used more at the end than at the beginning, in MB; where the browser tells. */
  readonly heap: number | undefined;
}

/** Ticks as often as the event loop comes round, and notes how long each round took. */
function watchGaps(): { end(): readonly number[] } {
  const channel = new MessageChannel();
  const gaps: number[] = [];
  let last = performance.now();
  channel.port1.onmessage = () => {
    const now = performance.now();
    if (now - last > 8) gaps.push(now - last);
    last = now;
    channel.port2.postMessage(null);
  };
  channel.port2.postMessage(null);
  return {
    end() {
      channel.port1.onmessage = null;
      channel.port1.close();
      gaps.push(performance.now() - last);
      return gaps.sort((one, other) => other - one);
    },
  };
}

const heapSize = (): number =>
  (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? Number.NaN;

export async function flood(name: string): Promise<Flood> {
  await using codemode = new Codemode({
    runnerUrl: '/runner.html',
    limits: { codeTimeout: 60_000, requestTimeout: 120_000 },
  });
  codemode.registry.registerTool('echo', (args: unknown) => args);
  const session = codemode.session('flooded');
  let lines = 0;
  const notices: string[] = [];
  session.addEventListener('output', ({ detail }) => {
    lines++;
    if (detail.method === 'notice') notices.push(detail.text);
  });
  await session.execute('1');
  const heapBefore = heapSize();
  const watch = watchGaps();
  const started = performance.now();
  const result = await session.execute(floods[name]!);
  const took = performance.now() - started;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const gaps = watch.end().slice(0, 5);
  const heap = (heapSize() - heapBefore) / 1024 / 1024;
  return {
    ok: result.ok,
    took,
    gaps,
    lines,
    notices: notices.slice(0, 3),
    heap: Number.isNaN(heap) ? undefined : heap,
  };
}
