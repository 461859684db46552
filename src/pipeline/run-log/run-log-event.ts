/** Version of the format of events. */
export const runLogVersion = 1;

/** Where a run or a step stands. `interrupted`: its process or page ended under it. */
export type RunStatus = 'created' | 'triggered' | 'processing' | 'success' | 'fail' | 'cancelled' | 'interrupted';

/** An error in a log. Secrets in it are replaced. */
export interface LoggedError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/**
 * A parameter as a log keeps it: in the log itself, as a text of a serializer; in the catalog, when it is large; or as an object in
 * memory, of which a stored log has nothing but that it was there.
 */
export type KeptValue =
  | { readonly in: 'log'; readonly serializer: string; readonly text: string; readonly secrets?: readonly string[] }
  | {
      readonly in: 'catalog';
      readonly serializer: string;
      readonly entry: string;
      readonly secrets?: readonly string[];
    }
  | { readonly in: 'memory'; readonly secrets?: readonly string[] };

/** Parameters by name, as a log keeps them. */
export type KeptValues = Readonly<Record<string, KeptValue>>;

/** What every event has. */
export interface EventHead {
  readonly version: typeof runLogVersion;
  /** From 0, without gaps. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** The run was created, goes on, or has ended. */
export interface RunEvent extends EventHead {
  readonly type: 'run';
  readonly status: RunStatus;
  /** Of `created`. */
  readonly definition?: string;
  readonly tag?: string;
  /** Of `created`: those that the run was started with. */
  readonly parameters?: KeptValues;
  /** Of `processing`: whether the run goes on after a failure. */
  readonly resumed?: boolean;
  readonly error?: LoggedError;
}

/** A step began, or has ended. */
export interface StepEvent extends EventHead {
  readonly type: 'step';
  /** In the run: `each/3/look`. */
  readonly path: string;
  /** Of the step in the definition: `each/look`. */
  readonly node: string;
  readonly name: string;
  readonly kind: string;
  readonly status: RunStatus;
  /** Of a task that succeeded: what it gave. */
  readonly gave?: KeptValues;
  readonly error?: LoggedError;
}

/** An attempt of a task began, or has ended. */
export interface AttemptEvent extends EventHead {
  readonly type: 'attempt';
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  readonly status: RunStatus;
  readonly error?: LoggedError;
}

/** A task wrote a line, or told how far it is. */
export interface NoteEvent extends EventHead {
  readonly type: 'note';
  readonly path: string;
  readonly text: string;
  /** Of progress. */
  readonly done?: number;
  readonly total?: number;
}

/** One entry of a run log. */
export type RunLogEvent = RunEvent | StepEvent | AttemptEvent | NoteEvent;

type WithoutHead<E> = E extends RunLogEvent ? Omit<E, keyof EventHead> : never;

/** An event before the log has numbered it. */
export type NewRunLogEvent = WithoutHead<RunLogEvent>;
