import type { Page, Route } from '@playwright/test';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { editorScripts, expect, PlaygroundPage, test } from './fixtures/test.js';

/** Files that do not arrive, or not whole: the error says what came, for which address, and what to do; then it can be tried again. */

type Fault = (route: Route) => Promise<void>;

const missing: Fault = (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '<h1>Not found</h1>' });
const otherPage: Fault = (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Home</h1>' });
const asText: Fault = async (route) => route.fulfill({ response: await route.fetch(), contentType: 'text/plain' });
const offline: Fault = (route) => route.abort('internetdisconnected');
const half: Fault = async (route) => {
  const response = await route.fetch();
  const body = await response.text();
  await route.fulfill({ response, body: body.slice(0, body.length / 2) });
};

test.beforeEach(({ problems }) => {
  problems.expect(/Failed to load/, /could not be loaded/, /Failed to fetch/, /Unexpected end/);
});

const runnerFaults: readonly [Fault, RegExp][] = [
  [missing, /answered with status 404/],
  [otherPage, /sent another page \(13 characters\)/],
  [asText, /sent it as text\/plain, and a frame needs text\/html/],
  [half, /runner\.html did not arrive whole/],
  [offline, /could not be reached/],
];
const chunkFaults: readonly Fault[] = [missing, otherPage, offline, half];

/** Runs code in the page's one session; what comes of it as text. */
const run = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const kept = window as unknown as { codemode?: InstanceType<typeof window.sdk.Codemode> };
    kept.codemode ??= new window.sdk.Codemode();
    const session = kept.codemode.session('s');
    return await session.execute('6 * 7').then(
      ({ value }) => `ran: ${String(value)}`,
      (error: Error & { phase?: string }) => `${error.name} (${error.phase}): ${error.message}`,
    );
  });

test('F5: a session tells what came in place of a file, and runs when it comes', async ({ openSdkPage }) => {
  const told = async (file: string, fault: Fault): Promise<string> => {
    const page = await openSdkPage();
    await page.route(`**/${file}`, fault);
    const text = await run(page);
    await page.unroute(`**/${file}`);
    // A browser keeps a module that it could not parse.
    if (!(file.endsWith('.js') && fault === half)) expect(await run(page)).toBe('ran: 42');
    await page.close();
    return text;
  };
  await Promise.all([
    ...runnerFaults.map(async ([fault, expected]) => {
      const text = await told('runner.html', fault);
      expect(text).toMatch(/^RunnerUnavailableError \(not-started\): http.*runner\.html can't be used: .*erve/s);
      expect(text).toMatch(expected);
    }),
    ...chunkFaults.map(async (fault) => {
      const text = await told('with-worker-*.js', fault);
      expect(text).toMatch(
        /^RunnerUnavailableError \(not-started\): with-worker\.js can't be used: .*load the page again/,
      );
    }),
  ]);
});

test('F5: a snippet whose files do not arrive stays readable, and runs when they come', async ({ page }) => {
  await page.route(/\/dist\/cdn\/(?:runtime|live-snippet)-[^/]*\.js$/, missing);
  await openSnippets(page, '<codemode-snippet id="one"><pre><code>console.log(6 * 7)</code></pre></codemode-snippet>');
  const snippet = new SnippetPage(page, 'one');
  await snippet.runButton.click();
  await expect(snippet.element).toContainText('Failed');
  await expect(snippet.authorCode).toHaveText('console.log(6 * 7)');
  await page.unroute(/\/dist\/cdn\/(?:runtime|live-snippet)-[^/]*\.js$/);
  await snippet.run();
  await expect(snippet.output).toContainText('42');
});

test('F5: an editor that did not arrive can be tried again, and keeps what was typed', async ({ page }) => {
  await page.route(editorScripts, offline);
  const playground = new PlaygroundPage(page);
  await playground.open();
  const again = playground.element.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  await playground.code.fill('6 * 7');
  await page.unroute(editorScripts);
  await again.click();
  await expect(playground.editor).toBeVisible();
  await playground.run();
  await expect(playground.console).toContainText('42');
});

test('F5: types and panels that did not arrive can be tried again, and the editor goes on without them', async ({
  page,
  problems,
}) => {
  problems.expect(/Failed to fetch dynamically/);
  const files = /\/(?:ts\.worker|namespace-panel)-[^/]*\.js$/;
  await page.route(files, offline);
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(playground.editor).toBeVisible();
  await expect(playground.element.getByText('Types and completions could not be loaded.')).toBeVisible();
  await playground.runCode("let wrong: number = 'text'; wrong.length");
  await expect(playground.console).toContainText('4');
  await playground.showPanel('Variables');
  await expect(playground.element.getByText('This part could not be loaded.')).toBeVisible();

  await page.unroute(files);
  const again = (text: string): Promise<void> =>
    playground.element.getByRole('status').filter({ hasText: text }).getByRole('button', { name: 'Try again' }).click();
  await again('This part');
  await expect(
    playground.element.getByRole('list', { name: 'Variables' }).getByText('wrong', { exact: true }),
  ).toBeVisible();
  await again('Types and completions');
  await expect(playground.element.locator('.squiggly-error').first()).toBeVisible();
  await expect(playground.element.getByText('Types and completions')).toHaveCount(0);
});

test('F5: an editor that did not arrive whole says what to do, and the plain one runs', async ({ page }) => {
  await page.route(editorScripts, half);
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(playground.element.getByText('did not arrive whole: load the page again')).toBeVisible();
  await playground.code.fill('6 * 7');
  await playground.run();
  await expect(playground.console).toContainText('42');
});
