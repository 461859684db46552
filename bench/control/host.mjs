import { createServer } from 'node:http';
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../scripts/find-browser.mjs';

/** @import { Page } from '@playwright/test' */

const isolated = '/?isolated';

/**
 * A Chromium, and a server of its own for the page.
 *
 * @typedef {object} Host
 * @property {string} name
 * @property {<T>(measure: (page: Page) => Promise<T>, isIsolated?: boolean) => Promise<T>} withPage  In a page that has loaded and
 *   done nothing yet.
 * @property {() => Promise<void>} close
 */

/**
 * @param {ReadonlyMap<string, { type: string, body: string }>} files
 * @param {string} [name]  Of the global that a page has once it has loaded.
 * @returns {Promise<Host>}
 */
export async function openHost(files, name = 'bench') {
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': file?.type ?? 'text/plain',
      // Its clock ticks two hundred times a millisecond, and not ten times.
      ...(request.url === isolated
        ? { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
        : {}),
      'cache-control': 'max-age=3600',
    });
    response.end(file?.body);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const { executablePath } = ensureBrowser();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info'],
  });
  return {
    name: `Chromium ${browser.version().split('.')[0]}`,
    async withPage(measure, isIsolated = false) {
      const page = await browser.newPage();
      try {
        await page.goto(`http://localhost:${port}${isIsolated ? isolated : '/'}`);
        await page.waitForFunction((global) => global in globalThis, name);
        return await measure(page);
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
