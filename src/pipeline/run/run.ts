import { listen } from '../../protocol/resources/listen.js';
import { DetailEventTarget } from '../../sdk/detail-event-target.js';
import type { Parameters } from '../definition/parameters.js';
import type { PipelineParts } from '../definition/pipeline-parts.js';
import { ParameterError } from '../errors/run-errors.js';
import { RunActiveError, RunLogFormatError } from '../errors/storage-errors.js';
import { runOnFailure, runSteps } from '../nodes/run-steps.js';
import { runLogVersion, type LoggedError, type RunLogEvent, type RunStatus } from '../run-log/run-log-event.js';
import type { RunLog } from '../run-log/run-log.js';
import { declaredSecrets } from './declared-secrets.js';
import { removeTemporaries } from './kept-values.js';
import { issuesText } from './issues-text.js';
import { LiveRun } from './live-run.js';
import { root } from './place.js';
import type { PipelineRunOptions } from './run-options.js';

/** How a run ended. */
export interface RunOutcome<Gives = Readonly<Record<string, unknown>>> {
  readonly status: 'success' | 'fail' | 'cancelled';
  /** All that the run had at its end. */
  readonly parameters: Gives;
  readonly log: RunLog;
  /** What made it fail; secrets in it are replaced. */
  readonly error?: Error;
}

/** A step of a run has another status. */
export interface StepEventDetail {
  readonly runId: string;
  /** In the run: `each/3/look`. */
  readonly path: string;
  /** In the definition: `each/look`. */
  readonly node: string;
  readonly name: string;
  readonly kind: string;
  readonly status: RunStatus;
  /** Of a task that is tried: from 1. */
  readonly attempt?: number;
  readonly error?: LoggedError;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** A task wrote a line. */
export interface NoteEventDetail {
  readonly runId: string;
  readonly path: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** A task told how far it is. */
export interface ProgressEventDetail {
  readonly runId: string;
  readonly path: string;
  readonly done: number;
  readonly total?: number;
  readonly label?: string;
}

/** Events of a run by type. Each is a `CustomEvent` with this `detail`. Secrets in them are replaced. */
export interface RunEventDetails {
  step: StepEventDetail;
  log: NoteEventDetail;
  progress: ProgressEventDetail;
  statechange: { readonly runId: string; readonly status: RunStatus };
}

/** Under way in this realm, by the store of their log. */
const active = new WeakMap<object, Set<string>>();

/** What a run is made of; `start` and `resume` of a pipeline make it. */
export interface RunInit {
  readonly runId: string;
  readonly tag: string | undefined;
  readonly parts: PipelineParts;
  readonly options: PipelineRunOptions;
  /** What it begins with; `undefined` for a run that is resumed. */
  readonly parameters: Parameters | undefined;
}

/**
 * A run of a pipeline. Dispatches `step`, `log`, `progress` and `statechange` as CustomEvents; `RunEventDetails` has the types of their
 * details.
 *
 * @example
 * const run = sales.start({ parameters: { month: '2026-01' } });
 * run.addEventListener('step', ({ detail }) => console.log(detail.path, detail.status));
 * const { status, parameters, log, error } = await run.finished;
 */
export class Run<Gives = Readonly<Record<string, unknown>>> extends DetailEventTarget<RunEventDetails> {
  readonly runId: string;
  /** Resolves when the run has ended, whatever its tasks did. Rejects where it could not be run: with its id there is a run already. */
  readonly finished: Promise<RunOutcome<Gives>>;
  readonly #live: LiveRun;
  readonly #parts: PipelineParts;
  #outcome: RunOutcome<Gives> | undefined;

  constructor({ runId, tag, parts, options, parameters }: RunInit) {
    super();
    this.runId = runId;
    this.#parts = parts;
    this.#live = new LiveRun({
      runId,
      definition: parts.name,
      options,
      onEvent: (event) => this.#dispatch(event),
    });
    this.#live.tag = tag;
    const { signal } = options;
    const unlisten = signal && listen(signal, 'abort', () => void this.cancel(signal.reason));
    if (signal?.aborted === true) this.#live.cancel(signal.reason);
    // Not at once: whoever starts it listens to it first.
    this.finished = Promise.resolve()
      .then(async () => await this.#run(parameters))
      .finally(unlisten);
    this.finished.catch(() => undefined);
  }

  get status(): RunStatus {
    return this.#live.journal.record.status;
  }

  /** Those that the run has at this time. */
  get parameters(): Gives {
    return this.#outcome?.parameters ?? (this.#live.scope.parameters as Gives);
  }

  /** What has happened until now. */
  get log(): RunLog {
    return this.#outcome?.log ?? this.#live.log();
  }

  /** What made it fail. */
  get error(): Error | undefined {
    return this.#outcome?.error;
  }

  /** What the run log store could not do, as in a full disk: the run went on, and can't be resumed. @default undefined */
  get storageError(): unknown {
    return this.#live.journal.storageError;
  }

  /** Stops what runs, at any depth, and resolves when the run has ended. Does nothing to one that has. */
  async cancel(reason?: unknown): Promise<void> {
    if (this.#outcome === undefined) this.#live.cancel(reason);
    await this.finished.catch(() => undefined);
  }

  async #run(parameters: Parameters | undefined): Promise<RunOutcome<Gives>> {
    const { runLogStore } = this.#live;
    const others = active.get(runLogStore) ?? new Set();
    if (others.has(this.runId)) throw new RunActiveError(this.runId);
    active.set(runLogStore, others.add(this.runId));
    const release = this.#live.acquire();
    try {
      return await this.#runToEnd(parameters);
    } finally {
      others.delete(this.runId);
      release();
    }
  }

  async #runToEnd(parameters: Parameters | undefined): Promise<RunOutcome<Gives>> {
    const live = this.#live;
    const { record } = live.journal;
    if (parameters === undefined) await this.#load();
    const hadSucceeded = record.status === 'success';
    live.hasSucceeded = hadSucceeded;
    // Before anything is written: no text may hold one.
    live.redactor.add(await declaredSecrets(this.#parts, live.secrets));
    if (parameters === undefined) {
      const before = await live.restore(record.initial, '');
      if (before === undefined && !hadSucceeded)
        throw new RunLogFormatError(this.runId, 'the parameters that it was started with are gone.');
      live.scope.give(before ?? []);
    } else {
      live.scope.give(Object.entries(parameters));
      await live.journal.write({
        type: 'run',
        status: 'created',
        definition: live.definition,
        ...(live.tag === undefined ? {} : { tag: live.tag }),
        parameters: await live.keep(Object.entries(parameters), '', 'auto'),
      });
    }
    if (!hadSucceeded) {
      const resumed = parameters === undefined ? { resumed: true } : {};
      await live.journal.write({ type: 'run', status: 'processing', ...resumed });
    }
    const failure = await this.#runSteps(parameters);
    const status = failure === undefined ? 'success' : live.stop.isStopped ? 'cancelled' : 'fail';
    if (status === 'fail') await this.#afterFailure(failure?.error);
    if (!hadSucceeded || status !== 'success') {
      const error = failure === undefined ? {} : { error: live.journal.loggedError(failure.error) };
      await live.journal.write({ type: 'run', status, ...error });
    }
    await live.journal.close();
    if (status === 'success') await removeTemporaries(live.catalog).catch(() => undefined);
    const error = failure === undefined ? {} : { error: errorOf(live.redactor.error(failure.error)) };
    this.#outcome = Object.freeze({ status, parameters: live.scope.parameters as Gives, log: live.log(), ...error });
    return this.#outcome;
  }

  /** What an earlier page or process has done. */
  async #load(): Promise<void> {
    const live = this.#live;
    const events = await live.runLogStore.read(this.runId);
    checkEvents(this.runId, live.definition, events);
    live.journal.load(events);
    live.tag = live.journal.record.tag;
  }

  /** @returns what made it fail */
  async #runSteps(parameters: Parameters | undefined): Promise<{ readonly error: unknown } | undefined> {
    const live = this.#live;
    try {
      live.stop.throwIfStopped();
      if (this.#parts.parameters !== undefined) await this.#check(parameters ?? live.scope.parameters);
      await runSteps(live, this.#parts.steps, live.scope, root);
      live.stop.throwIfStopped();
      return undefined;
    } catch (error) {
      // What was kept in the catalog is gone, and so may be what decided on branches and lists.
      return live.hasSucceeded && !live.stop.isStopped ? undefined : { error };
    }
  }

  async #afterFailure(error: unknown): Promise<void> {
    if (this.#parts.onFailure.length === 0) return;
    await runOnFailure(this.#live, this.#parts.onFailure, this.#live.scope, { place: root, error });
  }

  async #check(parameters: Parameters): Promise<void> {
    const result = await this.#parts.parameters!['~standard'].validate(parameters);
    if (result.issues !== undefined) throw new ParameterError('', issuesText(result.issues));
    this.#live.scope.give(Object.entries(result.value as object));
  }

  #dispatch(event: RunLogEvent): void {
    const { runId } = this;
    const { record } = this.#live.journal;
    switch (event.type) {
      case 'run':
        this.dispatchDetail('statechange', { runId, status: event.status });
        break;
      case 'step': {
        const { path, node, name, kind, status, error, time } = event;
        this.dispatchDetail('step', { runId, path, node, name, kind, status, time, ...(error && { error }) });
        break;
      }
      case 'attempt': {
        const { path, attempt, status, error, time } = event;
        const step = record.step(path);
        if (step === undefined || status !== 'processing') break;
        const { node, name, kind } = step;
        this.dispatchDetail('step', { runId, path, node, name, kind, status, attempt, time, ...(error && { error }) });
        break;
      }
      case 'note': {
        const { path, text, time, done, total } = event;
        if (done === undefined) this.dispatchDetail('log', { runId, path, text, time });
        else {
          const more = { ...(total === undefined ? {} : { total }), ...(text === '' ? {} : { label: text }) };
          this.dispatchDetail('progress', { runId, path, done, ...more });
        }
        break;
      }
      default:
    }
  }
}

/** A task may throw anything. */
const errorOf = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });

/** @throws RunLogFormatError for events that this release cannot read */
function checkEvents(runId: string, definition: string, events: readonly RunLogEvent[]): void {
  const [first] = events;
  if (first?.type !== 'run' || first.status !== 'created') {
    throw new RunLogFormatError(runId, 'it does not begin with the start of a run.');
  }
  const other = events.find(({ version }) => version !== runLogVersion);
  if (other !== undefined) {
    throw new RunLogFormatError(
      runId,
      `it has events of version ${String(other.version)}; this release reads version ${runLogVersion}.`,
    );
  }
  const gap = events.findIndex(({ sequence }, index) => sequence !== index);
  if (gap >= 0) throw new RunLogFormatError(runId, `event ${gap} is missing, or there twice.`);
  if (first.definition !== definition) {
    throw new RunLogFormatError(runId, `it is of the pipeline "${first.definition ?? ''}", not "${definition}".`);
  }
}
