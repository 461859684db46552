import { AsyncContext } from './async-context.js';
import type { RuntimeContext } from './runtime-context.js';

/** The one variable that holds the current RuntimeContext. Read and set it through `current-context.ts`. */
export const contextVariable = new AsyncContext.Variable<RuntimeContext>({ name: 'RuntimeContext' });
