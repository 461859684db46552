import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { inlineConstants } from './inline-constants.mjs';
import { withoutMonacoStyles } from './monaco-styles-plugin.mjs';
import { compactStylesPlugin } from './compact-styles-plugin.mjs';
import { ownExports } from './own-exports-plugin.mjs';
import { plainDynamicImports } from './plain-imports-plugin.mjs';
import { runnerPage } from './runner-plugin.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Styles for snippets before their definition: the same file in the package and for a CDN. */
export const snippetStyles = path.join(root, 'src/elements/snippet/codemode-snippet.css');

/** Modules that `codemode-snippet.js` needs at once and shares with later chunks. */
const shellModules = [
  /^node_modules\/@lit\/reactive-element\/css-tag\.js$/,
  /^src\/elements\/shared\/(?:define|icon-outlines|locale|locale-registry|nearest-language|page-scheme|snippet-strings|tokens)\.ts$/,
  /^src\/elements\/snippet\/(?:shell\/(?:attribute-element|author-code|code-text|shell-toolbar|snippet\.styles)|run\/page-tools)\.ts$/,
  /^src\/sdk\/workers\/runner-location\.ts$/,
  /rolldown\/runtime|preload-helper/,
];
const isOfShell = (/** @type {string} */ id) => {
  const module = path.relative(root, id).replaceAll(path.sep, '/');
  return shellModules.some((pattern) => pattern.test(module));
};

/**
 * The editor's workers are Monaco's own and hold nothing of ours: their source maps would be half the size of the package.
 *
 * @returns {import('vite').Plugin}
 */
function withoutSourceMaps() {
  return { name: 'codemode:without-source-maps', outputOptions: (options) => ({ ...options, sourcemap: false }) };
}

/**
 * `dist/cdn/`: everything from one address, without bare imports; Monaco and its workers are chunks loaded when needed.
 *
 * @param {string} outDir  Absolute; emptied first.
 * @param {ReturnType<typeof import('./notices.mjs').thirdPartyNotices>} notices
 */
export async function buildCdn(outDir, { collect, emit }) {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    base: './',
    plugins: [
      runnerPage(collect),
      withoutMonacoStyles(),
      plainDynamicImports(),
      ownExports(),
      compactStylesPlugin(),
      collect(),
      emit(),
    ],
    worker: { format: 'es', plugins: () => [withoutSourceMaps(), collect()] },
    build: {
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      target: 'es2022',
      modulePreload: false,
      assetsDir: '',
      chunkSizeWarningLimit: 20_000,
      rolldownOptions: {
        checks: { pluginTimings: false, ineffectiveDynamicImport: false },
        input: {
          'codemode-playground': path.join(root, 'src/cdn.ts'),
          'codemode-snippet': path.join(root, 'src/cdn-snippet.ts'),
          agents: path.join(root, 'src/agents/index.ts'),
          pipeline: path.join(root, 'src/pipeline/index.ts'),
          'codemode-timeline': path.join(root, 'src/elements/timeline/index.ts'),
        },
        optimization: inlineConstants,
        preserveEntrySignatures: 'strict',
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // One request for the code of every page with a snippet. The two entries share most of it.
          codeSplitting: { groups: [{ name: 'shell', test: isOfShell }] },
        },
      },
    },
  });
  await copyFile(snippetStyles, path.join(outDir, 'codemode-snippet.css'));
}
