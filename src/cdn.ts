import { locateRunnerBeside } from './sdk/workers/runner-location.js';

/**
 * The one file for a CDN: registers the elements, and exports the SDK and the context API. The internals are here as well:
 * a second file would have modules of its own, whose counts of live resources know nothing of these.
 */
export * from './context/index.js';
export * from './elements/index.js';
export * from './sdk/index.js';
export * from './sdk/internals.js';

locateRunnerBeside(import.meta.url);
