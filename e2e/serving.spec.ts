import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, PlaygroundPage, test } from './fixtures/test.js';

/** The built files work wherever and however a site serves them. Console errors, a policy's among them, fail each test. */

const strict = "default-src 'self'; style-src 'self' 'unsafe-inline'";

async function runsCode(playground: PlaygroundPage): Promise<void> {
  await playground.openTab({ name: 'Served', code: 'const answer: number = 6 * 7;\nconsole.log(`answer ${answer}`);' });
  await playground.runButton.click();
  await expect(playground.console).toContainText('answer 42');
}

/** Both of the editor's workers have to be up before it can mark a wrong type. */
async function hasEditor(playground: PlaygroundPage): Promise<void> {
  await playground.openTab({ name: 'Typed', code: "const count: number = 'many';" });
  await expect(playground.element.locator('.squiggly-error').first()).toBeVisible();
}

test('the site works from a subfolder with a policy of default-src self, its editor included', async ({
  page,
  serve,
}) => {
  const { origin } = await serve({ base: '/docs/play/', csp: strict });
  const playground = new PlaygroundPage(page);
  await playground.open(`${origin}/docs/play/`);
  await runsCode(playground);
  await hasEditor(playground);
});

test('the runner may come from another origin', async ({ openSdkPage, serve }) => {
  const [page, other] = await Promise.all([openSdkPage(), serve()]);
  const value = await page.evaluate(async (runnerUrl) => {
    const codemode = new window.sdk.Codemode({ runnerUrl });
    const result = await codemode.session('one').execute('await Promise.resolve(6 * 7)');
    await codemode.close();
    return result.value;
  }, `${other.origin}/runner.html`);
  expect(value).toBe(42);
});

test('the CDN file works from another origin, its editor included', async ({ page, site, serve }) => {
  const cdn = await serve({ cors: true });
  await page.goto(`${site.origin}/e2e/pages/blank.html`);
  await page.evaluate((address) => {
    const script = Object.assign(document.createElement('script'), { type: 'module', src: address });
    document.head.append(script);
    document.body.append(document.createElement('codemode-playground'));
  }, `${cdn.origin}/dist/cdn/codemode-playground.js`);
  const playground = new PlaygroundPage(page);
  await playground.element.and(page.locator(':defined')).waitFor();
  await runsCode(playground);
  await hasEditor(playground);
  await expect(page.locator('link[rel=stylesheet]'), 'style sheets put into the host page').toHaveCount(0);
});

test('npm start serves the site, says where, and ends when it is told to', async ({ request }) => {
  const start = spawn(process.execPath, ['scripts/start.mjs', '--port', '0'], {
    cwd: path.resolve(import.meta.dirname, '..'),
  });
  const ended = once(start, 'exit');
  try {
    for await (const line of createInterface(start.stdout)) {
      expect(line, 'the sources are older than the build').not.toContain('Building');
      const address = /http:\S+/.exec(line)?.[0];
      if (!address) continue;
      expect(await (await request.get(address)).text()).toContain('<codemode-playground');
      break;
    }
  } finally {
    start.kill('SIGTERM');
  }
  expect((await ended)[0]).toBe(0);
});
