import type { Page } from '@playwright/test';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

const snippet = (id: string, attributes: string): string =>
  `<codemode-snippet id="${id}" ${attributes}><pre><code>await tools.who()</code></pre></codemode-snippet>`;

async function serveModule(page: Page, name: string, source: string): Promise<() => number> {
  let requests = 0;
  await page.route(`**/${name}`, (route) => {
    requests += 1;
    return route.fulfill({ contentType: 'text/javascript', body: source });
  });
  return () => requests;
}

const registering = (who: string): string =>
  `export async function register(codemode, { defineTool }) {
    codemode.registry.registerTool('who', defineTool({ description: 'Who answers', input: { type: 'object' }, runAsync: async () => '${who}' }));
  }`;

test('two sets of tools stand side by side, each module loaded at the first run', async ({ page }) => {
  const mocked = await serveModule(page, 'mocked.js', registering('the mock'));
  const real = await serveModule(page, 'real.js', registering('the real one'));
  await openSnippets(
    page,
    [
      snippet('mock', 'tools="mocked.js" session="a"'),
      snippet('mock-too', 'tools="mocked.js" session="a"'),
      snippet('real', 'tools="real.js" session="a"'),
    ].join(''),
  );
  const [mock, mockToo, other] = ['mock', 'mock-too', 'real'].map((id) => new SnippetPage(page, id));
  await expect(mock!.runButton).toBeVisible();
  expect([mocked(), real()]).toEqual([0, 0]);
  await mock!.run();
  await expect(mock!.output).toContainText("'the mock'");
  await mockToo!.run();
  await expect(mockToo!.output).toContainText("'the mock'");
  expect([mocked(), real()]).toEqual([1, 0]);
  await other!.run();
  await expect(other!.output).toContainText("'the real one'");
});

for (const when of ['before', 'after'] as const) {
  test(`a module of the site registers tools for all snippets ${when} they upgrade`, async ({ page }) => {
    await serveModule(
      page,
      'site.js',
      `
      import { registerTools } from '/dist/cdn/codemode-snippet.js';
      ${when === 'after' ? 'await document.querySelector("codemode-snippet").run();' : ''}
      registerTools(${registering('the site').replace('export async function register', 'async function')});
      document.documentElement.dataset.ready = '';`,
    );
    await openSnippets(page, snippet('one', 'session="a"') + snippet('two', 'session="b"'), {
      head:
        when === 'before'
          ? '<script type="module" src="site.js"></script>'
          : '<script type="module" async src="site.js"></script>',
    });
    await page.locator('html[data-ready]').waitFor();
    for (const id of ['one', 'two']) {
      const one = new SnippetPage(page, id);
      await one.run();
      await expect(one.output).toContainText("'the site'");
    }
  });
}

test('a page without tools works, and says that there are none', async ({ page }) => {
  await openSnippets(page, snippet('one', ''));
  const one = new SnippetPage(page, 'one');
  await one.run();
  await expect(one.output).toContainText('who');
  await expect(one.state).toHaveText('Failed');
});

test('a module that cannot be loaded, or registers nothing, is told where Run was pressed', async ({
  page,
  problems,
}) => {
  problems.expect(/Failed to load resource/);
  await page.route('**/late.js', (route) => route.fulfill({ status: 404 }));
  await serveModule(page, 'empty.js', 'export {}');
  await openSnippets(page, snippet('late', 'tools="late.js"') + snippet('empty', 'tools="empty.js"'));
  const [late, empty] = ['late', 'empty'].map((id) => new SnippetPage(page, id));
  await empty!.run();
  await expect(empty!.output).toContainText(
    'The tools in empty.js could not be registered: the module must export a function “register”.',
  );
  await late!.run();
  await expect(late!.output).toContainText('ToolsModuleError: The tools in late.js could not be registered');
});

test('imports lead where the import map of the page or of the site says', async ({ page }) => {
  const code = "import answer from 'sdk';\nanswer";
  const mapped = (id: string, map: string): string =>
    `<codemode-snippet id="${id}" import-map="${map}"><pre><code>${code}</code></pre></codemode-snippet>`;
  await page.route('**/maps/map.json', (route) =>
    route.fulfill({ json: { imports: { sdk: '../modules/answer.js' } } }),
  );
  await openSnippets(page, mapped('inline', '#map') + mapped('file', 'maps/map.json') + mapped('none', '#nowhere'), {
    head: '<script type="application/json" id="map">{ "imports": { "sdk": "./modules/answer.js" } }</script>',
  });
  for (const id of ['inline', 'file']) {
    const one = new SnippetPage(page, id);
    await one.run();
    await expect(one.output).toContainText('42');
  }
  const none = new SnippetPage(page, 'none');
  await none.run();
  await expect(none.output).toContainText('ImportMapError: The import map “#nowhere” could not be read');
});
