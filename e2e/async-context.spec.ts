import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { createStaticServer } from '../scripts/serve.mjs';
import { expect, test } from './fixtures/test.js';

/** A site of somebody else, built with the plugin: its own code keeps the context. */

declare global {
  interface Window {
    askTools(clients: number): Promise<unknown[]>;
    lookAround(): Promise<Record<string, unknown>>;
    traceWork(): Promise<Record<string, string | undefined>>;
  }
}

const root = path.resolve(import.meta.dirname, '..');
const modules = path.join(root, 'node_modules');

test.describe.configure({ mode: 'default', timeout: 120_000 });

let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codemode-async-context-'));
  await cp(path.join(root, 'e2e/fixtures/consumer/async-context'), folder, { recursive: true });
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const own = path.join(folder, 'node_modules/codemode-playground');
  await mkdir(own, { recursive: true });
  for (const name of await readdir(modules)) {
    if (!name.startsWith('.')) await symlink(path.join(modules, name), path.join(folder, 'node_modules', name));
  }
  await cp(path.join(root, 'package.json'), path.join(own, 'package.json'));
  await cp(path.join(root, 'dist'), path.join(own, 'dist'), {
    recursive: true,
    filter: (source) => path.basename(source) !== 'cdn',
  });
  await cp(path.join(root, 'dist/runner.html'), path.join(folder, 'public/runner.html'));
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

async function withBuiltSite(
  mode: 'production' | 'dependencies' | 'plain',
  page: Page,
  use: () => Promise<void>,
): Promise<void> {
  const outDir = path.join(folder, `dist-${mode}`);
  const vite = path.join(modules, 'vite/bin/vite.js');
  await promisify(execFile)(
    process.execPath,
    [vite, 'build', '--mode', mode, '--outDir', outDir, '--logLevel', 'warn'],
    { cwd: folder },
  );
  const server = createStaticServer({ root: outDir });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'traceWork' in window);
    await use();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const clients = 20;
const everyClient = Array.from({ length: clients }, (_, index) => `client-${index}`);
const parents = {
  work: undefined,
  left: 'work',
  right: 'work',
  'after both': 'work',
  outside: undefined,
  ...Object.fromEntries(
    ['left', 'right'].flatMap((side) => [
      [`${side} request`, side],
      [`${side} answer`, `${side} request`],
      ...['after a timer', 'in a timer', 'in a chain', 'number 1', 'number 2', 'item 1', 'item 2'].map((name) => [
        `${side} ${name}`,
        side,
      ]),
    ]),
  ),
};

async function expectContexts(page: Page): Promise<void> {
  expect(await page.evaluate((count) => window.askTools(count), clients)).toEqual(
    everyClient.map((client) => [client, client, client]),
  );
  expect(await page.evaluate(() => window.traceWork())).toEqual(parents);
}

test('A5: in a site built for ES2022 tools know who asks after an await, and spans nest', async ({ page }) => {
  await withBuiltSite('production', page, () => expectContexts(page));
});

test('A1: what a page asks of its platform comes back in the context that the proposal names', async ({ page }) => {
  await withBuiltSite('production', page, async () => {
    expect(await page.evaluate(() => window.lookAround())).toEqual({
      'a request to a database': ['mine', 'mine', 'other'],
      'a BroadcastChannel': 'none',
      'requestIdleCallback and requestAnimationFrame': ['mine', 'mine'],
      'a MutationObserver': 'none',
      'a click by code': 'other',
      'locks.request': 'mine',
      'an XMLHttpRequest, of send()': 'other',
      'a stream that fetch answers with': ['mine'],
      'a rejection that nobody handles, of the promise': 'other',
    });
  });
});

test('its dependencies are instrumented where that is asked for, also those that lie where the package is not', async ({
  page,
}) => {
  await withBuiltSite('dependencies', page, () => expectContexts(page));
});

test('without the plugin the context ends at the first await, and is never that of another', async ({ page }) => {
  await withBuiltSite('plain', page, async () => {
    expect(await page.evaluate((count) => window.askTools(count), clients)).toEqual(
      everyClient.map((client) => [client, undefined, undefined]),
    );
    const spans = await page.evaluate(() => window.traceWork());
    expect(spans).toMatchObject({
      left: 'work',
      'left after a timer': undefined,
      'left answer': undefined,
      'after both': undefined,
    });
  });
});

test('the development server gives every module the same context', async ({ page }) => {
  const server: ViteDevServer = await createServer({
    root: folder,
    configFile: path.join(folder, 'vite.config.ts'),
    logLevel: 'warn',
    server: { host: '127.0.0.1', port: 0, hmr: false },
  });
  try {
    await server.listen();
    const { port } = server.httpServer!.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => 'traceWork' in window);
    await expectContexts(page);
  } finally {
    await server.close();
  }
});
