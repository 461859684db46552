import { AsyncContext } from '../async-context/async-context.js';
import { installPlatform } from '../platform/install.js';
import { Variable } from '../async-context/variable.js';

/*
 * Imported by code that a bundler instrumented (`codemode-playground/context/activations`): exports the activation functions,
 * and runs the realm's callbacks in their contexts. With a native `AsyncContext` nothing is added, since activations then have
 * no context to carry.
 */

if (AsyncContext.Variable === Variable) installPlatform();

export { capture, enter, exit, reenter, rejected, restArguments, resume, suspend, suspendYield } from './activation.js';
export type { Activation } from './activation.js';
export { afterDisposal, disposal, emptyDisposal, type Resumption } from './disposal.js';
export { executor } from './executor.js';
export { asyncIterable, syncIterable } from './iterables.js';
export { scheduled } from './scheduled.js';
export { returned } from './thenables.js';
