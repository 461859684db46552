import { afterEach, expect, it, vi } from 'vitest';
import type { KernelHandlers } from './kernel-connection.js';
import { ModuleCompiler } from './module-compiler.js';

const large = (text: string): string => `${text}//${'x'.repeat(70_000)}`;
let names = 0;

afterEach(() => void vi.unstubAllGlobals());

function played({
  fails = false,
  name = `compiler ${++names}`,
  frame = undefined as { runnerUrl: string } | undefined,
} = {}) {
  const requests: string[] = [];
  const handlers: KernelHandlers[] = [];
  const terminated: string[] = [];
  const closing = new AbortController();
  const compiler = new ModuleCompiler({
    name,
    jsx: undefined,
    frame,
    closing: closing.signal,
    connect: async (given) => {
      handlers.push(given);
      return {
        request: async (method, message) => {
          const { source } = message as unknown as { source: string };
          requests.push(`${method} ${source.slice(0, 5)}`);
          if (fails) throw new SyntaxError();
          return { data: new TextEncoder().encode(source.slice(0, 5)).buffer } as never;
        },
        watch: () => ({ dispose: () => undefined }),
        terminate: (reason) => void terminated.push(reason),
      };
    },
  });
  const compiled = async (source: string, url = 'a.js'): Promise<string | undefined> => {
    const data = await compiler.compiled(url, source);
    return data === undefined ? undefined : new TextDecoder().decode(data);
  };
  return { compiled, requests, handlers, terminated, closing, name };
}

it('compiles for the next session, once, and not what is small', async () => {
  const { compiled, requests, handlers, closing, terminated } = played();
  expect(await compiled('small')).toBeUndefined();
  expect([requests.length, handlers.length]).toEqual([0, 0]);
  expect(await compiled(large('first'))).toBeUndefined();
  expect(await compiled(large('first'))).toBe('first');
  expect(await compiled(large('first'))).toBe('first');
  expect(requests).toEqual(['compile first']);
  closing.abort();
  await expect.poll(() => terminated.length).toBe(1);
});

it('takes nothing for what differs in address, text or compiler', async () => {
  const { compiled, closing, name } = played();
  await compiled(large('first'));
  expect(await compiled(large('other'))).toBeUndefined();
  expect(await compiled(large('first'), 'b.ts')).toBeUndefined();
  const same = played({ name });
  expect(await same.compiled(large('first'))).toBe('first');
  const another = played();
  expect(await another.compiled(large('first'))).toBeUndefined();
  for (const one of [closing, same.closing, another.closing]) one.abort();
});

it('leaves to the session what its worker could not compile', async () => {
  const { compiled, requests, closing } = played({ fails: true });
  await compiled(large('wrong'));
  expect(await compiled(large('wrong'))).toBeUndefined();
  expect(requests).toHaveLength(1);
  closing.abort();
});

it('lets its worker call nothing', async () => {
  const { compiled, handlers, closing } = played();
  await compiled(large('calls'));
  await compiled(large('calls'));
  const { api } = handlers[0]!;
  for (const call of Object.values(api) as (() => unknown)[]) expect(call).toThrow('calls nothing');
  closing.abort();
});

it('keeps what its own worker compiled, and takes it on the next page', async () => {
  const kept = new Map<string, Response>();
  const cache = {
    match: async (url: string) => kept.get(url)?.clone(),
    put: async (url: string, response: Response) => void kept.set(url.replace(/\?.*/, ''), response),
    keys: async () => [],
  };
  vi.stubGlobal('caches', { open: async () => cache });
  vi.stubGlobal('fetch', async () => new Response('the compiler'));
  const frame = { runnerUrl: 'https://docs.example/runner.html' };
  const first = played({ frame });
  expect(await first.compiled(large('first'))).toBeUndefined();
  expect(await first.compiled('small')).toBeUndefined();
  await expect.poll(() => kept.size).toBe(1);
  // The name stands for the page: what another page of the origin shares is the storage alone.
  const other = played({ frame });
  expect(await other.compiled(large('first'))).toBeUndefined();
  vi.resetModules();
  const { ModuleCompiler: Later } = await import('./module-compiler.js');
  const closing = new AbortController();
  const never = (): never => expect.unreachable();
  const next = new Later({ name: first.name, jsx: undefined, frame, closing: closing.signal, connect: never });
  const data = await next.compiled('a.js', large('first'));
  expect(new TextDecoder().decode(data)).toBe('first');
  for (const one of [first.closing, other.closing, closing]) one.abort();
});
