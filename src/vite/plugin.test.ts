import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, createLogger, type Plugin } from 'vite';
import { asyncContext, type AsyncContextOptions } from './index.js';
import { asyncContextPlugin } from './plugin.js';

const context = path.resolve(import.meta.dirname, '../context');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codemode-vite-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Builds `files`, of which `main.ts` is the entry, and gives what Node prints when it runs them, and what the build warned of. */
async function run(
  files: Record<string, string>,
  options?: AsyncContextOptions,
): Promise<{ output: string[]; warnings: string[] }> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const warnings: string[] = [];
  const logger = createLogger('warn');
  logger.warn = (message) => warnings.push(message);
  await build({
    root: folder,
    configFile: false,
    customLogger: logger,
    logLevel: 'warn',
    plugins: [asyncContext.vite(options) as Plugin],
    resolve: {
      alias: [
        {
          find: 'codemode-playground/context/activations',
          replacement: path.join(context, 'activations/installed-activations.ts'),
        },
        { find: 'codemode-playground/context', replacement: path.join(context, 'index.ts') },
      ],
    },
    build: {
      target: 'es2022',
      outDir: 'dist',
      sourcemap: true,
      minify: false,
      lib: { entry: path.join(folder, 'main.ts'), formats: ['es'], fileName: () => 'main.mjs' },
    },
  });
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--enable-source-maps',
    path.join(folder, 'dist/main.mjs'),
  ]);
  return { output: stdout.trim().split('\n'), warnings };
}

const main = `
import { AsyncContext } from 'codemode-playground/context';
import { later } from './node_modules/dependency/index.js';

const variable = new AsyncContext.Variable<string>();
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function own(milliseconds: number): Promise<string | undefined> {
  await wait(milliseconds);
  return variable.get();
}

const get = () => variable.get();
console.log(String(await Promise.all([variable.run('a', () => own(4)), variable.run('b', () => own(2)), own(1)])));
console.log(await variable.run('a', () => later(get)));
`;
const dependency = {
  'node_modules/dependency/index.js': 'export async function later(get) {\n  await null;\n  return get();\n}\n',
};

describe('asyncContext.vite', () => {
  it('keeps the context of the project’s own functions, and gives those of dependencies the empty one', async () => {
    expect(await run({ 'main.ts': main, ...dependency })).toEqual({ output: ['a,b,', 'undefined'], warnings: [] });
  });

  it('takes dependencies in where it is asked to', async () => {
    expect((await run({ 'main.ts': main, ...dependency }, { exclude: [] })).output).toEqual(['a,b,', 'a']);
  });

  it('leaves what is excluded', async () => {
    expect((await run({ 'main.ts': main, ...dependency }, { exclude: /main\.ts$/ })).output).toEqual([',,', 'a']);
  });

  it('shows errors at their lines in TypeScript', async () => {
    const { output } = await run({
      'main.ts':
        'interface Unused { readonly a: 1 }\n\nasync function f(): Promise<void> {\n  await null; throw new Error("x");\n}\n' +
        'console.log(await f().catch((error: Error) => error.stack?.split("\\n")[1]));',
    });
    expect(output[0]).toMatch(/main\.ts:4:21\)?$/);
  });

  it('leaves, with a warning: a module that the parser can’t read', () => {
    const warnings: string[] = [];
    const { transform } = [asyncContextPlugin.raw(undefined, { framework: 'rollup', versions: {} })].flat()[0]!;
    const { handler } = transform as {
      handler(this: { warn(message: string): void }, code: string, id: string): unknown;
    };
    const result = handler.call(
      { warn: (message) => warnings.push(message) },
      'const a = 1;\nasync function f(b: number) { await b; }',
      '/app/a.ts',
    );
    expect(result).toBeUndefined();
    expect(warnings).toEqual([
      expect.stringMatching(/^\/app\/a\.ts:2:19: .*Put this plugin after the plugins that compile types/),
    ]);
  });
});
