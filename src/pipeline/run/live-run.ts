import { AsyncContext } from '../../context/async-context/async-context.js';
import { getCurrentContext } from '../../context/current-context.js';
import { RuntimeContext } from '../../context/runtime-context.js';
import type { Codemode } from '../../sdk/codemode.js';
import { CancelledError } from '../../sdk/errors/execution-errors.js';
import type { Catalog, RunCatalog } from '../catalog/catalog.js';
import { MemoryCatalog } from '../catalog/memory-catalog.js';
import type { Keeping, Step } from '../definition/step.js';
import type { Executor } from '../context/run-context.js';
import { realmExecutor } from '../executors/realm-executor.js';
import { MemoryRunLogStore } from '../run-log/memory-run-log-store.js';
import type { KeptValues, RunLogEvent, RunStatus } from '../run-log/run-log-event.js';
import type { RunLog } from '../run-log/run-log.js';
import type { RunLogStore } from '../run-log/run-log-store.js';
import { Redactor } from '../secrets/redactor.js';
import { secretsOf, type SecretSource } from '../secrets/secrets.js';
import type { Serializer } from '../serializers/serializer.js';
import { structuredSerializer } from '../serializers/structured.js';
import { kept, restored, shownValues } from './kept-values.js';
import type { Place } from './place.js';
import { RunJournal } from './run-journal.js';
import type { PipelineRunOptions } from './run-options.js';
import { RunStop } from './run-stop.js';
import { Scope } from './scope.js';
import { Slots } from './slots.js';

interface LiveRunInit {
  readonly runId: string;
  readonly definition: string;
  readonly options: PipelineRunOptions;
  readonly onEvent: (event: RunLogEvent) => void;
}

/** A run while it runs: what its steps share. */
export class LiveRun {
  readonly runId: string;
  readonly definition: string;
  tag: string | undefined;
  readonly codemode: Codemode | undefined;
  readonly runLogStore: RunLogStore;
  readonly catalog: RunCatalog;
  readonly serializer: Serializer;
  readonly executor: Executor;
  readonly secrets: SecretSource | undefined;
  readonly stopGrace: number;
  readonly slots: Slots;
  readonly stop = new RunStop();
  readonly redactor = new Redactor();
  readonly journal: RunJournal;
  /** The context that those of the tasks are made of. */
  readonly context: RuntimeContext;
  /** The variables of the caller that started the run. */
  readonly snapshot = new AsyncContext.Snapshot();
  /** Whether an earlier try of the run has succeeded: nothing runs again then. */
  hasSucceeded = false;
  /** The parameters of the outermost steps. */
  scope = new Scope();
  readonly #catalog: Catalog;
  readonly #inlineLimit: number;

  constructor({ runId, definition, options, onEvent }: LiveRunInit) {
    this.runId = runId;
    this.definition = definition;
    this.codemode = options.codemode;
    this.runLogStore = options.runLogStore ?? new MemoryRunLogStore();
    this.#catalog = options.catalog ?? new MemoryCatalog();
    this.catalog = this.#catalog.forRun(runId);
    this.serializer = options.serializer ?? structuredSerializer;
    this.executor = options.executor ?? realmExecutor;
    this.secrets = options.secrets;
    this.stopGrace = options.stopGrace ?? 500;
    this.slots = new Slots(options.concurrency ?? Infinity);
    this.#inlineLimit = options.inlineLimit ?? 65_536;
    this.context = contextOf(options, runId);
    this.journal = new RunJournal(runId, { store: this.runLogStore, redactor: this.redactor, onEvent });
  }

  cancel(reason?: unknown): void {
    const text =
      reason instanceof Error ? reason.message : typeof reason === 'string' ? reason : 'The run was cancelled';
    this.stop.stop(new CancelledError(text, { cause: reason }));
  }

  /** Keeps connections of the stores until the returned function is called. */
  acquire(): () => void {
    const releases = [this.runLogStore.acquire?.(), this.#catalog.acquire?.()];
    return () => releases.forEach((release) => release?.());
  }

  /** The log as it is now, with these parameters. */
  log(): RunLog {
    return this.journal.record.log(shownValues(this.scope.parameters, this));
  }

  async writeStep(step: Step, { path, node }: Place, status: RunStatus, more: StepDetails = {}): Promise<void> {
    const { error, gave } = more;
    await this.journal.write({
      type: 'step',
      path,
      node,
      name: step.name,
      kind: step.kind,
      status,
      ...(gave === undefined ? {} : { gave }),
      ...(error === undefined ? {} : { error: this.journal.loggedError(error) }),
    });
  }

  async keep(values: Iterable<readonly [string, unknown]>, path: string, keeping: Keeping): Promise<KeptValues> {
    return await kept(values, path, keeping, this.#keeper);
  }

  /** @returns `undefined` where one of them is no longer there */
  async restore(values: KeptValues, path: string): Promise<readonly (readonly [string, unknown])[] | undefined> {
    return await restored(values, this.#keeper, async (names) => {
      const found = await secretsOf(names, this.secrets, path);
      this.redactor.add(found);
      return found;
    });
  }

  get #keeper(): Parameters<typeof kept>[3] {
    const { catalog, serializer, redactor } = this;
    return { catalog, serializer, redactor, inlineLimit: this.#inlineLimit };
  }
}

/** What is told of a step beside its status. */
interface StepDetails {
  readonly error?: unknown;
  readonly gave?: KeptValues;
}

function contextOf({ context }: PipelineRunOptions, runId: string): RuntimeContext {
  const given = context ?? getCurrentContext();
  if (RuntimeContext.isRuntimeContext(given)) return given;
  return new RuntimeContext({ variables: given ?? {}, correlationId: runId });
}
