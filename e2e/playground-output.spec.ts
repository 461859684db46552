import { createServer, type AddressInfo } from 'node:net';
import type { FrameLocator } from '@playwright/test';
import { expect, PlaygroundPage, test } from './fixtures/test.js';

/** The document of an output, two frames deep. */
function documentOf(playground: PlaygroundPage, index: number): FrameLocator {
  return playground.console.locator('codemode-output iframe').nth(index).contentFrame().frameLocator('iframe');
}

/** Code that shows every kind of output. */
const everything = `
  display([{ city: 'Oslo', celsius: 4 }, { city: 'Lima', celsius: 19 }, { city: 'Cairo', celsius: 22.5 }]);
  display.html\`<h3>HTML</h3><button onclick="this.textContent = 'pressed'">press</button><script>document.body.append(' ran')</script>\`;
  display.md\`It is **warm** <script>document.body.append(' ran')</script><img src=x onerror="document.body.append(' ran')">

| a | b |
|---|---|
| 1 | 2 |\`;
  display.svg\`<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="teal"/></svg>\`;
  const canvas = new OffscreenCanvas(80, 30); const pen = canvas.getContext('2d'); pen.fillStyle = 'tomato'; pen.fillRect(5, 5, 60, 20); display(canvas);
  const bar = display.progress(0, 10, 'Loading'); bar.update(7);
  display({ 'application/json': { deep: [1, { two: 3 }] } }, { raw: true });
  'plain'`;

test.describe('rich output', () => {
  test.beforeEach(({ page }) => PlaygroundPage.withoutEditor(page));

  test('G1: tables, HTML, Markdown, images, progress and data are shown', async ({ playground, problems }) => {
    // What the Markdown tries is refused, and told.
    problems.expect(/Content Security Policy/);
    await playground.runCode(everything);
    const { console: log } = playground;
    const table = log.getByRole('table');
    await expect(table.getByRole('cell')).toHaveText(['Oslo', '4', 'Lima', '19', 'Cairo', '22.5']);
    await table.getByRole('button', { name: 'celsius' }).click();
    await table.getByRole('button', { name: 'celsius' }).click();
    await expect(table.getByRole('columnheader', { name: 'celsius' })).toHaveAttribute('aria-sort', 'descending');
    await expect(table.getByRole('cell')).toHaveText(['Cairo', '22.5', 'Lima', '19', 'Oslo', '4']);
    await expect(log.getByRole('progressbar', { name: 'Loading' })).toHaveAttribute('aria-valuenow', '7');
    await expect(log.locator('codemode-output img')).toHaveCount(2);
    const html = documentOf(playground, 0);
    await expect(html.locator('body')).toContainText('ran');
    await html.getByRole('button').click();
    await expect(html.getByRole('button')).toHaveText('pressed');
    const markdown = documentOf(playground, 1);
    await expect(markdown.getByRole('table')).toBeVisible();
    await expect(markdown.locator('body')).not.toContainText('ran');
    expect(
      await playground.call((element) =>
        element.output().map(({ id, bundle }) => [typeof id, Object.keys(bundle ?? {})[0]]),
      ),
    ).toEqual(
      [
        'application/vnd.dataresource+json',
        'text/html',
        'text/markdown',
        'image/svg+xml',
        'image/png',
        'application/vnd.codemode.progress+json',
        'application/json',
      ].map((type) => ['string', type]),
    );
  });

  test('G1: 100,000 rows are sorted, and only those in view are in the document', async ({ playground, page }) => {
    await playground.runCode('display(Array.from({ length: 100_000 }, (_, id) => ({ id, name: `row ${id}` })))');
    const table = playground.console.getByRole('table');
    await table.getByRole('button', { name: 'id' }).click();
    await table.getByRole('button', { name: 'id' }).click();
    await expect(table.getByRole('cell').first()).toHaveText('99999');
    await table.hover();
    await page.mouse.wheel(0, 1_300_000);
    await expect(table.getByRole('cell', { name: 'row 50000' })).toHaveCount(1);
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    const download = page.waitForEvent('download');
    await playground.console.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toBe('output.csv');
  });

  test('G1: the frame of an output reaches no network, no page and no other frame', async ({
    playground,
    page,
    problems,
  }) => {
    problems.expect(/./);
    let received = 0;
    const target = createServer((socket) => {
      socket.on('data', () => received++);
      socket.on('error', () => undefined);
    });
    await new Promise<void>((listening) => target.listen(0, '127.0.0.1', listening));
    const sink = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
    const dialogs: string[] = [];
    const popups: unknown[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.context().on('page', (popup) => popups.push(popup));
    await playground.runCode(`display.html\`
      <link rel="stylesheet" href="${sink}/style"><link rel="prefetch" href="${sink}/prefetch"><link rel="preload" as="image" href="${sink}/preload">
      <style>@import url(${sink}/import); body { background: url(${sink}/background) } @font-face { font-family: x; src: url(${sink}/font) } p { font-family: x }</style>
      <p>text</p><img src="${sink}/img"><iframe src="${sink}/iframe"></iframe><object data="${sink}/object"></object><video src="${sink}/video"></video>
      <form action="${sink}/form"><input name="a"></form><svg><image href="${sink}/svg"/></svg><script src="${sink}/script"><\\/script>
      <script>
        const tried = [];
        const attempt = (name, run) => { try { const result = run(); result?.catch?.(() => {}); tried.push(name); } catch (error) { tried.push(name + ' threw ' + error.name); } };
        attempt('fetch', () => fetch('${sink}/fetch', { mode: 'no-cors' }));
        attempt('beacon', () => navigator.sendBeacon('${sink}/beacon', 'x'));
        attempt('socket', () => new WebSocket('${sink}/socket'.replace('http', 'ws')));
        attempt('events', () => new EventSource('${sink}/events'));
        attempt('worker', () => new Worker('${sink}/worker'));
        attempt('form', () => document.forms[0].submit());
        attempt('open', () => window.open('${sink}/open'));
        attempt('top', () => { top.location = '${sink}/top'; });
        attempt('parent', () => { parent.location = '${sink}/parent'; });
        attempt('alert', () => alert('owned'));
        attempt('storage', () => localStorage.getItem('x'));
        attempt('parent document', () => parent.parent.document.body);
        for (const other of [top, parent, parent.parent]) other.postMessage({ type: 'height', height: 1e9 }, '*');
        setInterval(() => parent.postMessage(1e9, '*'), 10);
        document.body.append(' tried ' + tried.length);
      <\\/script>\``);
    const body = documentOf(playground, 0).locator('body');
    await expect(body).toContainText('tried 12');
    const frame = playground.console.locator('codemode-output iframe');
    await expect.poll(async () => Math.round((await frame.boundingBox())?.height ?? 0)).toBeGreaterThan(1_990);
    expect((await frame.boundingBox())?.height).toBeLessThanOrEqual(2_000);
    expect(await page.evaluate(() => [location.pathname, document.body.innerText.includes('owned')])).toEqual([
      '/',
      false,
    ]);
    const leave = [
      `location = '${sink}/location'`,
      `document.head.innerHTML = '<meta http-equiv="refresh" content="0;url=${sink}/refresh">'`,
      `window.open('${sink}/self', '_self')`,
      `const link = document.createElement('a'); link.href = '${sink}/link'; document.body.append(link); removeEventListener('click', 0); addEventListener('click', (e) => e.stopImmediatePropagation(), true); link.click(); location.replace('${sink}/replace')`,
    ];
    for (const script of leave) {
      const refused = page.waitForEvent('console', (message) => /frame-src/.test(message.text()));
      await playground.runCode(`console.clear(); display.html\`<script>${script}<\\/script>\``);
      await refused;
    }
    target.close();
    expect({ received, dialogs, popups: popups.length }).toEqual({ received: 0, dialogs: [], popups: 0 });
  });

  test('G1: a script of an output takes no focus from a reader who types', async ({ playground, page }) => {
    await playground.runCode(
      String.raw`display.html${'`'}<input id="trap"><script>setInterval(() => { trap.focus(); document.body.dataset.tries = +(document.body.dataset.tries ?? 0) + 1 }, 50)<\/script>${'`'}`,
    );
    const body = documentOf(playground, 0).locator('body');
    await expect(body).toHaveAttribute('data-tries', /./);
    await playground.consoleInput.focus();
    await expect(playground.console.getByRole('alert')).toContainText('took the focus');
    await expect(playground.consoleInput).toBeFocused();
    await page.keyboard.type('mine');
    await expect(playground.consoleInput).toHaveValue('mine');
    await expect(playground.console.locator('iframe')).toHaveCount(0);
  });

  test('G1: a script of an output that never ends costs no session for good', async ({ playground }) => {
    await playground.runCode('let kept = 41');
    await playground.runCode(String.raw`display.html${'`'}<script>setTimeout(() => { for (;;); })<\/script>${'`'}`);
    await expect(playground.console.getByRole('alert')).toContainText('did not end');
    await playground.runCode('kept + 1');
    await expect(playground.console.getByRole('listitem').last()).toContainText('42');
  });
});
