import { locateRunnerBeside } from './sdk/workers/runner-location.js';

/**
 * The single file for a CDN: registers the elements, and exports the SDK and the context API. It also exports the internals: a second
 * file would have its own copies of the modules, with separate counts of live resources.
 */
export * from './context/index.js';
export * from './elements/index.js';
export * from './sdk/index.js';
export * from './sdk/internals.js';

locateRunnerBeside(import.meta.url);
