/// <reference types="vite/client" />

// oxlint-disable typescript/no-explicit-any

/** Packages that guides name and this project does not install. */
declare module 'vitepress' {
  export function defineConfig(config: {
    markdown: { config(markdown: any): void };
    vue: { template: { compilerOptions: { isCustomElement(tag: string): boolean } } };
    vite: object;
  }): unknown;
}
declare module 'vitepress/theme';
declare module 'astro/config' {
  export function defineConfig(config: any): any;
}
declare module '@astrojs/starlight';
declare module '@astrojs/starlight/components/Head.astro';
declare module '@docusaurus/ExecutionEnvironment';
declare module '@vitejs/plugin-react';
declare module 'bullmq' {
  interface Job {
    waitUntilFinished(events: QueueEvents): Promise<any>;
    remove(): Promise<void>;
  }
  export class Queue {
    constructor(name: string, options: object);
    add(name: string, data: object, options: object): Promise<Job>;
  }
  export interface QueueEvents {
    close(): Promise<void>;
  }
  export const QueueEvents: new (name: string, options: object) => QueueEvents;
  export const Worker: new (
    name: string,
    work: (job: { readonly data: any }) => Promise<unknown>,
    options: object,
  ) => object;
}
declare module 'https://*';

/** The SDK that the example sites document. */
declare module 'orchard' {
  export interface Orchard {}
  export const Orchard: new () => Orchard;
}
