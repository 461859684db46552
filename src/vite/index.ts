import type { AsyncContextOptions } from './options.js';
import { asyncContextPlugin } from './plugin.js';

export type { AsyncContextOptions } from './options.js';

/** Of a plugin of Vite, Rollup or Rolldown what everybody can see. */
export interface NamedPlugin {
  readonly name: string;
}

/** A plugin of esbuild, as far as its type matters here. */
export interface EsbuildPlugin extends NamedPlugin {
  setup(build: object): void | Promise<void>;
}

/** A plugin of webpack or Rspack, as far as its type matters here. */
export interface WebpackPlugin {
  apply(compiler: object): void;
}

/** Instruments a project's own modules, so that their async functions and generators keep their context. */
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
