/// <reference types="vite/client" />

// oxlint-disable typescript/no-explicit-any

/** Packages that guides name and this project does not install. */
declare module 'vitepress' {
  export function defineConfig(config: any): any;
}
declare module 'vitepress/theme';
declare module 'astro/config' {
  export function defineConfig(config: any): any;
}
declare module '@astrojs/starlight';
declare module '@astrojs/starlight/components/Head.astro';
declare module '@docusaurus/ExecutionEnvironment';
declare module '@vitejs/plugin-react';
declare module 'https://*';
