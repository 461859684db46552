import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createUnplugin, type UnpluginContextMeta } from 'unplugin';
import { CompileError } from '../compiler/compile-error.js';
import { framesModule, instrumentModule, maySuspend, type SourceLanguage } from './instrument-module.js';
import { moduleFilter, type AsyncContextOptions } from './options.js';

/** What carries contexts is not to be carried itself, where the package is linked into a project. */
const ownFolder = `${path.dirname(realpathSync(fileURLToPath(import.meta.url)))}${path.sep}`;

/** After what compiles types and elements, where the bundler has an order. */
export const asyncContextPlugin = createUnplugin((options: AsyncContextOptions | undefined, meta) => {
  const filter = moduleFilter(options);
  /** What esbuild was told of the files with an extension. */
  let loaders: Readonly<Record<string, string>> = {};
  const languageOf = (id: string): SourceLanguage => (seesSources(meta) ? sourceLanguage(extensionOf(id), loaders) : 'js');
  return {
    name: 'codemode-playground:async-context',
    enforce: 'post',
    transform: {
      filter: { id: filter, code: maySuspend },
      handler(code, id) {
        if (path.normalize(id).startsWith(ownFolder)) return undefined;
        try {
          return instrumentModule(code, id, languageOf(id));
        } catch (error) {
          if (!(error instanceof CompileError)) throw error;
          this.warn(unreadable(id, error));
          return undefined;
        }
      },
    },
    vite: {
      config({ optimizeDeps }) {
        // One instance of the context for all: prepared along with the package, unless that is left as it is or linked.
        const isLeft = optimizeDeps?.exclude?.some((name) => /^codemode-playground(?:\/|$)/.test(name)) === true;
        return isLeft || !/[\\/]node_modules[\\/]/.test(ownFolder) ? undefined : { optimizeDeps: { include: [framesModule] } };
      },
    },
    esbuild: {
      onLoadFilter: /.*/,
      config({ loader = {} }) {
        loaders = loader;
      },
      loader: (_code: string, id: string) => sourceLanguage(extensionOf(id), loaders),
    },
  };
});

/** These compile types and elements after all plugins. */
function seesSources(meta: UnpluginContextMeta): boolean {
  return meta.framework === 'esbuild' || meta.framework === 'rolldown';
}

function extensionOf(id: string): string {
  return path.extname(id.replace(/\?.*$/s, ''));
}

function sourceLanguage(extension: string, loaders: Readonly<Record<string, string>>): SourceLanguage {
  const loader = loaders[extension];
  if (loader === 'js' || loader === 'jsx' || loader === 'ts' || loader === 'tsx') return loader;
  if (extension === '.jsx' || extension === '.tsx') return extension === '.jsx' ? 'jsx' : 'tsx';
  return /^\.[cm]?ts$/.test(extension) ? 'ts' : 'js';
}

function unreadable(id: string, { message, position: { line, column } }: CompileError): string {
  return `${id}:${line}:${column}: ${message} The module is left as it is, and its functions lose their context when they await. ` +
    'Put this plugin after those that compile types and elements, or exclude the module.';
}
