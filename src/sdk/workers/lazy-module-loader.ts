import type { ModuleMessage, ModuleSource } from '../../protocol/messages/wire.js';
import type { ModuleLoader, ModuleLoaderOptions } from './module-loader.js';

export type LoadModule = (message: ModuleMessage) => Promise<ModuleSource>;

/**
 * A `ModuleLoader` that is itself loaded at the first import, for most code imports nothing.
 *
 * @throws TypeError for an import map that leads to something else than an address
 */
export function loadModulesLazily(options: ModuleLoaderOptions): LoadModule {
  const { importMap, baseUrl } = options;
  const { imports = {}, scopes = {} } = importMap;
  for (const addresses of [imports, ...Object.values(scopes)])
    Object.values(addresses).forEach((address) => new URL(address, baseUrl));
  let loader: Promise<ModuleLoader> | undefined;
  return async (message) => {
    loader ??= import('./module-loader.js').then((module) => new module.ModuleLoader(options));
    // The reader may be offline just now.
    loader.catch(() => (loader = undefined));
    return (await loader).load(message);
  };
}
