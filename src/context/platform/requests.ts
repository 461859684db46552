import { current, type AmbientExecution } from '../current.js';
import { PristineWeakMap } from '../pristine-collections.js';
import { ownerOf, prototypeOf, type Patches } from './patches.js';
import { apply } from '../pristine-built-ins.js';

// User code may patch built-ins, so this module takes its copies before user code runs.
const PristineController = globalThis.AbortController as typeof AbortController | undefined;
const abort = PristineController?.prototype.abort;
type SignalClass = { any?: (signals: AbortSignal[]) => AbortSignal };
const PristineSignal = globalThis.AbortSignal as SignalClass | undefined;
const anySignal = PristineSignal?.any;

/** Aborts the requests of an interrupted execution, and rejects their promises with the interruption. */
export function patchRequests(patches: Patches, realm: typeof globalThis): void {
  const signals = new PristineWeakMap<AmbientExecution, AbortSignal>();
  const signalOf = (execution: AmbientExecution): AbortSignal | undefined => {
    if (PristineController === undefined || execution.onInterrupt === undefined) return undefined;
    let signal = signals.get(execution);
    if (signal === undefined) {
      const controller = new PristineController();
      ({ signal } = controller);
      signals.set(execution, signal);
      execution.onInterrupt((reason) => void apply(abort!, controller, [reason]));
    }
    return signal;
  };

  patches.method(ownerOf(realm, 'fetch'), 'fetch', (original, thisArgument, args) => {
    const execution = current.mapping?.execution;
    const own = execution === undefined ? undefined : signalOf(execution);
    if (own === undefined) return apply(original, thisArgument, args);
    const input = args[0];
    const init = args[1] as { readonly signal?: AbortSignal | null } | undefined;
    // An option `signal`, even null, replaces the signal of a Request.
    const given =
      init?.signal === undefined ? (input as { readonly signal?: unknown } | undefined)?.signal : init.signal;
    const signal =
      given != null && anySignal !== undefined ? apply(anySignal, PristineSignal, [[given as AbortSignal, own]]) : own;
    return apply(original, thisArgument, [input, { ...init, signal }]);
  });

  const requests = prototypeOf(realm, 'XMLHttpRequest') as { abort(): void } | undefined;
  const abortRequest = requests?.abort;
  patches.method(requests, 'send', (original, thisArgument, args) => {
    const result: unknown = apply(original, thisArgument, args);
    const release = current.mapping?.execution?.onInterrupt?.(() => void apply(abortRequest!, thisArgument, []));
    if (release !== undefined) (thisArgument as EventTarget).addEventListener('loadend', release, { once: true });
    return result;
  });
}
