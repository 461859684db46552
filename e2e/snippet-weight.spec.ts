import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

const build = path.resolve(import.meta.dirname, '../dist/cdn');

/** KB of 1,000 bytes, gzipped. */
type Ladder = Record<'untouched' | 'run' | 'monaco' | 'light', number>;

const budgets = JSON.parse(await readFile(path.resolve(import.meta.dirname, '../size-budgets.json'), 'utf8')) as {
  ladder: Ladder;
};
const count = 200;

/** Counts what of the build is transferred to the page, its frames and its workers, as it is gzipped. */
class Transfers {
  readonly #names: string[] = [];

  constructor(page: Page) {
    page.context().on('requestfinished', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/dist/cdn/')) this.#names.push(path.basename(pathname));
    });
  }

  /** KB since the last time. */
  async take(): Promise<{ readonly size: number; readonly names: readonly string[] }> {
    const names = this.#names.splice(0);
    const files = await Promise.all(names.map((name) => readFile(path.join(build, name))));
    return { size: files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000, names };
  }
}

function expectWithin(rung: keyof Ladder, { size, names }: Awaited<ReturnType<Transfers['take']>>): void {
  test.info().annotations.push({
    type: `weight: ${rung}`,
    description: `${size.toFixed(1)} of ${budgets.ladder[rung]} KB: ${names.join(', ')}`,
  });
  expect(size, `${rung}: ${names.join(', ')}`).toBeLessThanOrEqual(budgets.ladder[rung]);
}

const many = Array.from(
  { length: count },
  (_, index) => `
  <p>Paragraph ${index}</p>
  <codemode-snippet id="s${index}" session="page"><pre><code><span class="k">const</span> value${index} = ${index};
console.log(value${index});
value${index}</code></pre></codemode-snippet>`,
).join('');

test(`the weight ladder of a page with ${count} snippets: untouched, run, edited`, async ({ page }) => {
  await page.addInitScript(() => {
    const longTasks: number[] = [];
    Object.assign(window, { longTasks });
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    });
  });
  const transfers = new Transfers(page);
  await openSnippets(page, many);
  const [first, last] = [new SnippetPage(page, 's0'), new SnippetPage(page, `s${count - 1}`)];
  await expect(last.copyButton).toBeAttached();
  const longTasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  test.info().annotations.push({
    type: 'long tasks while loading (ms)',
    description: longTasks.map(Math.round).join(', ') || 'none',
  });
  expectWithin('untouched', await transfers.take());
  expect(page.frames(), 'frames before anything runs').toHaveLength(1);

  await first.run();
  await expect(first.output).toContainText('0');
  const run = await transfers.take();
  expectWithin('run', run);
  expect(run.names.filter((name) => /code-view|monaco|light/.test(name))).toEqual([]);
  await last.run();
  expect((await transfers.take()).names, 'a further run loads nothing').toEqual([]);
  expect(page.frames(), 'frames of one session').toHaveLength(2);

  const typescript = page.context().waitForEvent('requestfinished', (request) => request.url().includes('/ts.worker'));
  await first.editButton.click();
  await expect(first.element.locator('.monaco-editor[role=code]')).toBeVisible();
  await expect(first.field).toBeFocused();
  await typescript;
  const edited = await transfers.take();
  expectWithin('monaco', edited);
  expect(edited.names.filter((name) => /light|runtime|runner/.test(name))).toEqual([]);
});

test.describe('on a small screen', () => {
  test.use({ viewport: { width: 380, height: 740 } });

  test('Edit loads the light editor and neither Monaco nor the SDK', async ({ page }) => {
    const transfers = new Transfers(page);
    await openSnippets(page, many);
    const first = new SnippetPage(page, 's0');
    await expect(first.editButton).toBeVisible();
    await transfers.take();
    await first.editButton.click();
    await expect(first.field).toBeFocused();
    const edited = await transfers.take();
    expectWithin('light', edited);
    expect(edited.names.filter((name) => /code-view|monaco|sdk|runtime|runner/.test(name))).toEqual([]);
  });
});

test('a snippet that nobody touched costs a handful of elements, and listeners of its own shadow root alone', async ({
  page,
}) => {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const countListeners = async (snippets: string): Promise<number> => {
    await openSnippets(page, snippets);
    await expect(page.getByRole('button', { name: 'Copy' }).last()).toBeAttached();
    await client.send('HeapProfiler.collectGarbage');
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSEventListeners')!.value;
  };
  const half = await countListeners(many.slice(0, many.indexOf('<p>Paragraph 100')));
  const all = await countListeners(many);
  const listeners = (all - half) / (count - 100);
  const elements = await page
    .locator('codemode-snippet')
    .last()
    .evaluate((element) => element.shadowRoot!.querySelectorAll('*').length);
  test.info().annotations.push({ type: 'each snippet', description: `${elements} elements, ${listeners} listeners` });
  expect(elements).toBeLessThanOrEqual(18);
  expect(listeners).toBeLessThanOrEqual(4);
});
