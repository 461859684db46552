import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createUnplugin, type UnpluginContextMeta } from 'unplugin';
import { CompileError } from '../compiler/compile-error.js';
import { activationsModule, instrumentModule, maySuspend, type SourceLanguage } from './instrument-module.js';
import { moduleFilter, type AsyncContextOptions } from './options.js';

/** What carries contexts is not to be carried itself, where the package is linked into a project. */
const ownFolder = `${path.dirname(realpathSync(fileURLToPath(import.meta.url)))}${path.sep}`;

/** After what compiles types and elements, where the bundler has an order. */
export const asyncContextPlugin = createUnplugin((options: AsyncContextOptions | undefined, meta) => {
  const filter = moduleFilter(options);
  /** What esbuild was told of the files with an extension. */
  let loaders: Readonly<Record<string, string>> = {};
  let root = process.cwd();
  const fallback = { resolveId: activationsResolver(() => root) };
  const languageOf = (id: string): SourceLanguage =>
    seesSources(meta) ? sourceLanguage(extensionOf(id), loaders) : 'js';
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
    rollup: fallback,
    rolldown: fallback,
    vite: {
      ...fallback,
      configResolved(config) {
        root = config.root;
      },
      config({ optimizeDeps }) {
        // One instance of the context for all: prepared along with the package, unless that is left as it is or linked.
        const isLeft = optimizeDeps?.exclude?.some((name) => /^codemode-playground(?:\/|$)/.test(name)) === true;
        return isLeft || !/[\\/]node_modules[\\/]/.test(ownFolder)
          ? undefined
          : { optimizeDeps: { include: [activationsModule] } };
      },
    },
    webpack: aliasActivations,
    rspack: aliasActivations,
    esbuild: {
      config(build: { loader?: Record<string, string>; alias?: Record<string, string> }) {
        loaders = build.loader ?? {};
        build.alias = { [activationsModule]: activationsPath(), ...build.alias };
      },
      loader: (_code: string, id: string) => sourceLanguage(extensionOf(id), loaders),
    },
  };
});

interface Resolving {
  resolve(source: string, importer: string, options: { skipSelf: boolean }): Promise<{ id: string } | null>;
}

/**
 * A dependency may not find the package that the project has (linked, or in a strict layout as pnpm's): it is given the one
 * that the project would find. Comes after the resolvers of others.
 */
function activationsResolver(root: () => string) {
  return async function resolveId(this: object, source: string): Promise<string | undefined> {
    if (source !== activationsModule) return undefined;
    const resolved = await (this as Resolving).resolve(source, path.join(root(), 'index.html'), { skipSelf: true });
    return resolved?.id;
  };
}

function activationsPath(): string {
  return fileURLToPath(import.meta.resolve(activationsModule));
}

/** The same for bundlers with aliases: as an object, or as webpack's list. */
function aliasActivations({ options: { resolve } }: { options: { resolve: { alias?: unknown } } }): void {
  const alias = activationsPath();
  resolve.alias = Array.isArray(resolve.alias)
    ? [...(resolve.alias as unknown[]), { name: activationsModule, onlyModule: true, alias }]
    : { [`${activationsModule}$`]: alias, ...(resolve.alias as object | undefined) };
}

/** These compile types and elements after all plugins. */
function seesSources(meta: UnpluginContextMeta): boolean {
  return meta.framework === 'esbuild' || meta.framework === 'rolldown';
}

function extensionOf(id: string): string {
  return path.extname(id.split('?', 1)[0]!);
}

function sourceLanguage(extension: string, loaders: Readonly<Record<string, string>>): SourceLanguage {
  const loader = loaders[extension];
  if (loader === 'js' || loader === 'jsx' || loader === 'ts' || loader === 'tsx') return loader;
  if (extension === '.jsx' || extension === '.tsx') return extension === '.jsx' ? 'jsx' : 'tsx';
  return /^\.[cm]?ts$/.test(extension) ? 'ts' : 'js';
}

function unreadable(id: string, { message, position: { line, column } }: CompileError): string {
  return (
    `${id}:${line}:${column}: ${message} The module is left as it is, and its functions lose their context when they await. ` +
    'Put this plugin after those that compile types and elements, or exclude the module.'
  );
}
