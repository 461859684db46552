import { AsyncContext } from '../async-context.js';
import { installPlatform } from '../platform/install.js';
import { Variable } from '../variable.js';

/*
 * What code imports that a bundler instrumented (`codemode-playground/context/activations`): the activation functions, and with them
 * the realm's callbacks in their contexts. Where `AsyncContext` is the realm's own there is nothing to add: no activation finds a
 * context to carry then.
 */

if (AsyncContext.Variable === Variable) installPlatform();

export { capture, enter, exit, reenter, rejected, restArguments, resume, suspend, suspendYield } from './activation.js';
export type { Activation } from './activation.js';
export { afterDisposal, disposal, emptyDisposal, type Resumption } from './disposal.js';
export { executor } from './executor.js';
export { asyncIterable, syncIterable } from './iterables.js';
export { returned } from './thenables.js';
