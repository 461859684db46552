import { joinBytes } from '../../src/protocol/codec/join-bytes.js';
import { getCurrentContext } from '../../src/context/current-context.js';
import { PristineSet, PristineWeakMap } from '../../src/context/pristine-collections.js';
import type { RuntimeContext } from '../../src/context/runtime-context.js';
import { cut, maxContextKeys, maxNameCharacters, maxWaitingBytes, maxWaitingCalls } from '../../src/protocol/bounds.js';
import { NotSendableError } from '../../src/protocol/codec/codec-errors.js';
import { joinOutput } from '../../src/protocol/messages/output-text.js';
import type { CheckpointMessage } from '../../src/protocol/messages/checkpoint.js';
import type { HostMethods } from '../../src/protocol/methods.js';
import type { ModuleSource, WireContext } from '../../src/protocol/messages/wire.js';
import type { WorkerPart } from '../../src/protocol/messages/worker-parts.js';
import type { HostReply, WorkerEndpoint } from '../../src/protocol/endpoint/worker-endpoint.js';
import type { Execution } from './execution/execution.js';
import type { OpenCall } from './execution/open-work.js';
import { intrinsics } from './realm/intrinsics.js';

const NativePromise = Promise;
const NativeError = Error;
const NativeRangeError = RangeError;
const NativeTypeError = TypeError;
const wallClock = Date.now;

/** The kernel's calls to the host, each with the context of the code that caused it. */
export class HostLink {
  readonly #endpoint: WorkerEndpoint<HostMethods>;
  readonly #sessionContext: RuntimeContext;
  /** What executions show with their tool calls. Kept here, apart from whatever is ambient while code runs. */
  readonly #capabilities = new PristineWeakMap<Execution, string>();
  #calls = 0;
  /** Tool calls without an answer. */
  readonly openCalls = new PristineSet<OpenCall>();

  constructor(endpoint: WorkerEndpoint<HostMethods>, sessionContext: RuntimeContext) {
    this.#endpoint = endpoint;
    this.#sessionContext = sessionContext;
  }

  /** From now on the execution may call tools. */
  admit(execution: Execution, capability: string): void {
    this.#capabilities.set(execution, capability);
  }

  /** Rejects with the host's error name and message at the caller's line, or with the interruption of the execution. */
  callTool(execution: Execution, name: string, args: unknown): Promise<unknown> {
    const callId = `${execution.id.slice(0, 8)}-${++this.#calls}`;
    const context = contextOf(execution).toJSON();
    const refusal = refusalOfContext(context) ?? refusalOfMore(this.#endpoint.waiting);
    if (refusal !== undefined) return NativePromise.reject(new NativeRangeError(refusal));
    // Created here for the caller's stack, which is gone when the answer arrives.
    const failure = new NativeError();
    return new NativePromise((resolve, reject) => {
      const open: OpenCall = { execution, name, since: wallClock() };
      let release = (): void => undefined;
      const settle = (): void => {
        this.openCalls.delete(open);
        release();
      };
      const reply: HostReply<unknown> = {
        // In the bracket: resolving with an object reads `then`, which the reader may have put on `Object.prototype`.
        succeeded: (value) =>
          intrinsics.enter(() => {
            settle();
            resolve(value);
          }),
        failed: (errorName, message) =>
          intrinsics.enter(() => {
            settle();
            reject(named(failure, errorName, message));
          }),
      };
      let forget: () => void;
      try {
        const capability = this.#capabilities.get(execution) ?? '';
        forget = this.#endpoint.call('callTool', { context, capability, callId, name, args }, reply, 'args');
      } catch (error) {
        if (!(error instanceof NotSendableError)) throw error;
        reject(named(failure, 'ToolInputError', `The arguments of tool "${name}" don't fit: ${error.message}`));
        return;
      }
      this.openCalls.add(open);
      release = execution.onInterrupt((reason) => {
        this.openCalls.delete(open);
        forget();
        this.#endpoint.call('cancelToolCall', { context, callId }, ignored);
        reject(reason);
      });
    });
  }

  /** The code of an execution begins, or has kept the event loop for long. */
  running({ id }: Execution): void {
    this.#endpoint.call('running', { context: this.#sessionContext.toJSON(), runId: id }, ignored);
  }

  /** @param ended the execution that has ended with it, if it is traced */
  checkpoint(update: Omit<CheckpointMessage, 'context'>, ended: Execution | undefined): void {
    const runId = ended?.waits && ended.id;
    const message = { context: this.#sessionContext.toJSON(), ...(runId && { runId }), ...update };
    this.#endpoint.call('checkpoint', message, ignored);
  }

  loadModule(url: string): Promise<ModuleSource> {
    return this.#load((context, reply) => this.#endpoint.call('loadModule', { context, url }, reply));
  }

  loadPart(name: WorkerPart, integrity: string): Promise<string> {
    return this.#load((context, reply) => this.#endpoint.call('loadPart', { context, name, integrity }, reply));
  }

  #load<T>(call: (context: WireContext, reply: HostReply<T>) => void): Promise<T> {
    const failure = new NativeTypeError();
    return new NativePromise((resolve, reject) => {
      call(this.#sessionContext.toJSON(), {
        succeeded: (loaded) => intrinsics.enter(() => resolve(loaded)),
        failed: (name, message) => intrinsics.enter(() => reject(named(failure, name, message))),
      });
    });
  }

  /** @param taken called when the host has them */
  mutate(id: string, version: number, data: Uint8Array, taken: () => void): void {
    const settled = (): void => intrinsics.enter(taken);
    const message = { context: this.#sessionContext.toJSON(), id, version, data: joinBytes([data]) };
    this.#endpoint.call('mutate', message, { succeeded: settled, failed: settled });
  }

  /**
   * @param entries each as JSON; together they fit in one message
   * @param data the forms of their bundles
   */
  output(entries: readonly string[], acknowledged: () => void, data: readonly Uint8Array[]): void {
    const settled = (): void => intrinsics.enter(acknowledged);
    const message = {
      context: this.#sessionContext.toJSON(),
      entries: joinOutput(entries),
      ...(data.length > 0 && { data: joinBytes(data) }),
    };
    this.#endpoint.call('output', message, { succeeded: settled, failed: settled });
  }
}

const ignored = { succeeded: () => undefined, failed: () => undefined };

/** The execution's context, with the variables added by `context.run` if the ambient context belongs to the execution. */
function contextOf(execution: Execution): RuntimeContext {
  const now = getCurrentContext();
  return now !== undefined && now.runId === execution.context.runId ? now : execution.context;
}

/** Why a context is too large to send, since code may have added variables; `undefined` if it fits. */
function refusalOfContext({ variables, metadata }: WireContext): string | undefined {
  const count = Math.max(Object.keys(variables).length, Object.keys(metadata).length);
  if (count > maxContextKeys)
    return `A context has at most ${maxContextKeys} variables and as many entries of metadata, but this one has ${count}.`;
  const long = [...Object.keys(variables), ...Object.keys(metadata)].find((key) => key.length > maxNameCharacters);
  return long === undefined
    ? undefined
    : `The name of a variable has at most ${maxNameCharacters} characters, but “${cut(long, 50)}” has ${long.length}.`;
}

/** Why no further tool call can wait; `undefined` if one can. */
function refusalOfMore({ count, bytes }: WorkerEndpoint<HostMethods>['waiting']): string | undefined {
  if (count < maxWaitingCalls && bytes < maxWaitingBytes) return undefined;
  return `At most ${maxWaitingCalls} tool calls wait, with ${maxWaitingBytes / 2 ** 20} MiB. Await some of them before you make more.`;
}

function named(error: Error, name: string, message: string): Error {
  Object.defineProperty(error, 'name', { value: name, writable: true, enumerable: false, configurable: true });
  Object.defineProperty(error, 'message', { value: message, writable: true, enumerable: false, configurable: true });
  return error;
}
