import type { AsyncContextOptions } from './options.js';
import { asyncContextPlugin } from './plugin.js';

export type { AsyncContextOptions } from './options.js';

/** A plugin of Vite, Rollup or Rolldown; its hooks are its own. */
export interface NamedPlugin {
  readonly name: string;
}

/** A plugin of esbuild. */
export interface EsbuildPlugin extends NamedPlugin {
  setup(build: object): void | Promise<void>;
}

/** A plugin of webpack or Rspack. */
export interface WebpackPlugin {
  apply(compiler: object): void;
}

/**
 * Makes plugins that instrument the modules of a project, so that their async functions and generators keep the ambient
 * context across suspension points. Each takes the same options and throws a TypeError for a wrong one. A module with a syntax
 * error stays as it is, with a warning.
 * @example
 * // vite.config.ts
 * export default { plugins: [asyncContext.vite({ include: /\/src\/.*\.ts$/ })] };
 */
export const asyncContext: {
  vite(options?: AsyncContextOptions): NamedPlugin;
  rollup(options?: AsyncContextOptions): NamedPlugin;
  rolldown(options?: AsyncContextOptions): NamedPlugin;
  esbuild(options?: AsyncContextOptions): EsbuildPlugin;
  webpack(options?: AsyncContextOptions): WebpackPlugin;
  rspack(options?: AsyncContextOptions): WebpackPlugin;
} = {
  vite: (options) => asyncContextPlugin.vite(options) as NamedPlugin,
  rollup: (options) => asyncContextPlugin.rollup(options) as NamedPlugin,
  rolldown: (options) => asyncContextPlugin.rolldown(options) as NamedPlugin,
  esbuild: (options) => asyncContextPlugin.esbuild(options) as EsbuildPlugin,
  webpack: (options) => asyncContextPlugin.webpack(options) as WebpackPlugin,
  rspack: (options) => asyncContextPlugin.rspack(options) as WebpackPlugin,
};
