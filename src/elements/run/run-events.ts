import type { ExecutionMode } from '../../protocol/messages/wire.js';
import type { ExecutionResult, OutputEntry } from '../../sdk/types.js';

/** Where a run comes from: a tab of a playground, or a snippet. */
export interface RunOrigin {
  /** Id of the tab. A snippet still sends its name here, for one release: read `snippet`. */
  readonly tab: string;
  /** Name of the snippet; absent in events of a playground. */
  readonly snippet?: string;
  /** Name of the tab or the snippet. */
  readonly name: string;
}

/** `codemode-run`: code starts to run. */
export interface RunDetail extends RunOrigin {
  readonly code: string;
  /** Name of the code in frames and positions. */
  readonly fileName: string;
  readonly mode: ExecutionMode;
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether the code of the editor runs, or a line of the console. */
  readonly source: 'editor' | 'repl';
}

/** `codemode-result`: code has run, with success or without. */
export interface ResultDetail extends RunOrigin {
  readonly fileName: string;
  readonly result: ExecutionResult;
}

/** `codemode-output`: code wrote something. */
export interface OutputDetail extends RunOrigin {
  /** Of the code that wrote it; absent for output of no run of the element. */
  readonly fileName?: string;
  readonly entry: OutputEntry;
}

/** Each is a `CustomEvent` that bubbles and is composed; this is its `detail`. */
export interface PlaygroundEventDetails {
  'codemode-run': RunDetail;
  'codemode-result': ResultDetail;
  'codemode-output': OutputDetail;
}
