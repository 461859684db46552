import { current, type AmbientMapping } from './current.js';

export * from './index.js';

/*
 * The context in Node, Deno and Bun: the condition `node` of the package leads here. Their engine carries the ambient context across
 * `await`, timers and callbacks, in code that nobody instrumented.
 * See https://nodejs.org/api/async_context.html#asynclocalstorageenterwithstore
 */

// Not imported: a bundler for pages may meet this file.
const { AsyncLocalStorage } = process.getBuiltinModule('node:async_hooks');
const storage = new AsyncLocalStorage<AmbientMapping | undefined>();
Object.defineProperty(current, 'mapping', {
  get: () => storage.getStore(),
  set(mapping: AmbientMapping | undefined) {
    storage.enterWith(mapping);
  },
});
