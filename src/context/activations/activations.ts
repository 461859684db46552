import { capture, enter, exit, reenter, rejected, restArguments, resume, suspend, suspendYield } from './activation.js';
import { afterDisposal, disposal, emptyDisposal } from './disposal.js';
import { executor } from './executor.js';
import { asyncIterable, syncIterable } from './iterables.js';
import { scheduled } from './scheduled.js';
import { returned } from './thenables.js';

/** All functions that instrumented code calls. */
export const activations = {
  enter,
  capture,
  reenter,
  exit,
  resume,
  suspend,
  suspendYield,
  returned,
  rejected,
  restArguments,
  asyncIterable,
  syncIterable,
  afterDisposal,
  disposal,
  emptyDisposal,
  executor,
  scheduled,
};
