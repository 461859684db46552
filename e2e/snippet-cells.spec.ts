import type { Page } from '@playwright/test';
import { openSnippets, SnippetPage } from './fixtures/snippet-page.js';
import { expect, test } from './fixtures/test.js';

const snippet = (id: string, attributes: string, code: string): string =>
  `<codemode-snippet id="${id}" ${attributes}><pre><code>${code}</code></pre></codemode-snippet>`;
const cells = (page: Page, ...ids: string[]): SnippetPage[] => ids.map((id) => new SnippetPage(page, id));

test('snippets of a session share a worker and its names; others do not', async ({ page }) => {
  await openSnippets(
    page,
    [
      snippet('one', 'session="a"', 'const shared = 20;'),
      snippet('two', 'session="a"', 'shared + 1'),
      snippet('other', 'session="b"', 'typeof shared'),
      snippet('alone', '', 'typeof shared'),
    ].join(''),
  );
  const [one, two, other, alone] = cells(page, 'one', 'two', 'other', 'alone');
  await one!.run();
  await expect(one!.output).toContainText('The code ran without output.');
  await two!.run();
  await expect(two!.output).toContainText('21');
  expect(page.frames()).toHaveLength(2);
  await other!.run();
  await expect(other!.output).toContainText("'undefined'");
  await alone!.run();
  await expect(alone!.output).toContainText("'undefined'");
});

test('what a snippet depends on and hidden set-up run first, once', async ({ page }) => {
  await openSnippets(
    page,
    [
      snippet('setup', 'session="a" setup', "const log = ['setup'];"),
      snippet('first', 'session="a"', "log.push('first');"),
      snippet('second', 'session="a" depends-on="first"', "log.push('second');"),
      snippet('third', 'session="a" depends-on="second first"', 'log.join()'),
    ].join(''),
  );
  const [setup, second, third] = cells(page, 'setup', 'second', 'third');
  await expect(third!.runButton).toBeVisible();
  await expect(setup!.element).toBeHidden();
  await third!.run();
  await expect(third!.output).toContainText("'setup,first,second'");
  await expect(second!.output).toBeVisible();
  await third!.run();
  await expect(third!.output).toContainText("'setup,first,second'");
});

test('a circle, an unknown id and a failed dependency are told where Run was pressed', async ({ page }) => {
  await openSnippets(
    page,
    [
      snippet('a', 'depends-on="b"', '1'),
      snippet('b', 'depends-on="a"', '2'),
      snippet('lost', 'depends-on="nowhere"', '3'),
      snippet('fails', '', "throw new Error('no')"),
      snippet('after', 'depends-on="fails"', '4'),
    ].join(''),
  );
  const [a, lost, fails, after] = cells(page, 'a', 'lost', 'fails', 'after');
  await a!.run();
  await expect(a!.output).toContainText(
    'DependencyCycleError: The snippets depend on each other in a cycle: a → b → a',
  );
  await lost!.run();
  await expect(lost!.output).toContainText(
    'no snippet of the page has this id. Ids in the page: a, b, lost, fails, after.',
  );
  await after!.run();
  await expect(after!.output).toContainText('“fails” must run first, but it failed.');
  await expect(fails!.output).toContainText('Error: no');
});

test('a changed cell makes those below it and its dependents outdated, until they run again', async ({ page }) => {
  await openSnippets(
    page,
    [
      snippet('a', 'session="a"', 'const a = 1;'),
      snippet('b', 'session="a"', 'a + 1'),
      snippet('elsewhere', '', '5'),
      snippet('dependent', 'depends-on="a"', '6'),
      snippet('unrun', 'session="a"', 'a'),
    ].join(''),
  );
  const [a, b, elsewhere, dependent, unrun] = cells(page, 'a', 'b', 'elsewhere', 'dependent', 'unrun');
  for (const cell of [a, b, elsewhere, dependent]) await cell!.run();
  await a!.call((element) => {
    element.code = 'const a = 10;';
  });
  await expect(a!.state).toHaveText('Changed since it ran');
  await expect(b!.state).toHaveText('Code above has changed');
  await expect(dependent!.state).toHaveText('Code above has changed');
  await expect(elsewhere!.state).toContainText('ms');
  await expect(unrun!.state).toHaveText('');
  await dependent!.run();
  await expect(dependent!.state).toContainText('ms');
  await expect(b!.state).toHaveText('Code above has changed');
  await b!.run();
  await expect(b!.output).toContainText('11');
  await expect(b!.state).toContainText('ms');
});

test('Run all runs a session in page order up to the first failure; Start over gives it a new worker', async ({
  page,
}) => {
  await openSnippets(
    page,
    [
      '<codemode-run-all session="a"></codemode-run-all>',
      snippet('one', 'session="a"', "globalThis.seen = ['one'];"),
      snippet('other', '', '1'),
      snippet('two', 'session="a"', "seen.push('two'); seen.join()"),
      snippet('three', 'session="a"', "throw new Error('stop here')"),
      snippet('four', 'session="a"', "seen.push('four')"),
    ].join(''),
  );
  const [one, other, two, three, four] = cells(page, 'one', 'other', 'two', 'three', 'four');
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(three!.output).toContainText('stop here');
  await expect(two!.output).toContainText("'one,two'");
  await expect(four!.output).toHaveCount(0);
  await expect(other!.output).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Run all' })).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(one!.output).toHaveCount(0);
  await two!.run();
  await expect(two!.output).toContainText('seen is not defined');
});

test('hidden regions run and are not shown; folded ones open', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/e2e/pages/snippet-guide.html');
  const [regions] = cells(page, 'regions');
  const code = regions!.authorCode;
  const fold = regions!.element.getByRole('button', { name: 'The rest (1 line)' });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await expect(code.getByText('secret = ')).toBeHidden();
  expect((await code.innerText()).split('\n').filter(Boolean)).toEqual([
    'const seen = secret + 1;',
    'The rest (1 line)',
    'folded;',
  ]);
  await page.emulateMedia({ media: 'print' });
  expect(await code.innerText(), 'on paper nothing is folded').toContain('const folded = seen * 2;');
  await page.emulateMedia({ media: 'screen' });
  await fold.click();
  expect(await code.innerText()).toContain('const folded = seen * 2;');
  await regions!.copyButton.click();
  await expect(regions!.element.getByText('Copied')).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'const seen = secret + 1;\nconst folded = seen * 2;\nfolded;',
  );
  await regions!.run();
  await expect(regions!.output).toContainText('42');
  await regions!.editButton.click();
  await expect(regions!.element.locator('.monaco-editor[role=code]')).toBeVisible();
  await expect(regions!.element.locator('.view-line').first()).toHaveText('const seen = secret + 1;');
});

test('markup that the site puts in the place of the old is what runs, its regions hidden', async ({ page }) => {
  await openSnippets(page, snippet('one', '', "'old'"));
  const [one] = cells(page, 'one');
  await one!.run();
  await one!.call((element) => {
    const block = document.createElement('pre');
    block.textContent = "// #region hidden\nconst hidden = 'new';\n// #endregion\nhidden";
    element.querySelector('pre')!.replaceWith(block);
  });
  await expect(one!.authorCode.getByText('const hidden')).toBeHidden();
  await expect(one!.state).toHaveText('Changed since it ran');
  await one!.run();
  await expect(one!.output).toContainText("'new'");
});

test('expected output is shown before the first run and checked after it', async ({ page }) => {
  await page.goto('/e2e/pages/snippet-guide.html');
  const [first, wrong] = cells(page, 'first', 'wrong');
  await expect(wrong!.element.getByText('five')).toBeVisible();
  await wrong!.run();
  await expect(wrong!.state).toHaveText('Not as expected');
  await expect(wrong!.element.getByText('five')).toBeVisible();
  await expect(wrong!.element.getByText('Expected output')).toBeVisible();
  await first!.run();
  await expect(first!.element.locator('pre.output')).toBeHidden();
  await wrong!.call((element) => {
    element.code = "console.log('mine')";
  });
  await wrong!.run();
  await expect(wrong!.state).toContainText('ms');
});

test('auto-run runs the code of the author when it comes into view, and never that of a reader', async ({ page }) => {
  const body = `<div style="height: 3000px"></div>${snippet('auto', 'auto-run', "console.log('by itself')")}${snippet('plain', '', '1')}`;
  await openSnippets(page, body);
  const [auto, plain] = cells(page, 'auto', 'plain');
  await expect(plain!.copyButton).toBeAttached();
  expect(page.frames()).toHaveLength(1);
  await auto!.element.scrollIntoViewIfNeeded();
  await expect(auto!.output).toContainText('by itself');
  await expect(plain!.output).toHaveCount(0);

  await auto!.call(async (element) =>
    (await element.goLive()).readers.change("console.log('by a reader')", element.author.text, 'reader'),
  );
  for (const address of ['made-up.html?auto-run&code=1', 'made-up.html#code=eyJjb2RlIjoiMSIsIm5hbWUiOiJ4In0']) {
    await page.goto('about:blank');
    await page.route('**/made-up.html?*', (route) => route.fallback({ url: route.request().url().split('?')[0]! }));
    await page.goto(`/e2e/pages/${address}`);
    await auto!.element.scrollIntoViewIfNeeded();
    await expect(auto!.element.getByText('by a reader')).toBeVisible();
    await expect(auto!.state).toHaveText('Edited');
    await expect(auto!.output).toHaveCount(0);
    expect(page.frames()).toHaveLength(1);
  }
});

test('what a page runs by itself runs no code of a reader before it either', async ({ page }) => {
  await openSnippets(page, snippet('needed', '', '1') + snippet('auto', 'depends-on="needed" auto-run hidden', '2'));
  const [needed, auto] = cells(page, 'needed', 'auto');
  await expect(needed!.runButton).toBeVisible();
  await needed!.call(async (element) => (await element.goLive()).readers.change('3', element.author.text, 'reader'));
  const refused = await auto!.call(async (element) => {
    const live = await element.goLive();
    return await live.run({ pageCodeOnly: true }).catch((error: Error) => error.message);
  });
  expect(refused).toContain('The snippet “needed” holds code that its reader changed, which is not run automatically.');
  expect(page.frames()).toHaveLength(1);
});

test('an idle session gives up its worker, and its variables are there at the next run', async ({ page }) => {
  await openSnippets(
    page,
    snippet('one', 'session="a"', 'const kept = [1, 2];') + snippet('two', 'session="a"', 'kept'),
  );
  await page.evaluate(async (address) => {
    const { Codemode } = (await import(address)) as typeof window.sdk;
    const codemode = new Codemode({ limits: { idleTimeout: 1 } });
    for (const element of document.querySelectorAll('codemode-snippet')) element.codemode = codemode;
  }, '/dist/cdn/codemode-playground.js');
  const [one, two] = cells(page, 'one', 'two');
  const suspended = page.waitForEvent('framedetached');
  await one!.run();
  await suspended;
  expect(page.frames()).toHaveLength(1);
  await two!.run();
  await expect(two!.output).toContainText('[1, 2]');
});

test('Stop while the worker starts is no error', async ({ page }) => {
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route('**/runner.html', async (route) => {
    await held;
    await route.continue();
  });
  await openSnippets(page, snippet('one', '', "console.log('ran')"));
  const [one] = cells(page, 'one');
  await one!.runButton.click();
  await expect(one!.state).toHaveText('Running');
  await one!.stopButton.click();
  await expect(one!.state).toHaveText('Stopped');
  goOn();
  await one!.run();
  await expect(one!.output).toContainText('ran');
});

test('elements of JSX are made by the package that the snippet names', async ({ page }) => {
  await page.route('**/e2e/pages/jsx-runtime.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: 'export const jsx = (type, props) => `${type}:${JSON.stringify(props)}`; export const jsxs = jsx;',
    }),
  );
  const map = '{ "imports": { "lib/jsx-runtime": "./jsx-runtime.js" } }';
  const code = (text: string): string => text.replaceAll('<', '&lt;');
  await openSnippets(
    page,
    `<script type="importmap-shim" id="map">${map}</script>` +
      snippet('lib', 'import-map="#map" jsx="lib"', code('const n = 1; <p id="a">{n}</p>')) +
      snippet('classic', `jsx='{"factory":"h"}'`, code('const h = (...all) => all.join(); <p>{2}</p>')) +
      snippet('none', '', code('\nconst a = <p/>;')) +
      `<codemode-snippet id="named"><pre class="language-tsx"><code>${code('const a = <T>1;')}</code></pre></codemode-snippet>`,
  );
  const [lib, classic, none, named] = cells(page, 'lib', 'classic', 'none', 'named');
  await lib!.run();
  await expect(lib!.output).toContainText('p:{"id":"a","children":1}');
  await classic!.run();
  await expect(classic!.output).toContainText("'p,,2'");
  await none!.run();
  await expect(none!.output).toContainText('imports: { "react/jsx-runtime": "https://esm.sh/react/jsx-runtime" }');
  await named!.run();
  await expect(named!.output).toContainText('SyntaxError');
});

test('what code has left is counted after its end, and stopped by the keyboard; the variables stay (C4)', async ({
  page,
}) => {
  await openSnippets(
    page,
    `<codemode-snippet id="one" session="s"><pre><code>let ticks = 40; const never = new Promise(() => {}); setInterval(() => ticks++, 1e6); 'left'</code></pre></codemode-snippet>
     <codemode-snippet id="two" session="s"><pre><code>ticks + 2</code></pre></codemode-snippet>`,
  );
  const one = new SnippetPage(page, 'one');
  await one.run();
  const stop = one.element.getByRole('button', { name: 'Stop: 2 pending' });
  await expect(stop).toBeVisible();
  await expect(one.element.getByRole('status')).toContainText('2 pending');
  await stop.focus();
  await page.keyboard.press('Enter');
  await expect(stop).toHaveCount(0);
  await expect(one.runButton).toBeFocused();
  const two = new SnippetPage(page, 'two');
  await two.run();
  await expect(two.output).toContainText('42');
});
