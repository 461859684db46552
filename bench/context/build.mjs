import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(folder, '../..');

/** The compiler as Node can import it: its sources are TypeScript. */
export async function loadCompiler() {
  const [file] = (
    await build({
      entryPoints: [path.join(root, 'src/compiler/index.ts')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      outdir: 'out',
    })
  ).outputFiles;
  /** @type {typeof import('../../src/compiler/index.js')} */
  const compiler = await import(`data:text/javascript;base64,${Buffer.from(file?.contents ?? '').toString('base64')}`);
  return compiler;
}

/**
 * A worker script for each way to run the loops: native, compiled, and with zone.js. zone.js needs async functions compiled to
 * ES2016.
 *
 * @param {typeof import('../../src/compiler/index.js')} compiler
 */
export async function buildRealms(compiler) {
  const { code } = compiler.compileModule(await readFile(path.join(folder, 'loops.js'), 'utf8'), {
    fileName: 'loops.js',
  });
  /** @type {import('esbuild').Plugin} */
  const compiledLoops = {
    name: 'compiled-loops',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^compiled:/ }, ({ path: name }) => ({ path: name, namespace: 'compiled' }));
      onLoad({ filter: /.*/, namespace: 'compiled' }, () => ({ contents: `export const link = ${code}` }));
    },
  };
  /** @param {string} name @param {string} target */
  const script = async (name, target) => {
    const {
      outputFiles: [file],
    } = await build({
      entryPoints: [path.join(folder, 'realms', `${name}.js`)],
      bundle: true,
      write: false,
      outdir: 'out',
      format: 'iife',
      target,
      plugins: [compiledLoops],
    });
    return file?.text ?? '';
  };
  return {
    native: await script('native', 'es2022'),
    instrumented: await script('instrumented', 'es2022'),
    zone: await script('zone', 'es2016'),
  };
}
