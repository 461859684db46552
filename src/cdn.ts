import { locateRunnerBeside } from './sdk/workers/runner-location.js';

/** The one file for a CDN: registers the elements, and exports the SDK and the context API. */
export * from './context/index.js';
export * from './elements/index.js';
export * from './sdk/index.js';

locateRunnerBeside(import.meta.url);
