import path from 'node:path';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { createStaticServer } from '../../scripts/serve.mjs';
import type { AddressInfo } from 'node:net';
import { PageProblems } from '../fixtures/page-problems.js';

export { expect };

const examples = path.resolve(import.meta.dirname, '../../examples');

export interface ExampleSite {
  readonly name: string;
  /** Folder with what its generator wrote. */
  readonly folder: string;
  readonly guide: string;
  /** Whether the code is in the page before any script runs. */
  readonly isPrerendered: boolean;
  /** Goes to a page without snippets, in the way of the site. */
  leave(page: Page): Promise<void>;
  /** Goes to the page with the snippets. */
  enter(page: Page): Promise<void>;
  /** Turns the site's own switch to dark. */
  darken(page: Page): Promise<void>;
}

const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true }).first();
const byLinks = {
  leave: (page: Page) => link(page, 'About').click(),
  enter: (page: Page) => link(page, 'Orders').click(),
};

export const exampleSites: readonly ExampleSite[] = [
  {
    name: 'VitePress',
    folder: 'vitepress/docs/.vitepress/dist',
    guide: '/guide.html',
    isPrerendered: true,
    ...byLinks,
    darken: (page) => page.getByRole('switch', { name: /dark/ }).first().click(),
  },
  {
    name: 'Docusaurus',
    folder: 'docusaurus/build',
    guide: '/guide/',
    isPrerendered: true,
    ...byLinks,
    async darken(page) {
      const button = page.getByRole('button', { name: /Switch between dark and light mode/ });
      while ((await page.locator('html[data-theme=dark]').count()) === 0) await button.click();
    },
  },
  {
    name: 'Starlight',
    folder: 'starlight/dist',
    guide: '/guide/',
    isPrerendered: true,
    ...byLinks,
    async darken(page) {
      await page.getByRole('combobox', { name: 'Select theme' }).first().selectOption('dark');
    },
  },
  {
    name: 'plain HTML',
    folder: 'html',
    guide: '/guide.html',
    isPrerendered: true,
    ...byLinks,
    darken: (page) => page.getByRole('button', { name: 'Dark' }).click(),
  },
  {
    name: 'React',
    folder: 'react/dist',
    guide: '/',
    isPrerendered: false,
    leave: (page) => page.getByRole('button', { name: 'About' }).click(),
    enter: (page) => page.getByRole('button', { name: 'Orders' }).click(),
    darken: (page) => page.getByRole('button', { name: 'Dark' }).click(),
  },
];

/** A snippet of a page as a person sees it. */
export function snippet(page: Page, id: string) {
  const element = page.locator(`codemode-snippet#${id}`);
  return {
    element,
    run: () => element.getByRole('button', { name: 'Run', exact: true }).click(),
    edit: () => element.getByRole('button', { name: 'Edit', exact: true }).click(),
    output: element.locator('[part=output]'),
    toolbar: element.locator('[part=toolbar]'),
  };
}

/** Frames and workers of a page, without the page itself. */
export const sandboxes = (page: Page): { frames: number; workers: number } => ({
  frames: page.frames().length - 1,
  workers: page.workers().length,
});

interface Fixtures {
  /** Serves a built site on an origin of its own. */
  serveSite: (site: ExampleSite) => Promise<string>;
  problems: PageProblems;
  /** Addresses beyond the site that a page asked for; none is answered. */
  foreign: string[];
}

export const test = base.extend<Fixtures>({
  problems: [
    async ({ context }, use) => {
      const problems = new PageProblems();
      context.on('page', (page) => problems.watch(page));
      await use(problems);
      expect(problems.unexpected, 'problems that a page reported').toEqual([]);
    },
    { auto: true },
  ],

  foreign: [
    async ({ context }, use) => {
      const foreign: string[] = [];
      await context.route(
        (url) => url.hostname !== 'localhost',
        (route) => {
          foreign.push(route.request().url());
          return route.abort();
        },
      );
      await use(foreign);
      expect(foreign, "requests that left the page's own origin").toEqual([]);
    },
    { auto: true },
  ],

  // oxlint-disable-next-line no-empty-pattern
  serveSite: async ({}, use) => {
    const servers: ReturnType<typeof createStaticServer>[] = [];
    await use(async ({ folder }) => {
      const server = createStaticServer({ root: path.join(examples, folder) });
      servers.push(server);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      return `http://localhost:${(server.address() as AddressInfo).port}`;
    });
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  },
});
