import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { rollup, type InputPluginOption } from 'rollup';
import { build as buildWithVite, type Plugin } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asyncContext } from './index.js';

const context = path.resolve(import.meta.dirname, '../context');

let folder: string;
/** The package as a project finds it, by the names of its entry points. */
const entryPoints: Record<string, string> = {};

/** Where two interleaved calls keep their contexts, and where an error is thrown: line 11, column 9. */
const main = (types: boolean): string => `import { AsyncContext } from 'codemode-playground/context';

const variable = new AsyncContext.Variable();
const own = async (milliseconds${types ? ': number' : ''}) => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return variable.get();
};
async function* twice() { yield variable.get(); await own(1); yield variable.get(); }
async function fail()${types ? ': Promise<never>' : ''} {
  for await (const _ of variable.run('c', twice)) await null;
  throw new Error('planned');
}
console.log(String(await Promise.all([variable.run('a', () => own(4)), variable.run('b', () => own(2)), own(1)])));
console.log(/main\\.[jt]s:\\d+:\\d+/.exec((await fail().catch((error${types ? ': Error' : ''}) => error)).stack)?.[0]);
`;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codemode-bundlers-'));
  const home = path.join(folder, 'node_modules/codemode-playground');
  await esbuild.build({
    entryPoints: {
      context: path.join(context, 'index.ts'),
      activations: path.join(context, 'activations/installed-activations.ts'),
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: home,
    logLevel: 'error',
  });
  entryPoints['codemode-playground/context'] = path.join(home, 'context.js');
  entryPoints['codemode-playground/context/activations'] = path.join(home, 'activations.js');
  for (const name of ['main.js', 'main.ts']) await writeFile(path.join(folder, name), main(name.endsWith('ts')));
  await mkdir(path.join(folder, 'dist'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Bundlers of their own make the map of what they write from those of their plugins. */
const bundlers: Record<string, { readonly source: string; bundle(entry: string, file: string): Promise<unknown> }> = {
  rollup: {
    source: 'main.js',
    async bundle(input, file) {
      const resolver = { name: 'resolve', resolveId: (source: string) => entryPoints[source] };
      const build = await rollup({ input, plugins: [resolver, asyncContext.rollup() as InputPluginOption] });
      await build.write({ file, format: 'es', sourcemap: true });
      await build.close();
    },
  },
  esbuild: {
    source: 'main.ts',
    bundle: (entry, outfile) =>
      esbuild.build({
        entryPoints: [entry],
        outfile,
        bundle: true,
        format: 'esm',
        target: 'es2022',
        sourcemap: true,
        logLevel: 'error',
        alias: entryPoints,
        plugins: [asyncContext.esbuild()],
      }),
  },
};

describe('asyncContext', () => {
  it.each(Object.entries(bundlers))(
    'keeps contexts, and leads to the source, in what %s makes',
    async (name, { source, bundle }) => {
      const file = path.join(folder, 'dist', `${name}.mjs`);
      await bundle(path.join(folder, source), file);
      const { stdout } = await promisify(execFile)(process.execPath, ['--enable-source-maps', file]);
      expect(stdout.trim().split('\n')).toEqual(['a,b,', `${source}:11:9`]);
    },
  );
});

describe('esbuild', () => {
  it('leaves: with esbuild, files that another plugin loads', async () => {
    const file = path.join(folder, 'loaded.mjs');
    await writeFile(file, 'export async function f(a) { await a; }');
    const other: esbuild.Plugin = {
      name: 'other',
      setup: (build) =>
        build.onLoad({ filter: /loaded/ }, () => ({ contents: 'export async function g(a) { await a; }' })),
    };
    const textWith = async (plugins: esbuild.Plugin[]): Promise<string> => {
      const bundled = await esbuild.build({
        entryPoints: [file],
        bundle: true,
        write: false,
        format: 'esm',
        alias: entryPoints,
        plugins,
        logLevel: 'error',
      });
      return bundled.outputFiles[0]!.text;
    };
    const own = asyncContext.esbuild() as esbuild.Plugin;
    expect(await textWith([own])).toMatch(/function f\(a\) \{[^]*enter/);
    expect(await textWith([other, own])).toMatch(/function g\(a\) \{\s*await a;\s*\}/);
  });
});

describe('a build for Node', () => {
  const code = 'export async function f(a) { await a; return a; }\n';
  const isInstrumented = (text: string | undefined): boolean => text?.includes('context/activations') === true;

  it.each([
    ['node', false],
    ['browser', true],
  ] as const)('of esbuild for %s: instrumented is %s', async (platform, expected) => {
    const file = path.join(folder, 'module.mjs');
    await writeFile(file, code);
    const { outputFiles } = await esbuild.build({
      entryPoints: [file],
      bundle: true,
      write: false,
      format: 'esm',
      platform,
      alias: entryPoints,
      plugins: [asyncContext.esbuild() as esbuild.Plugin],
      logLevel: 'error',
    });
    expect(outputFiles[0]!.text.includes('enter')).toBe(expected);
  });

  it.each([
    ['node', false],
    ['webworker', true],
  ] as const)('of a Vite server in a %s: instrumented is %s', async (target, expected) => {
    const file = path.join(folder, 'module.mjs');
    await writeFile(file, code);
    const result = await buildWithVite({
      root: folder,
      configFile: false,
      logLevel: 'error',
      plugins: [asyncContext.vite() as Plugin],
      ssr: { target },
      build: { ssr: file, write: false, rolldownOptions: { external: /activations/ } },
    });
    const { output } = result as { readonly output: readonly { readonly code?: string }[] };
    expect(isInstrumented(output[0]?.code)).toBe(expected);
  });
});
