import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { findViolations } from './fixtures/accessibility.js';
import { expect, test } from './fixtures/test.js';

/** Colours on a canvas. */
const coloursOf = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });

test('G2: one timeline shows every Codemode of the page, live, by pointer, keyboard and as a table', async ({
  sdkPage: page,
}) => {
  const timeline = page.locator('codemode-timeline');
  await page.evaluate(async () => {
    document.documentElement.lang = 'en';
    document.documentElement.style.colorScheme = 'light dark';
    const address = '/dist/cdn/codemode-timeline.js';
    await import(address);
    document.body.innerHTML = '<main><h1>Timeline</h1><codemode-timeline></codemode-timeline></main>';
  });
  await expect(timeline.getByText('Nothing was measured yet')).toBeVisible();
  await page.evaluate(async () => {
    const { Codemode } = window.sdk;
    const [one, other] = [new Codemode(), new Codemode()];
    let answer = (_value: unknown): void => undefined;
    const held = new Promise((resolve) => void (answer = resolve));
    one.registry.registerTool('weather', { description: 'w', execute: () => held });
    const code = 'await tools.weather({ city: "Oslo", token: "hidden" })';
    const clients = ['acme', 'globex', 'initech'].map((client_id) =>
      one.execute(code, { session: 'clients', context: { client_id } }),
    );
    const failing = other.execute('throw new TypeError("broken")', { session: 'others' });
    Object.assign(window, {
      finish: async () => {
        answer({ temperature: 4 });
        await Promise.all([...clients, failing]);
      },
    });
  });
  const contexts = timeline.getByRole('list', { name: 'Contexts' }).getByRole('listitem');
  await expect(contexts).toHaveText([/client_id: acme/, /client_id: globex/, /client_id: initech/]);
  const plot = timeline.getByRole('application');
  await expect.poll(() => coloursOf(plot.locator('canvas'))).toBeGreaterThan(8);

  await timeline.getByRole('button', { name: 'Table' }).click();
  const rows = timeline.getByRole('table').getByRole('row');
  const calls = rows.filter({ hasText: 'tools.weather' });
  await expect(calls.filter({ hasText: 'Running' })).toHaveCount(3);
  await page.evaluate(() => (window as unknown as { finish: () => Promise<void> }).finish());
  await expect(calls.filter({ hasText: 'Succeeded' })).toHaveCount(3);
  await expect(rows.filter({ hasText: 'others' }).filter({ hasText: 'Execution' })).toContainText('Failed');
  await calls.filter({ hasText: 'acme' }).getByRole('button').press('Enter');
  const details = timeline.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('"city": "Oslo"');
  await expect(details).toContainText('"temperature": 4');
  await expect(details).not.toContainText('hidden');
  expect(await findViolations(page), 'the table').toEqual([]);

  await timeline.getByRole('button', { name: 'Chart' }).click();
  await details.getByRole('button', { name: /^Run/ }).click();
  await expect(details.locator('.title')).toHaveText('Run');
  await plot.focus();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await expect(timeline.getByRole('status')).toHaveText(/^Execution cell-1\.ts, /);
  const drawn = (): Promise<string> =>
    plot.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  await page.keyboard.press('0');
  const whole = await drawn();
  for (const key of ['+', 'ArrowRight', 'ArrowLeft', 'Home', 'End', '-']) {
    const before = await drawn();
    await page.keyboard.press(key);
    await expect.poll(drawn, key).not.toBe(before);
  }
  const { x, y, width } = (await plot.boundingBox())!;
  await page.mouse.move(x + width / 2, y + 60);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  const zoomed = await drawn();
  await page.mouse.down();
  await page.mouse.move(x + width / 2 - 80, y + 60, { steps: 4 });
  await page.mouse.up();
  expect(await drawn()).not.toBe(zoomed);
  await timeline.getByRole('button', { name: 'Show everything' }).click();
  await page.mouse.move(0, 0);
  await expect.poll(drawn).toBe(whole);

  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findViolations(page, { rules: 'colours' }), 'dark').toEqual([]);
  await page.emulateMedia({ forcedColors: 'active' });
  await expect.poll(() => coloursOf(plot.locator('canvas'))).toBeGreaterThan(2);
  await page.emulateMedia({ forcedColors: 'none' });
  await page.setViewportSize({ width: 360, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(await findViolations(page, { rules: 'layout' }), 'narrow').toEqual([]);

  const files: string[] = [];
  for (const name of ['Save as Chrome trace', 'Save as OTLP']) {
    const downloading = page.waitForEvent('download');
    await timeline.getByRole('button', { name }).click();
    files.push(await readFile((await (await downloading).path())!, 'utf8'));
  }
  const [chrome, otlp] = files.map((text) => JSON.parse(text) as Record<string, unknown[]>);
  expect(chrome!['traceEvents']!.length).toBeGreaterThan(20);
  expect(otlp!['resourceSpans']).toHaveLength(1);
  expect(files.join('')).not.toContain('Oslo');
});

test('G2: the playground has a row for each tool call, and loads its timeline when it is shown', async ({
  page,
  playground,
}) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  const parts = (): string[] => loaded.filter((url) => url.includes('timeline'));
  await playground.open('./?example=1');
  await playground.runButton.click();
  await playground.whenIdle();
  await playground.element.getByRole('combobox', { name: 'Level' }).selectOption({ label: 'Tool calls' });
  const rows = playground.console.getByRole('listitem');
  await expect(rows).toHaveText([/tools\.searchOrders.*\d ms/s, /tools\.weather.*\d ms/s, /tools\.weather.*\d ms/s]);
  await rows.nth(1).getByRole('button', { name: 'tools.weather' }).click();
  await expect(rows.nth(1)).toContainText('temperature');
  expect(await findViolations(page, { within: ['codemode-playground', 'codemode-console'] }), 'rows').toEqual([]);

  expect(parts()).toEqual([]);
  await playground.showPanel('Timeline');
  const timeline = playground.element.locator('codemode-timeline');
  await timeline.getByRole('button', { name: 'Table' }).click();
  expect(parts()).not.toEqual([]);
  await expect(timeline.getByRole('row').filter({ hasText: 'Tool call' })).toHaveCount(3);
  await timeline.getByRole('button', { name: 'cell-1.ts' }).press('Enter');
  const details = timeline.getByRole('region', { name: 'Details' });
  await expect(details).toContainText('Acme');
  await details.getByRole('button', { name: 'cell-1.ts', exact: true }).click();
  await expect(playground.element.locator('codemode-code-editor')).toBeFocused();
});
