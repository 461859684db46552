import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createUnplugin, type UnpluginContextMeta } from 'unplugin';
import { CompileError } from '../compiler/compile-error.js';
import { activationsModule, instrumentModule, maySuspend, type SourceLanguage } from './instrument-module.js';
import { moduleFilter, type AsyncContextOptions } from './options.js';

/** The package's own modules stay as they are, also where a project links to it. */
const ownFolder = `${path.dirname(realpathSync(fileURLToPath(import.meta.url)))}${path.sep}`;

/** Runs after the plugins that compile types and elements, where the bundler orders plugins. */
export const asyncContextPlugin = createUnplugin((options: AsyncContextOptions | undefined, meta) => {
  const filter = moduleFilter(options);
  /** esbuild's loaders, by extension. */
  let loaders: Readonly<Record<string, string>> = {};
  let root = process.cwd();
  /** Whether the whole build is for Node; Vite tells it for each module. */
  let isForNode = false;
  const fallback = { resolveId: activationsResolver(() => root) };
  const languageOf = (id: string): SourceLanguage =>
    seesSources(meta) ? sourceLanguage(extensionOf(id), loaders) : 'js';
  const prepareWebpack = (compiler: WebpackCompiler): void => {
    isForNode = compiler.platform?.node === true;
    aliasActivations(compiler);
  };
  return {
    name: 'codemode-playground:async-context',
    enforce: 'post',
    transform: {
      filter: { id: filter, code: maySuspend },
      handler(code, id) {
        if (isForNode || isOfServer(this) || path.normalize(id).startsWith(ownFolder)) return undefined;
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
    rolldown: {
      ...fallback,
      options({ platform }) {
        isForNode = platform === 'node';
      },
    },
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
    webpack: prepareWebpack,
    rspack: prepareWebpack,
    esbuild: {
      config(build: { loader?: Record<string, string>; alias?: Record<string, string>; platform?: string }) {
        isForNode = build.platform === 'node';
        loaders = build.loader ?? {};
        build.alias = { [activationsModule]: activationsPath(), ...build.alias };
      },
      loader: (_code: string, id: string) => sourceLanguage(extensionOf(id), loaders),
    },
  };
});

/** Whether the module is for a server of Vite that runs in Node, whose engine carries contexts. */
function isOfServer(plugin: object): boolean {
  const { environment } = plugin as {
    readonly environment?: {
      readonly config: { readonly consumer: string; readonly resolve: { readonly conditions: readonly string[] } };
    };
  };
  return environment?.config.consumer === 'server' && environment.config.resolve.conditions.includes('node');
}

interface Resolving {
  resolve(source: string, importer: string, options: { skipSelf: boolean }): Promise<{ id: string } | null>;
}

/**
 * A dependency may not find the package of the project (linked, or in a strict layout such as pnpm's): it gets the one that
 * the project finds. Runs after the resolvers of other plugins.
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

/** The part of webpack's compiler, and of Rspack's, that the plugin uses. */
interface WebpackCompiler {
  readonly options: { readonly resolve: { alias?: unknown } };
  readonly platform?: { readonly node?: boolean | null };
}

/** The same for bundlers with aliases: as an object, or as webpack's list. */
function aliasActivations({ options: { resolve } }: WebpackCompiler): void {
  const alias = activationsPath();
  resolve.alias = Array.isArray(resolve.alias)
    ? [...(resolve.alias as unknown[]), { name: activationsModule, onlyModule: true, alias }]
    : { [`${activationsModule}$`]: alias, ...(resolve.alias as object | undefined) };
}

/** esbuild and Rolldown compile types and elements after all plugins. */
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
    `${id}:${line}:${column}: ${message} The module is not transformed, so its functions lose their context at each await. ` +
    'Put this plugin after the plugins that compile types and JSX, or exclude the module.'
  );
}
