import { current } from '../../src/context/current.js';
import { contextOfThrown } from '../../src/context/platform/errors.js';
import { runExecution } from '../../src/context/current-context.js';
import { NoContextError } from '../../src/context/errors.js';
import { RuntimeContext } from '../../src/context/runtime-context.js';
import { installPlatform } from '../../src/context/platform/install.js';
import { Patches } from '../../src/context/platform/patches.js';
import type { CancelFlags } from '../../src/protocol/frame/cancel-flags.js';
import { cut, maxBlockerCharacters } from '../../src/protocol/bounds.js';
import type { IsProxy } from '../../src/protocol/intrinsics/brand.js';
import { makePreview } from '../../src/protocol/previews/make-preview.js';
import type { PreviewOptions } from '../../src/protocol/previews/options.js';
import type { Preview } from '../../src/protocol/previews/preview.js';
import type { ExecuteMessage, ExecutionReport, SendableError, StartMessage } from '../../src/protocol/messages/wire.js';
import type { HostMethods, KernelMethods } from '../../src/protocol/methods.js';
import type { KernelApi, KernelReply, WorkerEndpoint } from '../../src/protocol/endpoint/worker-endpoint.js';
import { askThenables } from './execution/asked-thenables.js';
import { CellRunner } from './execution/cell-runner.js';
import type { NamespaceSnapshot } from './checkpoint/namespace-snapshot.js';
import { executionConsole } from './console/execution-console.js';
import { displayFunction } from './display/display-function.js';
import { Displays } from './display/displays.js';
import { WorkerDocument } from './display/worker-document.js';
import { EndedExecutions } from './execution/ended-executions.js';
import { Execution, ExecutionInterruption } from './execution/execution.js';
import { ShownValues } from './console/shown-values.js';
import { HostLink } from './host-link.js';
import { LoopGuard } from './execution/loop-guard.js';
import { OpenWork } from './execution/open-work.js';
import { LoopTurns } from './execution/loop-turns.js';
import { History } from './namespace/history.js';
import { Namespace } from './namespace/namespace.js';
import { PendingPromises } from './namespace/pending-promises.js';
import { intrinsics } from './realm/intrinsics.js';
import { formatArguments } from './console/format-arguments.js';
import { FunctionSources } from './execution/function-sources.js';
import { OpenListeners } from './realm/open-listeners.js';
import { startOwnTimer } from './realm/own-timers.js';
import { SuspensionBlockers } from './realm/suspension-blockers.js';
import type { ProxyRegistry } from './realm/proxy-registry.js';
import { prepareRealm } from './realm/prepare-realm.js';
import { rememberRejections } from './realm/rejecting-built-ins.js';
import { bareError, sendableError } from './execution/sendable-error.js';
import { runRestoration } from './execution/run-restoration.js';
import { SessionOutput } from './console/session-output.js';
import { SourceFiles } from './execution/source-files.js';
import { createToolBindings } from './execution/tool-bindings.js';
import { UncaughtErrors } from './console/uncaught-errors.js';

// Read before the platform is installed: its replacement runs nothing for a stopped execution.
const scheduleMicrotask = queueMicrotask;
/** Runs the realm's callbacks in the contexts that they were registered in. */
const platform = installPlatform(globalThis);
rememberRejections(new Patches(), globalThis);
askThenables();
const NativeError = Error;
const NativePromise = Promise;

export interface KernelOptions {
  readonly endpoint: WorkerEndpoint<HostMethods>;
  readonly proxies: ProxyRegistry;
  /** Cells to cancel, in shared memory; `undefined` where memory can't be shared. */
  readonly cancelled: CancelFlags | undefined;
}

/**
 * The contents of one worker: a namespace, the executions that use it, their console and their tools. The host's `start`
 * creates it, and it changes the realm at once. `api` answers the host; each message carries a context.
 */
export class Kernel {
  readonly api: Omit<KernelApi<KernelMethods>, 'start' | 'compile'>;
  /** Options for previews, including those in messages. */
  readonly codec: PreviewOptions;
  readonly #link: HostLink;
  readonly #output: SessionOutput;
  readonly #files = new SourceFiles<Execution>();
  readonly #functionSources = new FunctionSources();
  readonly #shown = new ShownValues();
  readonly #history = new History();
  readonly #suspensionBlockers = new SuspensionBlockers(platform.timers);
  readonly #executions = new Map<string, Execution>();
  readonly #ended = new EndedExecutions();
  readonly #namespace = new Namespace();
  readonly #pending: PendingPromises<Execution>;
  readonly #listeners = new OpenListeners();
  readonly #work: OpenWork;
  readonly #cells: CellRunner;
  readonly #isProxy: IsProxy;
  readonly #document: WorkerDocument;
  readonly #displays = new Displays({
    document: () => this.#document,
    write: (execution, entry) => this.#output.write(execution, entry),
    preview: (value) => this.#output.preview(value),
    isProxy: (value) => this.#isProxy(value),
    ambientExecution: () => this.#ambientExecution(),
  });
  readonly #uncaught = new UncaughtErrors({
    schedule: (task) => startOwnTimer(task),
    write: (execution, notice) => this.#output.write(execution, notice),
  });

  constructor({ endpoint, proxies, cancelled }: KernelOptions, { context, settings }: StartMessage) {
    const isProxy = (value: object): boolean => proxies.isProxy(value);
    this.#isProxy = isProxy;
    this.#pending = new PendingPromises({
      isProxy,
      read: (name) => this.#namespace.read(name),
      write: (name, value) => {
        this.#namespace.get(name)!.init = value;
      },
      onRejected: (name, reason, execution) =>
        this.#output.writeValues(execution as Execution, 'unhandledrejection', 'error', [
          `Pending “${name}” was rejected:`,
          reason,
        ]),
    });
    this.codec = {
      isProxy,
      proxyTarget: (proxy) => proxies.targetOf(proxy),
      promiseState: (promise) => this.#pending.stateOf(promise as Promise<unknown>),
      sourceOf: (fn) => this.#functionSources.sourceOf(fn),
      framesOf: (stack) => this.#files.framesOf(stack),
      ...this.#shown.handles,
    };
    this.#link = new HostLink(endpoint, RuntimeContext.fromJSON(context));
    this.#work = new OpenWork({
      timers: platform.timers,
      listeners: this.#listeners,
      promises: this.#pending,
      calls: this.#link.openCalls,
      isBusy: () => this.#suspensionBlockers.isBusy || this.#document.isShown,
    });
    const { framesOf: _framesOf, ...brief } = { ...this.codec, preview: briefPreview };
    this.#output = new SessionOutput({
      send: (entries, acknowledged, data) => this.#link.output(entries, acknowledged, data),
      schedule: (task) => scheduleMicrotask(() => intrinsics.enter(task)),
      preview: (value, isBrief) => makePreview(value, isBrief ? brief : this.codec),
      callerFrames: () => this.#files.framesOf(new NativeError().stack ?? ''),
    });
    this.#document = new WorkerDocument({
      link: this.#link,
      isProxy,
      import: (specifier) => this.#cells.importFor('display', specifier),
      reportUncaught: (error) => this.reportUncaught('uncaught', error),
      warn: (execution, text) => this.#output.writeValues(execution, 'notice', 'warn', [text]),
      defined: (names) => this.#suspensionBlockers.accept(names),
    });
    this.#cells = new CellRunner({
      document: this.#document,
      settings,
      namespace: this.#namespace,
      pending: this.#pending,
      files: this.#files,
      functionSources: this.#functionSources,
      suspensionBlockers: this.#suspensionBlockers,
      link: this.#link,
      guard: new LoopGuard({
        cancelled,
        turns: new LoopTurns(),
        lateWork: settings.lateWork,
        interrupt: (execution, error) => intrinsics.enter(() => this.#interruptFromLoop(execution, error)),
        keepsLoop: (execution) => intrinsics.enter(() => this.#link.running(execution)),
      }),
      isProxy,
    });
    this.api = this.#methods();
    this.#cells.installEvaluators(globalThis, () => this.#ambientExecution());
    const outside = { tools: createToolBindings([], this.#callTool) };
    const globals = {
      console: executionConsole(this.#output, () => this.#ambientExecution(), this.#isProxy),
      config: settings.config,
      tools: () => (this.#ambientExecution() ?? outside).tools,
      display: displayFunction(this.#displays),
    };
    prepareRealm(globalThis, {
      globals,
      functionSources: this.#functionSources,
      history: this.#history,
      listeners: this.#listeners,
      proxies,
      suspensionBlockers: this.#suspensionBlockers,
    });
  }

  /** Writes an uncaught error to the output of the execution that caused it, if that is known. */
  reportUncaught(method: 'uncaught' | 'unhandledrejection', thrown: unknown, promise?: object): void {
    if (ExecutionInterruption.is(thrown)) return;
    const known = contextOfThrown(thrown, promise)?.execution as Execution | undefined;
    if (!this.#uncaught.admits(known)) return;
    intrinsics.enter(() => {
      const prefix = method === 'uncaught' ? 'Uncaught ' : 'Uncaught (in promise) ';
      if (!this.#output.admitsDetail()) return this.#output.writeValues(known, method, 'error', [prefix, thrown]);
      const error = this.#sendable(thrown);
      const format = formatArguments([prefix, thrown], (value) => this.#preview(value));
      this.#output.write(known ?? this.#files.ownerOf(error.frames), {
        method,
        level: 'error',
        ...format,
        frames: error.frames,
      });
    });
  }

  #methods(): Kernel['api'] {
    return {
      execute: (message, reply) => this.#execute(message, reply),
      cancel: ({ runId, error }, reply) => {
        const execution = this.#executions.get(runId);
        reply.succeed(execution !== undefined);
        if (execution?.settled === true) this.#output.discard();
        else if (execution !== undefined) this.#interrupt(execution, error);
      },
      cancelPending: ({ error }, reply) => {
        this.#cells.findPending(() => {
          reply.succeed(this.#work.text(true));
          this.#ended.takeAll((execution) => this.#stop(execution, error));
          this.#forgetStopped();
        });
      },
      pending: ({ endsWaits }, reply) => {
        if (endsWaits === true) this.#pending.endWaits();
        reply.succeed(this.#work.left);
      },
      listPending: (_message, reply) => this.#cells.findPending(() => reply.succeed(this.#work.text())),
      recall: ({ cells }, reply) => reply.succeed(this.#history.recall(cells)),
      expand: ({ handle }, reply) => this.#shown.expand(handle, this.codec, reply),
      store: ({ handle }, reply) => this.#shown.store(handle, reply, (value) => this.#cells.store(value)),
      list: (_message, reply) =>
        reply.succeed(
          this.#cells.list(
            (value) => this.#preview(value),
            (value) => makePreview(value, { ...this.codec, preview: briefPreview }),
          ),
        ),
      read: ({ name }, reply) => reply.succeed(this.#namespace.read(name)),
      awaitPending: (_message, reply) =>
        this.#cells.awaitPending((values) => intrinsics.enter(() => reply.succeed(values))),
      checkpoint: (_message, reply) => {
        reply.succeed(this.#cells.checkpoints.whole());
      },
      component: (message, reply) => this.#document.request(message, reply),
      restore: (message, reply) => {
        const options = {
          cells: this.#cells,
          makeExecution: (part: Omit<ExecuteMessage, 'code' | 'capability'>) => this.#makeExecution(part),
          interrupt: (execution: Execution, error: SendableError) => this.#interrupt(execution, error),
        };
        runRestoration(message, options, reply);
      },
      blockers: (_message, reply) => {
        const running = this.#executions.size > 0 ? ['code is running'] : [];
        const blockers = [...running, ...this.#suspensionBlockers.blockers(), ...this.#cells.blockers()];
        reply.succeed({ blockers: blockers.map((text) => cut(text, maxBlockerCharacters)) });
      },
    };
  }

  #execute(message: ExecuteMessage, reply: KernelReply<ExecutionReport>): void {
    const { checkpoints } = this.#cells;
    const { transaction = 'commit' } = message;
    const snapshot = transaction === 'commit' ? undefined : checkpoints.snapshot();
    const execution = this.#makeExecution(message);
    const end = (rollsBack: boolean): void => {
      if (rollsBack) this.#rollBack(execution, snapshot!);
      checkpoints.ended(execution, execution.usedNames);
    };
    const failed = (error: SendableError, pending: number): void => {
      const preview: Preview = { type: 'undefined', text: 'undefined' };
      const report = { ok: false, value: undefined, preview, error, pending };
      this.#report(execution, reply, report, () => end(transaction !== 'commit'));
    };
    this.#executions.set(execution.id, execution);
    this.#history.begin(message.cell, message.code);
    this.#link.admit(execution, message.capability);
    if (message.announces === true) this.#link.running(execution);
    this.#cells.run(execution, message.code, {
      run: (start) => intrinsics.runOutside(() => runExecution(execution, execution.context, start)),
      succeeded: (result, pending) =>
        this.#displays.finish(
          execution,
          result,
          (value) => {
            this.#history.end(message.cell, value);
            const report = { ok: true, value, preview: this.#preview(value), pending };
            this.#report(execution, reply, report, () => end(transaction === 'rollback'));
          },
          (thrown) => failed(this.#sendable(thrown), pending),
        ),
      failed: (thrown, pending, position) =>
        this.#displays.whenWritten(execution, () =>
          failed({ ...this.#sendable(thrown), ...(position && { position }) }, pending),
        ),
      refused: (thrown) => {
        const error = this.#sendable(thrown);
        const { position } = error;
        failed(position === undefined ? error : { ...error, position: { fileName: message.fileName, ...position } }, 0);
      },
    });
  }

  /** Interrupts the execution first: code that it left running would change the restored values. */
  #rollBack(execution: Execution, snapshot: NamespaceSnapshot): void {
    this.#interrupt(execution, bareError('CancelledError', 'The execution was rolled back'));
    snapshot.rollBack();
    if (!snapshot.isPartial) return;
    const text = 'Names were rolled back, but not all contents of values: there are too many.';
    this.#output.writeValues(execution, 'notice', 'warn', [text]);
  }

  #makeExecution(message: Omit<ExecuteMessage, 'code' | 'capability'>): Execution {
    return new Execution(message, this.#callTool);
  }

  /** Calls a tool for the execution that runs. Code without a context may not call tools. */
  readonly #callTool = (name: string, args: unknown): Promise<unknown> =>
    intrinsics.enter(() => {
      const execution = this.#ambientExecution();
      this.#output.sendWaiting();
      if (execution !== undefined) return this.#link.callTool(execution, name, args);
      return NativePromise.reject(new NoContextError(`a call of the tool "${name}"`));
    });

  /** Clears the execution's timers, then rejects the promises it waits for, so that its `finally` blocks run. */
  #interrupt(execution: Execution, error: SendableError): void {
    this.#stop(execution, error);
    this.#forgetStopped();
  }

  #stop(execution: Execution, error: SendableError): void {
    platform.timers.clear(execution);
    intrinsics.runOutside(() => execution.interrupt(new ExecutionInterruption(error)));
  }

  #forgetStopped(): void {
    this.#listeners.clearStopped();
    this.#pending.giveUpStopped();
  }

  /** Of an execution that has ended, nothing else would tell. */
  #interruptFromLoop(execution: Execution, error: SendableError): void {
    if (execution.settled) this.#output.writeValues(execution, 'notice', 'error', [error.message]);
    this.#interrupt(execution, error);
  }

  /** Sends the output and the changes of the namespace before the result (C8). */
  #report(
    execution: Execution,
    reply: KernelReply<ExecutionReport>,
    report: Omit<ExecutionReport, 'duration' | 'leavesWork' | 'left' | 'timings'>,
    end: () => void,
  ): void {
    // Encoded now: code left running may change the value while output waits to be sent.
    const send = reply.prepare({
      ...report,
      ...execution.times(),
      ...this.#work.leftBy(execution),
    });
    execution.settled = true;
    this.#ended.add(execution);
    try {
      end();
    } finally {
      const sendLast = (): void => {
        this.#executions.delete(execution.id);
        send();
      };
      try {
        this.#output.whenSent(sendLast);
      } catch (error) {
        sendLast();
        throw error; // oxlint-disable-line no-unsafe-finally -- of two faults, either may be told
      }
    }
  }

  #preview(value: unknown): Preview {
    return makePreview(value, this.codec);
  }

  #sendable(thrown: unknown): SendableError {
    return sendableError(thrown, {
      isProxy: this.#isProxy,
      framesOf: (stack) => this.#files.framesOf(stack),
      isOfCell: (frame) => this.#files.unitOf(frame)?.isCell === true,
      describe: (value) => this.#preview(value).text,
    });
  }

  #ambientExecution(): Execution | undefined {
    return current.mapping?.execution as Execution | undefined;
  }
}

const briefPreview = { maxDepth: 0, maxString: 200, maxCharacters: 500 };
