import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createStaticServer, parseServeOptions, type ServeOptions } from './serve.mjs';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codemode-serve-'));
  await mkdir(path.join(folder, 'site/guide'), { recursive: true });
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'site/index.html'), '<!doctype html>home');
  await writeFile(path.join(folder, 'site/runner.html'), '<!doctype html>runner');
  await writeFile(path.join(folder, 'site/guide/index.html'), '<!doctype html>guide');
  await writeFile(path.join(folder, 'site/main-a1B2c3_4.js'), 'export {};');
});

afterAll(() => rm(folder, { recursive: true }));

async function start(options: Omit<ServeOptions, 'root'> = {}) {
  const server = createStaticServer({ root: path.join(folder, 'site'), ...options });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, get: (name: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${name}`, init) };
}

/** A request as no browser would send it, with its path left as it is. */
function requestRaw(port: number, target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket
      .on('data', (data) => {
        text += data;
      })
      .on('end', () => resolve(text))
      .on('error', reject);
  });
}

describe('the static server', () => {
  it('serves pages by folder, with their type', async () => {
    const { get } = await start();
    const response = await get('/');
    expect(await response.text()).toBe('<!doctype html>home');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await (await get('/guide')).text()).toBe('<!doctype html>guide');
    expect((await get('/guide')).url).toMatch(/\/guide\/$/);
  });

  it('answers 404 for what is not there, and 405 for other methods', async () => {
    const { get } = await start();
    expect((await get('/nothing.js')).status).toBe(404);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/guide/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%00',
    '/%',
    '//secret.txt',
  ])('never leaves its folder: %s', async (target) => {
    const { port } = await start();
    const text = await requestRaw(port, target);
    expect(text).toMatch(/^HTTP\/1\.1 404/);
    expect(text).not.toMatch(/secret$/);
  });

  it('lets hashed files be kept for good, and asks again for the others', async () => {
    const { get } = await start();
    expect((await get('/main-a1B2c3_4.js')).headers.get('cache-control')).toContain('immutable');
    const page = await get('/runner.html');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const again = await get('/runner.html', { headers: { 'if-none-match': page.headers.get('etag')! } });
    expect(again.status).toBe(304);
  });

  it('serves under a base path only', async () => {
    const { get } = await start({ base: '/sub/folder/' });
    expect((await get('/sub/folder/')).status).toBe(200);
    expect((await get('/')).status).toBe(404);
  });

  it('puts a policy on every page but the runner', async () => {
    const { get } = await start({ csp: "default-src 'self'" });
    expect((await get('/')).headers.get('content-security-policy')).toBe("default-src 'self'");
    expect((await get('/runner.html')).headers.has('content-security-policy')).toBe(false);
  });

  it('opens to other origins only where it is told to', async () => {
    const closed = await start();
    const open = await start({ cors: true });
    expect((await closed.get('/')).headers.has('access-control-allow-origin')).toBe(false);
    expect((await open.get('/')).headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('its command line', () => {
  it('has defaults', () => {
    expect(parseServeOptions([])).toMatchObject({ port: 4173, base: '/', host: '127.0.0.1', cors: false, mounts: {} });
  });

  it.each([[['--port', 'x']], [['--port', '70000']], [['--base', 'sub']], [['--mount', '/dist/']]])(
    'refuses %j',
    (args) => {
      expect(() => parseServeOptions(args)).toThrow(/--(port|base|mount)/);
    },
  );
});
