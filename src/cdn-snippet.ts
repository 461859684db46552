import { locateRunnerBeside } from './sdk/workers/runner-location.js';

/** The snippet alone for a CDN: what it runs and edits with is loaded when somebody runs or edits. */
export * from './elements/snippet/index.js';

locateRunnerBeside(import.meta.url);
