import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KeptModules } from './kept-modules.js';

/** The bytes and headers that a cache holds, by address, in the order in which they came. */
const entries = new Map<string, { data: Uint8Array<ArrayBuffer>; headers: Headers }>();
const withoutSearch = (url: string): string => url.replace(/\?.*/, '');

const cache = {
  match: async (url: string) => {
    const found = [...entries].find(([key]) => withoutSearch(key) === url)?.[1];
    return found && new Response(found.data, { headers: found.headers });
  },
  put: async (url: string, response: Response) => {
    const data = new Uint8Array(await response.arrayBuffer());
    entries.set(url, { data, headers: response.headers });
  },
  keys: async () => [...entries.keys()].map((url) => ({ url })),
  delete: async ({ url }: { url: string }) => entries.delete(url),
};

let runner = 'release 1';
const opens = vi.fn<() => Promise<unknown>>();
const address = new URL('https://docs.example/runner.html');

beforeEach(() => {
  entries.clear();
  runner = 'release 1';
  opens.mockReset().mockResolvedValue(cache);
  vi.stubGlobal('caches', { open: opens });
  vi.stubGlobal('fetch', async (url: URL) => new Response(runner, { status: url === address ? 200 : 404 }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;
const read = async (given: string, kept = new KeptModules(address)): Promise<string | undefined> => {
  const data = await kept.read(given);
  return data && new TextDecoder().decode(data);
};

it('a later page reads what was compiled from the same text', async () => {
  await new KeptModules(address).write('a', bytes('compiled a'));
  expect(await read('a')).toBe('compiled a');
  expect(await read('b')).toBeUndefined();
});

it('another release of the compiler reads nothing of it', async () => {
  await new KeptModules(address).write('a', bytes('compiled a'));
  runner = 'release 2';
  expect(await read('a')).toBeUndefined();
});

it('F7 bytes that were cut off, changed or told by nobody are not taken', async () => {
  await new KeptModules(address).write('a', bytes('compiled a'));
  const [entry] = entries.values();
  const { data } = entry!;
  for (const broken of [data.slice(0, 3), bytes('compiled b'), new Uint8Array()]) {
    entry!.data = new Uint8Array(broken);
    expect(await read('a')).toBeUndefined();
  }
  entry!.data = data;
  expect(await read('a')).toBe('compiled a');
  entry!.headers = new Headers();
  expect(await read('a')).toBeUndefined();
});

it('the oldest entries make room', async () => {
  const old = ['first', 'second', 'third'].map(
    (name) => `https://modules.codemode.invalid/x/${name}?${24 * 1024 * 1024}`,
  );
  for (const url of old) entries.set(url, { data: new Uint8Array(), headers: new Headers() });
  await new KeptModules(address).write('a', bytes('compiled a'));
  expect([...entries.keys()].slice(0, -1)).toEqual(old.slice(1));
  expect(await read('a')).toBe('compiled a');
});

it.each<[string, () => void]>([
  ['can’t be opened', () => opens.mockRejectedValue(new DOMException('no', 'SecurityError'))],
  [
    'is full',
    () => opens.mockResolvedValue({ ...cache, put: () => Promise.reject(new DOMException('', 'QuotaExceededError')) }),
  ],
  [
    'holds something else',
    () => opens.mockResolvedValue({ ...cache, match: async () => ({ arrayBuffer: async () => 'text' }) }),
  ],
  ['is missing', () => vi.stubGlobal('caches', undefined)],
])('F7 a storage that %s costs nothing but speed', async (_, break_) => {
  break_();
  const kept = new KeptModules(address);
  await kept.write('a', bytes('compiled a'));
  expect(await read('a', kept)).toBeUndefined();
});

it('F7 a storage that does not answer is asked once', async () => {
  vi.useFakeTimers();
  opens.mockReturnValue(new Promise(() => undefined));
  const kept = new KeptModules(address);
  const reading = kept.read('a');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await reading).toBeUndefined();
  expect(await kept.read('a')).toBeUndefined();
  expect(opens).toHaveBeenCalledOnce();
});

it('keeps nothing where the compiler is not known', async () => {
  await new KeptModules(new URL('https://docs.example/other.html')).write('a', bytes('compiled a'));
  expect(entries.size).toBe(0);
});
