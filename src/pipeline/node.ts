/** Pipelines where the engine carries contexts: the condition `node` of the package leads here. */
import '../context/node.js';

export * from './index.js';
