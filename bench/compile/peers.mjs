import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Compilers that turn TypeScript into JavaScript, and nothing else. Each is measured where it is installed:
 * `npm i --no-save sucrase esbuild-wasm typescript-5@npm:typescript@5.9`.
 *
 * @typedef {(source: string) => unknown} Compile
 */

const require = createRequire(import.meta.url);

/** @type {Readonly<Record<string, (load: (name: string) => any) => Compile | Promise<Compile>>>} */
const peers = {
  sucrase: (load) => {
    const { transform } = load('sucrase');
    return (source) => transform(source, { transforms: ['typescript'] });
  },
  'esbuild-wasm': async (load) => {
    // As browsers run it: that for Node compiles in a process of its own.
    const browser = 'esbuild-wasm/lib/browser.js';
    const { initialize, transform } = load(browser);
    Object.assign(globalThis, { self: globalThis });
    const wasmModule = await WebAssembly.compile(
      await readFile(path.join(require.resolve(browser), '../../esbuild.wasm')),
    );
    await initialize({ wasmModule, worker: false });
    return (source) => transform(source, { loader: 'ts' });
  },
  transpileModule: (load) => {
    const { transpileModule, ModuleKind, ScriptTarget } = load('typescript-5');
    const compilerOptions = { target: ScriptTarget.ESNext, module: ModuleKind.ESNext };
    return (source) => transpileModule(source, { compilerOptions });
  },
};

/** Those that are installed, by name. */
export async function installedPeers() {
  /** @type {Record<string, Compile>} */
  const installed = {};
  for (const [name, load] of Object.entries(peers)) {
    try {
      installed[name] = await load(require);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return installed;
}
