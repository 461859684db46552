import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, snippet, test } from './example-sites.js';

const folder = path.resolve(import.meta.dirname, '../../examples/vitepress');

/** Starts VitePress's development server on any free port, and gives its origin. */
async function startServer(signal: AbortSignal): Promise<string> {
  const script = path.join(folder, 'node_modules/vitepress/bin/vitepress.js');
  const server = spawn(process.execPath, [script, 'dev', 'docs', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    signal,
  });
  server.on('error', (error) => {
    if (error.name !== 'AbortError') throw error;
  });
  return await new Promise((resolve, reject) => {
    let output = '';
    server.once('exit', (code) => reject(new Error(`The development server ended with ${code}:\n${output}`)));
    server.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      const origin = /http:\/\/localhost:\d+/.exec(output)?.[0];
      if (origin !== undefined) resolve(origin);
    });
  });
}

test('in development a snippet shows and runs what its author has just written', async ({ page }) => {
  const file = path.join(folder, 'docs/hot-reload.md');
  const write = (code: string) => writeFile(file, `# Hot reload\n\n\`\`\`ts live id=hot\n${code}\n\`\`\`\n`);
  const stopping = new AbortController();
  try {
    await write('["first"]');
    const origin = await startServer(stopping.signal);
    await page.goto(`${origin}/hot-reload.html`);
    const { element, run, output } = snippet(page, 'hot');
    await run();
    await expect(output).toContainText('first');
    await write('[1, 2, 3].length * 14');
    await expect(element.locator('pre').first()).toContainText('* 14');
    await run();
    await expect(output).toContainText('42');
  } finally {
    stopping.abort();
    await rm(file, { force: true });
  }
});
