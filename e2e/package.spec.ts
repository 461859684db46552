import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createStaticServer } from '../scripts/serve.mjs';
import { expect, test } from './fixtures/test.js';

/** What `npm pack` gives, installed in a fresh folder as a site would install it. */

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const tool = (name: string) => path.join(root, 'node_modules', name);

test.describe.configure({ mode: 'default', timeout: 300_000 });

let folder: string;
let packed: string[];

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codemode-package-'));
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  packed = files.map((file) => file.path);
  await cp(path.join(root, 'e2e/fixtures/consumer'), folder, { recursive: true });
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`], { cwd: folder });
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('the package holds what was built, and nothing else', () => {
  const expected = [
    'dist/index.js',
    'dist/sdk.js',
    'dist/context.js',
    'dist/context-activations.js',
    'dist/vite.js',
    'dist/otel.js',
    'dist/pipeline.js',
    'dist/cdn/pipeline.js',
    'dist/runner.html',
    'dist/output.html',
    'dist/runner-dom.js',
    'dist/output-vega.js',
    'dist/custom-elements.json',
    'dist/cdn/codemode-playground.js',
    'dist/cdn/runner.html',
    'dist/cdn/output.html',
    'dist/cdn/runner-dom.js',
    'dist/types/sdk/index.d.ts',
  ];
  expect(packed).toEqual(expect.arrayContaining(expected));
  expect(packed.filter((name) => !name.startsWith('dist/')).toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
  ]);
});

test('every entry point that needs no page can be imported in Node', async () => {
  const script = `
    const entries = ['sdk', 'context', 'vite', 'sdk/internals', 'pipeline'];
    const names = await Promise.all(entries.map((entry) => import('codemode-playground/' + entry)));
    console.log(JSON.stringify(names.map((module) => Object.keys(module))));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
  const [sdk, context, vite, internals, pipeline] = JSON.parse(stdout) as string[][] as [
    string[],
    string[],
    string[],
    string[],
    string[],
  ];
  expect(sdk).toEqual(expect.arrayContaining(['Codemode', 'defineTool']));
  expect(vite).toEqual(['asyncContext']);
  expect(pipeline).toEqual(expect.arrayContaining(['definePipeline', 'getRunContext', 'FileRunLogStore']));
  const machinery = ['ExecutorClient', 'StateMachine', 'liveResources', 'retry'];
  expect(internals).toEqual(expect.arrayContaining(machinery));
  expect(sdk.filter((name) => machinery.includes(name))).toEqual([]);
  expect(context).toEqual(expect.arrayContaining(['AsyncContext', 'RuntimeContext', 'getCurrentContext']));
});

for (const [moduleResolution, module] of [
  ['bundler', 'esnext'],
  ['nodenext', 'nodenext'],
]) {
  test(`its types hold under moduleResolution ${moduleResolution}`, async () => {
    await writeFile(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          lib: ['es2024', 'dom', 'dom.iterable'],
          strict: true,
          noEmit: true,
          types: [],
          moduleResolution,
          module,
          skipLibCheck: false,
        },
        files: ['types.ts'],
      }),
    );
    const checked = await run(process.execPath, [tool('typescript/bin/tsc'), '-p', folder]).catch((error) => error);
    expect(checked.stdout).toBe('');
  });
}

test('the manifest of its custom elements names the playground', async () => {
  const manifest = await readFile(
    path.join(folder, 'node_modules/codemode-playground/dist/custom-elements.json'),
    'utf8',
  );
  expect(manifest).toContain('"tagName": "codemode-playground"');
});

test('a bundled page registers the elements and runs code with a tool', async ({ page }) => {
  await run(process.execPath, [tool('vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: folder });
  await cp(
    path.join(folder, 'node_modules/codemode-playground/dist/runner.html'),
    path.join(folder, 'dist/runner.html'),
  );
  const server = createStaticServer({ root: path.join(folder, 'dist') });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  try {
    await page.goto(`http://localhost:${port}/`);
    await page.waitForFunction(() => customElements.get('codemode-playground'));
    const value = await page.evaluate(async () => {
      const { codemode } = window as unknown as { codemode: InstanceType<typeof window.sdk.Codemode> };
      const result = await codemode.session('guide').execute('await tools.double({ number: 21 })');
      await codemode.close();
      return result.value;
    });
    expect(value).toBe(42);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
