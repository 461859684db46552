import { AsyncContext } from './async-context.js';
import { installPlatform } from './platform/install.js';
import { Variable } from './variable.js';

/*
 * What code imports that a bundler instrumented (`codemode-playground/context/frames`): the frame functions, and with them
 * the realm's callbacks in their contexts. Where `AsyncContext` is the realm's own there is nothing to add: no frame finds a
 * context to carry then.
 */

if (AsyncContext.Variable === Variable) installPlatform();

export {
  afterDisposal,
  asyncIterable,
  capture,
  disposal,
  emptyDisposal,
  enter,
  executor,
  exit,
  reenter,
  rejected,
  restArguments,
  resume,
  returned,
  suspend,
  suspendYield,
  syncIterable,
} from './frames.js';
