import type { AmbientMapping } from './current.js';

/**
 * Lets the engine of Node carry an ambient context across `await`, timers and callbacks, in code that nobody instrumented.
 * @param ambient its `mapping` is read and written as before
 * @see https://nodejs.org/api/async_context.html#asynclocalstorageenterwithstore
 */
export function carryByEngine(ambient: { mapping: AmbientMapping | undefined }): void {
  // Not imported: a bundler for pages may meet this file.
  const { AsyncLocalStorage } = process.getBuiltinModule('node:async_hooks');
  const storage = new AsyncLocalStorage<AmbientMapping | undefined>();
  Object.defineProperty(ambient, 'mapping', {
    get: () => storage.getStore(),
    set(mapping: AmbientMapping | undefined) {
      storage.enterWith(mapping);
    },
  });
}
