import { describe, expect, it, vi } from 'vitest';
import { loadPart } from './part-loader.js';

const context = { runId: 'a', correlationId: 'a', variables: {}, metadata: {} };
const part = (integrity: string): Parameters<typeof loadPart>[1] => ({ context, name: 'dom', integrity });
const base = 'https://page.example/folder/runner.html';

describe('a part of the worker', () => {
  it('is fetched once, beside the runner, with the integrity that the kernel asks for', async () => {
    const load = vi.fn(async () => new Response('code'));
    expect(await loadPart(base, part('sha256-a'), load)).toBe('code');
    expect(await loadPart(base, part('sha256-a'), load)).toBe('code');
    expect(load.mock.calls).toEqual([
      [
        'https://page.example/folder/runner-dom.js',
        expect.objectContaining({ integrity: 'sha256-a', credentials: 'omit' }),
      ],
    ]);
  });

  it('is asked for past the cache where the cached file is another, and again after a failure', async () => {
    const caches: unknown[] = [];
    const load = vi.fn(async (_url: unknown, { cache }: RequestInit = {}) => {
      caches.push(cache);
      if (caches.length < 4) throw new TypeError('Failed to fetch');
      return new Response('new');
    }) as unknown as typeof fetch;
    await expect(loadPart(base, part('sha256-b'), load)).rejects.toMatchObject({
      name: 'WorkerPartError',
      message: expect.stringContaining('https://page.example/folder/runner-dom.js'),
    });
    expect(await loadPart(base, part('sha256-b'), load)).toBe('new');
    expect(caches).toEqual(['default', 'reload', 'default', 'reload']);
    const missing = async (): Promise<Response> => new Response('', { status: 404 });
    await expect(loadPart(base, part('sha256-c'), missing)).rejects.toThrow('the server answered 404');
  });
});
