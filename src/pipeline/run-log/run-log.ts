import type { AttemptEvent, KeptValues, LoggedError, RunLogEvent, RunStatus, StepEvent } from './run-log-event.js';

/** One try of a task. Times are milliseconds since the epoch. */
export interface AttemptLog {
  readonly attempt: number;
  readonly status: RunStatus;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly error?: LoggedError;
}

/** A step of a run, and the steps inside it. */
export interface StepLog {
  readonly name: string;
  /** In the run: `each/3/look`. */
  readonly path: string;
  /** In the definition: `each/look`. */
  readonly node: string;
  readonly kind: string;
  readonly status: RunStatus;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Empty for a step that is no task, and for a task that could not begin. */
  readonly attempts: readonly AttemptLog[];
  readonly error?: LoggedError;
  /** What it wrote with `run.log`, and what its cell wrote. */
  readonly notes: readonly NoteLog[];
  /** How far it told that it is. */
  readonly progress?: { readonly done: number; readonly total?: number; readonly label?: string };
  /** In the order in which they began. */
  readonly steps?: readonly StepLog[];
}

/** A line that a task wrote. */
export interface NoteLog {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly text: string;
}

/** What happened in a run, read from the events of its log. Plain data, without secrets. */
export interface RunLog {
  readonly runId: string;
  readonly definition: string;
  readonly tag?: string;
  readonly status: RunStatus;
  /** Those that the run has at this time. Objects that a log cannot keep stand as texts. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly error?: LoggedError;
  readonly steps: readonly StepLog[];
}

interface StepRecord {
  name: string;
  path: string;
  node: string;
  kind: string;
  status: RunStatus;
  startedAt: number;
  endedAt?: number;
  attempts: { attempt: number; status: RunStatus; startedAt: number; endedAt?: number; error?: LoggedError }[];
  error?: LoggedError;
  notes: NoteLog[];
  progress?: { done: number; total?: number; label?: string };
  gave?: KeptValues;
}

/** The events of a run, read one after the other. */
export class RunRecord {
  readonly runId: string;
  definition = '';
  tag: string | undefined;
  status: RunStatus = 'created';
  initial: KeptValues = {};
  startedAt = 0;
  endedAt: number | undefined;
  error: LoggedError | undefined;
  /** The number of the next event. */
  next = 0;
  readonly #steps = new Map<string, StepRecord>();

  constructor(runId: string, events: readonly RunLogEvent[] = []) {
    this.runId = runId;
    for (const event of events) this.apply(event);
  }

  apply(event: RunLogEvent): void {
    this.next = event.sequence + 1;
    switch (event.type) {
      case 'run':
        if (event.status === 'created') {
          this.definition = event.definition ?? '';
          this.tag = event.tag;
          this.initial = event.parameters ?? {};
          this.startedAt = event.time;
        }
        if (event.resumed === true) this.#interrupt(event.time);
        this.status = event.status;
        this.error = event.error;
        this.endedAt = isEnd(event.status) ? event.time : undefined;
        break;
      case 'step':
        this.#applyStep(event);
        break;
      case 'attempt':
        this.#applyAttempt(event);
        break;
      case 'note': {
        const step = this.#steps.get(event.path);
        if (event.done === undefined) step?.notes.push({ time: event.time, text: event.text });
        else if (step !== undefined) {
          const { done, total, text } = event;
          step.progress = { done, ...(total === undefined ? {} : { total }), ...(text === '' ? {} : { label: text }) };
        }
        break;
      }
      default:
    }
  }

  /** What the log knows of a step. */
  step(path: string): Pick<StepLog, 'node' | 'name' | 'kind' | 'status'> | undefined {
    return this.#steps.get(path);
  }

  statusOf(path: string): RunStatus | undefined {
    return this.#steps.get(path)?.status;
  }

  /** What a task gave that succeeded. */
  gaveOf(path: string): KeptValues | undefined {
    const step = this.#steps.get(path);
    return step?.status === 'success' ? (step.gave ?? {}) : undefined;
  }

  attemptsOf(path: string): number {
    return this.#steps.get(path)?.attempts.length ?? 0;
  }

  /** @param parameters those that the run has now */
  log(parameters: Readonly<Record<string, unknown>>): RunLog {
    const children = new Map<string, StepLog[]>();
    // Inner steps begin after outer ones, so that from the end each finds its own complete.
    for (const step of [...this.#steps.values()].reverse()) {
      const { gave: _gave, ...shown } = step;
      const inner = children.get(step.path)?.reverse();
      const log: StepLog = {
        ...shown,
        attempts: step.attempts.map((attempt) => ({ ...attempt })),
        notes: [...step.notes],
        ...(inner === undefined ? {} : { steps: inner }),
      };
      const parent = this.#parentOf(step.path);
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [log]);
      else siblings.push(log);
    }
    return {
      runId: this.runId,
      definition: this.definition,
      ...(this.tag === undefined ? {} : { tag: this.tag }),
      status: this.status,
      parameters,
      startedAt: this.startedAt,
      ...(this.endedAt === undefined ? {} : { endedAt: this.endedAt }),
      ...(this.error === undefined ? {} : { error: this.error }),
      steps: children.get('')?.reverse() ?? [],
    };
  }

  /** The step around it: the longest path of a step that it begins with. */
  #parentOf(path: string): string {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const around = path.slice(0, at);
      if (this.#steps.has(around)) return around;
    }
    return '';
  }

  #applyStep({ path, node, name, kind, status, time, gave, error }: StepEvent): void {
    let step = this.#steps.get(path);
    if (step === undefined) {
      step = { name, path, node, kind, status, startedAt: time, attempts: [], notes: [] };
      this.#steps.set(path, step);
    }
    step.status = status;
    if (gave !== undefined) step.gave = gave;
    delete step.error;
    delete step.endedAt;
    if (error !== undefined) step.error = error;
    if (!isEnd(status)) return;
    step.endedAt = time;
    // The success of a task is that of its attempt: one event, so that a kill cannot part them.
    const attempt = step.attempts.at(-1);
    if (attempt?.status !== 'processing') return;
    attempt.status = status;
    attempt.endedAt = time;
  }

  #applyAttempt({ path, attempt, status, time, error }: AttemptEvent): void {
    const step = this.#steps.get(path);
    if (step === undefined) return;
    if (status === 'processing') {
      step.status = 'processing';
      step.attempts.push({ attempt, status, startedAt: time });
      return;
    }
    const ended = step.attempts.findLast((each) => each.attempt === attempt);
    if (ended === undefined) return;
    ended.status = status;
    ended.endedAt = time;
    if (error !== undefined) ended.error = error;
  }

  /** What was under way when the page or the process ended. */
  #interrupt(time: number): void {
    for (const step of this.#steps.values()) {
      for (const attempt of step.attempts) {
        if (attempt.status !== 'processing') continue;
        attempt.status = 'interrupted';
        attempt.endedAt = time;
      }
      if (!isEnd(step.status)) {
        step.status = 'interrupted';
        step.endedAt = time;
      }
    }
  }
}

const isEnd = (status: RunStatus): boolean => !['created', 'triggered', 'processing'].includes(status);
