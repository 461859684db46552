import { describe, expect, it, vi } from 'vitest';
import type { ModuleMessage } from '../../protocol/messages/wire.js';
import { ModuleLoader } from './module-loader.js';

const context: ModuleMessage['context'] = { runId: 'r', correlationId: 'r', variables: {}, metadata: {} };
const importMap = {
  imports: { lib: 'https://cdn.example/lib@1/index.js', own: './vendor/own/index.js' },
};

function loaderOf(respond: (url: string) => Response): {
  load: (url: string) => Promise<string>;
  fetched: () => unknown[][];
} {
  const spy = vi.fn((url: string | URL | Request) => Promise.resolve(respond(String(url))));
  const loader = new ModuleLoader({
    importMap,
    baseUrl: 'https://docs.example/guide/',
    fetch: spy as unknown as typeof fetch,
  });
  return { load: async (url) => (await loader.load({ context, url })).source, fetched: () => spy.mock.calls };
}

const script = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });

describe('the module loader', () => {
  it('fetches a mapped module once, without credentials', async () => {
    const { load, fetched } = loaderOf(() => script('export default 1'));
    expect(await load('https://cdn.example/lib@1/index.js')).toBe('export default 1');
    await load('https://cdn.example/lib@1/index.js');
    expect(fetched()).toEqual([
      [
        new URL('https://cdn.example/lib@1/index.js'),
        { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual' },
      ],
    ]);
  });

  it.each([
    ['class A extends HTMLElement {}', 'text/javascript', true],
    ['a.document; "document"', 'text/javascript', undefined],
    ['["the document"]', 'application/json', undefined],
  ])('%s of %s needs the document: %s', async (text, type, needsDocument) => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response(text, { headers: { 'content-type': type } }));
    const loader = new ModuleLoader({ importMap, baseUrl: 'https://docs.example/guide/', fetch });
    expect((await loader.load({ context, url: 'https://cdn.example/a.js' })).needsDocument).toBe(needsDocument);
  });

  it.each([
    ['https://cdn.example/dep@2/+esm', true],
    ['https://docs.example/guide/vendor/own/part.js', true],
    ['https://docs.example/api/me', false],
    ['https://evil.example/?secret', false],
    ['https://cdn.example.evil/lib.js', false],
  ])('%s is allowed: %s', async (url, allowed) => {
    const { load, fetched } = loaderOf(() => script('1'));
    if (allowed) await expect(load(url)).resolves.toBe('1');
    else await expect(load(url)).rejects.toThrow(/import map of this page does not lead there/);
    expect(fetched()).toHaveLength(allowed ? 1 : 0);
  });

  it('follows redirects to where the import map leads, and asks nobody else', async () => {
    const redirect = (location: string, status = 302): Response =>
      new Response(null, { status, headers: { location } });
    const { load, fetched } = loaderOf((url) => {
      if (url.endsWith('/away.js')) return redirect('/near.js', 301);
      if (url.endsWith('/near.js')) return redirect('https://evil.example/secret.json', 307);
      if (url.endsWith('/moved.js')) return redirect('new/place.js');
      if (url.endsWith('/round.js')) return redirect('/round.js');
      return url.endsWith('/file.js') ? redirect('file:///etc/passwd') : script(`'${url}'`);
    });
    expect(await load('https://cdn.example/moved.js')).toBe(`'https://cdn.example/new/place.js'`);
    await expect(load('https://cdn.example/away.js')).rejects.toThrow(
      'Cannot load the module https://cdn.example/away.js: it redirects to https://evil.example/secret.json, and the import map',
    );
    await expect(load('https://cdn.example/file.js')).rejects.toThrow('redirects to file:///etc/passwd');
    await expect(load('https://cdn.example/round.js')).rejects.toThrow('redirects more than 10 times');
    expect(fetched().filter(([url]) => (url as URL).host !== 'cdn.example')).toEqual([]);
  });

  it('in a browser, which hides redirects, checks where they end', async () => {
    for (const [end, isAllowed] of [
      ['https://cdn.example/b.js', true],
      ['https://evil.example/b.js', false],
    ] as const) {
      const answers = [{ type: 'opaqueredirect', status: 0, headers: new Headers() }, script('1')];
      Object.defineProperty(answers[1], 'url', { value: end });
      const { load } = loaderOf(() => answers.shift() as Response);
      const loading = load('https://cdn.example/a.js');
      if (isAllowed) expect(await loading).toBe('1');
      else await expect(loading).rejects.toThrow(`redirects to ${end}`);
    }
  });

  it('tells JSON from JavaScript, and refuses anything else', async () => {
    const types: Record<string, string> = { 'a.json': 'application/json', 'a.js': 'text/javascript' };
    const loader = new ModuleLoader({
      importMap,
      baseUrl: 'https://docs.example/guide/',
      fetch: async (url) =>
        new Response('{"a":1}', { headers: { 'content-type': types[String(url).split('/').pop()!] ?? 'text/html' } }),
    });
    const load = (url: string): Promise<unknown> => loader.load({ context, url });
    const url = 'https://cdn.example/a.json';
    expect(await load(url)).toEqual({ url, source: '{"a":1}', json: true });
    expect(await load('https://cdn.example/a.js')).not.toHaveProperty('json');
    await expect(load('https://cdn.example/a.html')).rejects.toThrow(
      'expected JavaScript or JSON, but it is "text/html". Check the address',
    );
  });

  it.each([
    ['https://cdn.example/lib/util', 404, 'such as https://cdn.example/lib/util.js'],
    ['https://cdn.example/lib/util?v=1', 404, 'such as https://cdn.example/lib/util.js?v=1'],
    ['https://cdn.example/lib/util.js', 404, 'Check the address'],
    ['https://cdn.example/lib/', 404, 'Check the address'],
    ['https://cdn.example/lib/util', 500, 'Check the address'],
  ])('says what to do about %s, which answers %i', async (url, status, advice) => {
    const { load } = loaderOf(() => new Response('', { status }));
    await expect(load(url)).rejects.toMatchObject({
      name: 'ModuleLoadError',
      message: expect.stringContaining(advice) as string,
    });
  });

  it.each([
    [
      'https://unpkg.com/left-pad@1.3.0/index.js',
      'typeof module === 1 && (module.exports = 1)',
      'https://unpkg.com/left-pad@1.3.0?module',
    ],
    [
      'https://cdn.jsdelivr.net/npm/@a/b@1/c.js',
      'typeof exports; exports.x = 1',
      'https://cdn.jsdelivr.net/npm/@a/b@1/+esm',
    ],
    ['https://cdn.example/x.js', "typeof define; const fs = require('fs')", 'https://esm.sh/NAME'],
    ['https://cdn.example/x.js', 'export default 1', undefined],
  ])('has a hint for %s with %s', async (url, source, hint) => {
    const loader = new ModuleLoader({
      importMap,
      baseUrl: 'https://docs.example/guide/',
      allow: () => true,
      fetch: async () => script(source),
    });
    const loaded = await loader.load({ context, url });
    if (hint === undefined) expect(loaded.hint).toBeUndefined();
    else expect(loaded.hint).toContain(hint);
  });

  it.each(['module.exports = 1', 'exports.a = 1', 'const fs = require("fs")'])('refuses %s', async (source) => {
    const { load } = loaderOf(() => script(source));
    await expect(load('https://cdn.example/a.js')).rejects.toThrow(
      'Cannot run the module https://cdn.example/a.js. It looks like a CommonJS file',
    );
  });

  it('tries again what failed, and says why', async () => {
    let calls = 0;
    const { load } = loaderOf(() => (++calls === 1 ? new Response('', { status: 503 }) : script('2')));
    await expect(load('https://cdn.example/x.js')).rejects.toThrow('the server answered 503');
    await expect(load('https://cdn.example/x.js')).resolves.toBe('2');
    await expect(load('file:///etc/passwd')).rejects.toThrow('only http and https');
  });
});
