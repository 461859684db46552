import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { runnerPage } from './runner-plugin.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const outDir = path.join(root, 'dist');

/** The entry points of the package, by the name of their file in `dist/`. */
export const entries = {
  index: 'src/elements/index.ts',
  sdk: 'src/sdk/index.ts',
  context: 'src/context/index.ts',
};

/**
 * `dist/`: ES modules with their types. Dependencies stay bare imports, so that a site has one Lit and one Monaco.
 * All chunks lie flat beside `runner.html`, which they look for beside themselves.
 */
export async function buildPackage() {
  const { dependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const isDependency = (/** @type {string} */ id) =>
    Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`));
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    base: './',
    plugins: [runnerPage()],
    worker: { format: 'es', rolldownOptions: { external: isDependency } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      sourcemap: true,
      modulePreload: false,
      assetsDir: '',
      rolldownOptions: {
        checks: { pluginTimings: false },
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)])),
        preserveEntrySignatures: 'strict',
        external: isDependency,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  await Promise.all([emitTypes(), emitManifest()]);
}

async function emitTypes() {
  await rm(path.join(outDir, 'types'), { recursive: true, force: true });
  await run(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], { cwd: root });
}

/** `custom-elements.json`, which editors and documentation tools read. */
async function emitManifest() {
  const analyzer = path.join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
  await run(process.execPath, [analyzer, 'analyze', '--config', 'custom-elements-manifest.config.mjs', '--quiet'], { cwd: root });
}
