import { locateRunnerBeside } from './sdk/workers/runner-location.js';

/** The snippet alone, for a CDN. The runtime and the editor load at the first run or edit. */
export * from './elements/snippet/index.js';

locateRunnerBeside(import.meta.url);
