import { carryByEngine } from './async-local-storage.js';
import { current } from './current.js';

/** The context in Node, Deno and Bun, whose engines carry it: the condition `node` of the package leads here. */
carryByEngine(current);

export * from './index.js';
