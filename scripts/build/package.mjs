import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { snippetStyles } from './cdn.mjs';
import { emitEditorData } from './editor-data.mjs';
import { ownExports } from './own-exports-plugin.mjs';
import { runnerPage } from './runner-plugin.mjs';
import { workersOfCdn } from './workers-of-cdn-plugin.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string} tool @param {string[]} args */
async function run(tool, args) {
  const script = path.join(root, 'node_modules', tool);
  await promisify(execFile)(process.execPath, [script, ...args], { cwd: root }).catch((error) => {
    throw new Error(`${tool} failed:\n${error.stdout}${error.stderr}`, { cause: error });
  });
}

/** The entry points of the package, by the name of their file in `dist/`. */
const entries = {
  index: 'src/elements/index.ts',
  snippet: 'src/elements/snippet/index.ts',
  timeline: 'src/elements/timeline/index.ts',
  sdk: 'src/sdk/index.ts',
  'sdk-internals': 'src/sdk/internals.ts',
  'sdk-node': 'src/sdk/node.ts',
  context: 'src/context/index.ts',
  'context-node': 'src/context/node.ts',
  'context-activations': 'src/context/activations/installed-activations.ts',
  agents: 'src/agents/index.ts',
  otel: 'src/otel/index.ts',
  pipeline: 'src/pipeline/index.ts',
  'pipeline-node': 'src/pipeline/node.ts',
  remark: 'src/markdown/remark.ts',
  'markdown-it': 'src/markdown/markdown-it.ts',
  react: 'src/react/index.ts',
  'react-playground': 'src/react/playground.ts',
  vite: 'src/vite/index.ts',
};

/**
 * Chunks that register elements lie in a folder of their own. `sideEffects` in package.json names it: a bundler keeps these chunks
 * and may drop all others.
 *
 * @param {{ moduleIds: readonly string[] }} chunk
 */
function chunkFileNames({ moduleIds }) {
  const modules = moduleIds.map((id) => path.relative(root, id).replaceAll(path.sep, '/'));
  const isOfElements = modules.some((module) => /^src\/elements\/(?!shared\/)/.test(module));
  return `${isOfElements ? 'elements' : 'chunks'}/[name]-[hash].js`;
}

/**
 * Makes each entry point a file with the exports of its module alone. Otherwise the bundler adds exports that other chunks need.
 * Dynamic imports of an entry point load that file, too.
 *
 * @returns {import('vite').Plugin}
 */
function entryPoints() {
  const prefix = '\0codemode:entry:';
  const files = new Set(Object.values(entries).map((file) => path.join(root, file)));
  return {
    name: 'codemode:entry-points',
    enforce: 'pre',
    async resolveId(source, importer, { isEntry, kind }) {
      if (isEntry) return `${prefix}${source}`;
      if (kind !== 'dynamic-import') return undefined;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      return resolved && files.has(resolved.id) ? `${prefix}${resolved.id}` : undefined;
    },
    load: (id) => (id.startsWith(prefix) ? `export * from ${JSON.stringify(id.slice(prefix.length))};` : undefined),
  };
}

/** `src/sdk/tools/tool.ts` becomes `sdk/tools/tool`. @param {string} id */
const nameOfModule = (id) => path.relative(path.join(root, 'src'), id).replaceAll(path.sep, '/').replace(/\.ts$/, '');

/**
 * Makes a chunk of each module of context, protocol and SDK, so that the bundler of a site can drop unused modules. A module with
 * a dynamic import is a chunk anyway. In a group its import would end in `.then((n) => n.t)`, and Vite 5 and 6 break that behind
 * `const { … } = await`.
 *
 * @param {string} id
 * @param {{ getModuleInfo(id: string): { dynamicImporters: readonly string[] } | null }} modules
 */
function chunkOfModule(id, modules) {
  const name = nameOfModule(id);
  const isOwnChunk = /^(?:context|protocol|sdk|pipeline)\//.test(name);
  return isOwnChunk && modules.getModuleInfo(id)?.dynamicImporters.length === 0 ? name : null;
}

/**
 * `dist/`: ES modules with their types. Dependencies stay bare imports, so that a site has one Lit and one Monaco.
 *
 * @param {string} outDir  Absolute. Holds the files for a CDN already, in `cdn/`.
 * @param {ReturnType<typeof import('./notices.mjs').thirdPartyNotices>} notices  Already know the packages in those files.
 */
export async function buildPackage(outDir, { collect, emit }) {
  const { dependencies, peerDependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const external = Object.keys({ ...dependencies, ...peerDependencies });
  const isDependency = (/** @type {string} */ id) =>
    id.startsWith('node:') || (!id.includes('?') && external.some((name) => id === name || id.startsWith(`${name}/`)));
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    base: './',
    plugins: [
      entryPoints(),
      ownExports(),
      runnerPage(collect),
      workersOfCdn(await readdir(path.join(outDir, 'cdn'))),
      collect(),
      emit(),
    ],
    build: {
      outDir,
      emptyOutDir: false,
      sourcemap: true,
      target: 'es2022',
      minify: false,
      assetsDir: '',
      // As a library, so that dynamic imports stay as they are for the bundler of the site.
      lib: {
        entry: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(root, file)])),
        formats: ['es'],
        fileName: (_format, name) => `${name}.js`,
      },
      rolldownOptions: {
        checks: { pluginTimings: false },
        external: isDependency,
        // Groups ask for it. `entryPoints` keeps further exports out of them.
        preserveEntrySignatures: 'allow-extension',
        output: {
          chunkFileNames,
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunkOfModule }] },
        },
      },
    },
  });
  await Promise.all([
    emitTypes(outDir),
    emitManifest(outDir),
    copyFile(snippetStyles, path.join(outDir, 'codemode-snippet.css')),
  ]);
}

async function emitTypes(/** @type {string} */ outDir) {
  await run('typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', path.join(outDir, 'types')]);
}

/** `custom-elements.json` for editors and documentation tools, and the same as custom data for VS Code. */
async function emitManifest(/** @type {string} */ outDir) {
  const config = ['--config', 'custom-elements-manifest.config.mjs', '--quiet'];
  await run('@custom-elements-manifest/analyzer/cem.js', [
    'analyze',
    ...config,
    '--outdir',
    path.relative(root, outDir),
  ]);
  await emitEditorData(outDir);
}
