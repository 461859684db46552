import { ClassDecoration } from '../../../src/compiler/erase/decorate.js';
import type { GuardRuntime } from '../../../src/compiler/guard/guard.js';
import type { CellRuntime } from '../../../src/compiler/runtime-types.js';
import type { CompiledCell } from '../../../src/compiler/types.js';
import { activations } from '../../../src/context/activations/activations.js';
import { current } from '../../../src/context/current.js';
import { apply } from '../../../src/context/pristine-built-ins.js';
import { rememberThrown } from '../../../src/context/platform/errors.js';
import { CompileError } from '../../../src/compiler/compile-error.js';
import { positionAt } from '../../../src/compiler/output/edits.js';
import type { KernelSettings, NamespaceText, SourcePosition } from '../../../src/protocol/messages/wire.js';
import type { RestoreMessage } from '../../../src/protocol/messages/checkpoint.js';
import { Checkpoints } from '../checkpoint/checkpoints.js';
import type { Restored } from '../checkpoint/restore.js';
import { WorkerEvaluation } from './direct-eval.js';
import type { SuspensionBlockers } from '../realm/suspension-blockers.js';
import { installEvaluators } from '../realm/evaluators.js';
import type { Execution } from './execution.js';
import type { HostLink } from '../host-link.js';
import { ImportMapResolver } from '../modules/import-map.js';
import type { WorkerDocument } from '../display/worker-document.js';
import { intrinsics } from '../realm/intrinsics.js';
import { startOwnTimer } from '../realm/own-timers.js';
import { ModuleGraph } from '../modules/module-graph.js';
import { elementsIn } from '../modules/module-text.js';
import { listNames, type NameDescriptions } from '../namespace/list-names.js';
import type { Namespace } from '../namespace/namespace.js';
import { ScopeObject } from '../namespace/scope-object.js';
import type { SlotOwner } from '../namespace/slot.js';
import type { PendingPromises } from '../namespace/pending-promises.js';
import type { SourceFiles } from './source-files.js';
import type { FunctionSources } from './function-sources.js';
import { toolPath } from './tool-bindings.js';
import { CompiledCells } from './compiled-cells.js';
import { typeOf } from '../namespace/type-of.js';

export interface CellRunnerOptions {
  readonly document: Pick<WorkerDocument, 'watch' | 'isNeeded' | 'isShown' | 'before' | 'loadFor'>;
  readonly settings: KernelSettings;
  readonly namespace: Namespace;
  readonly pending: PendingPromises<Execution>;
  readonly files: SourceFiles<Execution>;
  readonly functionSources: FunctionSources;
  readonly suspensionBlockers: Pick<SuspensionBlockers, 'changes'>;
  readonly link: HostLink;
  /** Checked by loops and calls in the reader's code. */
  readonly guard: GuardRuntime;
  isProxy(value: object): boolean;
}

export interface RunHooks {
  /** Runs the reader's code in the context of the execution. */
  run<T>(start: () => T): T;
  /** @param pending number of names that hold an unsettled promise */
  succeeded(value: unknown, pending: number): void;
  /** @param importedAt where the code imports what threw, if it is that */
  failed(thrown: unknown, pending: number, importedAt?: SourcePosition): void;
  /** None of the code ran: it failed to compile, or the kernel failed before. */
  refused(error: unknown): void;
}

/** What an import threw, and where the code imports. */
interface ImportFailure {
  readonly thrown: unknown;
  readonly position: SourcePosition;
}

type StartCell = (runtime: CellRuntime) => Promise<void>;

/**
 * Milliseconds from an interruption to its report, if the code has not ended by then. Such code waits for an event outside
 * the execution, which may never happen. If it resumes, the loop guard interrupts it again.
 */
const interruptionGrace = 50;

const now = performance.now.bind(performance);
const indirectEval = globalThis.eval;
const NativeError = Error;
const noExecution: SlotOwner = { settled: true, mode: 'async' };
const nativeThen = Promise.prototype.then;

/** Compiles cells, runs them over one namespace, and tracks the promises that they leave pending. */
export class CellRunner {
  readonly #options: CellRunnerOptions;
  readonly checkpoints: Checkpoints;
  readonly #namespace: Namespace;
  readonly #pending: PendingPromises<Execution>;
  readonly #modules: ModuleGraph;
  readonly #evaluation: WorkerEvaluation;
  readonly #compiled: CompiledCells;

  constructor(options: CellRunnerOptions) {
    this.#options = options;
    this.#namespace = options.namespace;
    this.#pending = options.pending;
    const { settings, files, link, functionSources, document, namespace } = options;
    this.#compiled = new CompiledCells(document.watch(namespace));
    this.checkpoints = new Checkpoints({
      namespace: this.#namespace,
      realm: globalThis,
      isProxy: options.isProxy,
      originOf: (fn) => functionSources.originOf(fn),
      toolPath,
      changes: (isThorough) => options.suspensionBlockers.changes(isThorough),
      send: (update, ended) => link.checkpoint(update, ended as Execution | undefined),
      now,
      later: (milliseconds, callback) => ({ cancel: startOwnTimer(callback, milliseconds) }),
    });
    this.#evaluation = new WorkerEvaluation(globalThis, {
      scope: this.#namespace,
      scopeObject: new ScopeObject(this.#namespace),
      onCompiled: (fileName, compiled) => {
        files.add(fileName, compiled);
        functionSources.add(compiled);
      },
      bracket: intrinsics,
    });
    this.#modules = new ModuleGraph({
      evaluation: this.#evaluation,
      guard: options.guard,
      resolver: new ImportMapResolver(settings.importMap, settings.baseUrl),
      onCompiled: (url, compiled) => {
        files.add(url, compiled);
        functionSources.addModule(compiled);
      },
      fetch: (url) => document.loadFor(link.loadModule(url)),
      evaluate: (expression) => indirectEval(expression) as unknown,
      jsx: settings.jsx,
      isRestoring: () => (current.mapping?.execution as Execution | undefined)?.isRestoration === true,
      run: (code) => intrinsics.runOutside(code),
    });
  }

  /** Makes the realm's evaluators compile their text. It runs as part of the execution that evaluates it. */
  installEvaluators(realm: typeof globalThis, ambientExecution: () => Execution | undefined): void {
    installEvaluators(realm, {
      scope: this.#namespace,
      evaluation: this.#evaluation,
      runtime: () => this.#runtimeOf(ambientExecution() ?? noExecution, 'eval'),
      onCompiled: (fileName, compiled) => {
        this.#options.files.add(fileName, compiled);
        this.#options.functionSources.add(compiled);
      },
      bracket: intrinsics,
    });
  }

  /**
   * Calls one of the hooks once: when the code has ended and its unsettled promises are known. If the kernel throws
   * before the execution has settled, calls `failed` with the error.
   * @param defines whether the source is a definition, whose code must not run
   */
  run(execution: Execution, source: string, hooks: RunHooks, defines = false): void {
    const { files, functionSources, document, settings } = this.#options;
    const { fileName } = execution;
    const sourceName = files.sourceNameFor(fileName);
    const imports: { failure?: ImportFailure } = {};
    const runtime: CellRuntime = {
      ...this.#runtimeOf(execution, fileName, (failure) => (imports.failure = failure)),
      ...(execution.waits && { waits: execution.waits }),
      imports: () =>
        this.#modules.importAll({ fileName, source, links: cell.links }, (thrown, at) => {
          imports.failure = { thrown, position: { fileName, ...positionAt(source, at) } };
        }),
    };
    let cell: CompiledCell;
    let start: StartCell;
    try {
      document.isNeeded = false;
      cell = this.#compiled.compile(source, {
        fileName: sourceName,
        guards: true,
        waits: execution.waits !== undefined,
        defines,
        elements: elementsIn(fileName),
        jsx: settings.jsx,
      });
      if (execution.mode === 'sync' && cell.suspends) throw refuseWaiting(source, cell.links.requests[0]?.at);
      // Checked before any is declared: the first declarations would use up the limit, and the rest would fail.
      const refusal = this.#namespace.refusalOf(cell.declarations.keys());
      if (refusal !== undefined) throw new RangeError(refusal);
      files.addCell(sourceName, cell, fileName, execution.isRestoration ? undefined : execution);
      functionSources.add(cell);
      if (!execution.isRestoration) this.checkpoints.begins(execution, [...cell.declarations.keys()]);
      start = indirectEval(cell.code) as StartCell;
      execution.compiled = now();
    } catch (error) {
      return hooks.refused(error);
    }
    const ended = document.before(execution, () => hooks.run(() => start(runtime)));
    // An error of the kernel must not leave the execution without a report.
    const attempt = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        if (execution.settled) throw error;
        hooks.failed(error, 0);
      }
    };
    let hasEnded = false;
    const settle = (report: (pending: number) => void): void => {
      if (hasEnded) return;
      hasEnded = true;
      intrinsics.enter(() =>
        attempt(() => this.#settle(execution, runtime, (count) => attempt(() => report(count())))),
      );
    };
    apply(nativeThen, ended, [
      () => settle((pending) => hooks.succeeded(runtime.value, pending)),
      (thrown: unknown) => {
        const { failure } = imports;
        settle((pending) =>
          hooks.failed(
            execution.interruption ?? thrown,
            pending,
            failure !== undefined && failure.thrown === thrown ? failure.position : undefined,
          ),
        );
      },
    ]);
    execution.onInterrupt((reason) => {
      startOwnTimer(() => settle((pending) => hooks.failed(reason, pending)), interruptionGrace);
    });
  }

  /** The namespace object of a module, for the kernel itself. */
  importFor(shown: string, specifier: string): Promise<object> {
    return this.#modules.import(specifier, undefined, { shown });
  }

  list(preview: NameDescriptions['preview'], briefPreview: NameDescriptions['briefPreview']): NamespaceText {
    const slots = this.#namespace.slots().filter((slot) => slot.isInitialised);
    return listNames(slots, {
      preview,
      briefPreview,
      typeOf: (value) => typeOf(value, (object) => this.#options.isProxy(object)),
      isPending: (name) => this.#pending.isPending(name),
    });
  }

  /** Binds a value to the first free name of `temp1`, `temp2` …, and returns the name. */
  store(value: unknown): string {
    for (let number = 1; ; number++) {
      const name = `temp${number}`;
      if (this.#namespace.get(name) !== undefined || this.#namespace.isGlobal(name)) continue;
      this.#namespace.declare(name, 'let', noExecution).init = value;
      this.checkpoints.ended(noExecution);
      return name;
    }
  }

  /** Descriptions of the state that no checkpoint keeps. */
  blockers(): string[] {
    const pending = this.#pending.entries().map(({ name }) => name);
    // A module may hold state, which a newly loaded copy lacks.
    const modules = this.#modules.addresses;
    return [
      ...(this.#options.document.isShown ? ['components are shown'] : []),
      ...(pending.length > 0 ? [`promises are pending: ${pending.slice(0, 10).join(', ')}`] : []),
      ...(modules.length > 0 ? [`modules were imported: ${modules.slice(0, 3).join(', ')}`] : []),
    ];
  }

  /**
   * Binds the names of a checkpoint. Each definition and each import runs as a separate execution.
   * @param begin creates an execution with this time limit in milliseconds; `end` ends it
   * @throws CheckpointFormatError
   */
  restore(
    message: RestoreMessage,
    owner: Execution,
    begin: (milliseconds: number) => { readonly execution: Execution; readonly run: RunHooks['run']; end(): void },
    done: (restored: Restored) => void,
  ): void {
    this.checkpoints.restore(
      message,
      owner,
      owner.tools,
      (source, defines, succeeded, failed) => {
        const { execution, run, end } = begin(defines ? 1_000 : 10_000);
        const hooks: RunHooks = {
          run,
          succeeded: (value) => {
            end();
            succeeded(value);
          },
          failed: (thrown) => {
            end();
            failed(thrown);
          },
          refused: (thrown) => hooks.failed(thrown, 0),
        };
        this.run(execution, source, hooks, defines);
      },
      done,
    );
  }

  #settle(execution: Execution, runtime: CellRuntime, report: (count: () => number) => void): void {
    // Code may also bind promises to names of earlier cells.
    const bindings = execution.usedNames ? this.#bindings(execution) : [];
    this.#observed([...bindings, ['', runtime.value]], () =>
      report(() => {
        if (execution.interruption === undefined) this.#pending.track(execution, bindings);
        return this.#pending.entries().filter(({ owner }) => owner === execution).length;
      }),
    );
  }

  /** Calls back once it is known which names hold a promise that is not settled. */
  findPending(done: () => void): void {
    const bindings = this.#bindings();
    this.#observed(bindings, () => {
      for (const [name, value, owner] of bindings)
        if ('id' in owner) this.#pending.track(owner as Execution, [[name, value]]);
      done();
    });
  }

  /** Waits for the promises that names hold. */
  awaitPending(done: (values: Record<string, unknown>) => void): void {
    this.findPending(() => this.#pending.settleAll(this.#bindings(), done));
  }

  #observed(bindings: readonly (readonly [name: string, value: unknown, owner?: SlotOwner])[], done: () => void): void {
    const promises = bindings
      .map(([, value]) => value)
      .filter(this.#pending.isNative)
      .filter((promise) => this.#pending.stateOf(promise) === undefined);
    if (promises.length === 0) done();
    else this.#pending.observe(promises, () => intrinsics.enter(done));
  }

  /** Names of executions that have ended, or of this one, that hold a promise. One look at each: there may be 20,000 names. */
  #bindings(execution?: Execution): (readonly [name: string, value: unknown, owner: SlotOwner])[] {
    return this.#namespace
      .slots()
      .filter(
        (slot) =>
          slot.isInitialised &&
          slot.source === undefined &&
          (slot.owner.settled || slot.owner === execution) &&
          this.#pending.isNative(slot.value),
      )
      .map((slot) => [slot.name, slot.value, slot.owner]);
  }

  #import(
    specifier: unknown,
    options: unknown,
    fileName: string,
    failed: ((failure: ImportFailure) => void) | undefined,
  ): Promise<object> {
    // Made here for the caller's stack, and read in the bracket: reading may run code.
    const call = new NativeError();
    const imported = this.#modules.import(specifier, options, {
      shown: fileName,
      failed: (thrown) => {
        const { files } = this.#options;
        const frame = files.framesOf(call.stack ?? '').find((one) => files.unitOf(one)?.isCell === true);
        if (frame !== undefined)
          failed?.({ thrown, position: { fileName: frame.file, line: frame.line, column: frame.column } });
      },
    });
    rememberThrown(imported, current.mapping);
    return imported;
  }

  #runtimeOf(owner: SlotOwner, fileName: string, failed?: (failure: ImportFailure) => void): CellRuntime {
    const namespace = this.#namespace;
    const used = (): Namespace => {
      owner.usedNames = true;
      return namespace;
    };
    return {
      value: undefined,
      activations,
      guard: this.#options.guard,
      meta: this.#modules.metaOf(fileName),
      declare: (name, kind, isAssigned) => used().declare(name, kind, owner, isAssigned),
      record: (name) => used().record(name),
      late: (name) => used().late(name),
      lateType: (name) => namespace.lateType(name),
      target: (name) => used().target(name),
      import: (specifier, options) => this.#import(specifier, options, fileName, failed),
      decorate: () => new ClassDecoration(intrinsics),
      evaluation: this.#evaluation,
    };
  }
}

/**
 * Code in `sync` mode must run to completion without suspending, so that no other code runs in between.
 * @param imported offset of its first import, which elements of JSX have without saying so
 */
function refuseWaiting(source: string, imported = 0): CompileError {
  const at = source.search(/\bawait\b|\bimport\b/);
  const position = positionAt(source, at < 0 ? imported : at);
  return new CompileError('This code awaits, which mode "sync" does not allow. Run it in mode "async".', position);
}
