import type { ExecutionMode } from '../../protocol/wire.js';
import type { ExecutionResult, OutputEntry } from '../../sdk/types.js';

interface TabDetail {
  /** Id of the tab. */
  readonly tab: string;
  /** Its name. */
  readonly name: string;
}

/** `codemode-run`: code of a tab starts to run. */
export interface RunDetail extends TabDetail {
  readonly code: string;
  readonly mode: ExecutionMode;
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether the tab's code runs, or a line of its console. */
  readonly source: 'editor' | 'repl';
}

/** `codemode-result`: it has run, well or not. */
export interface ResultDetail extends TabDetail {
  readonly result: ExecutionResult;
}

/** `codemode-output`: code of a tab wrote something. */
export interface OutputDetail extends TabDetail {
  readonly entry: OutputEntry;
}

/** Each is a `CustomEvent` that bubbles and is composed; this is its `detail`. */
export interface PlaygroundEventDetails {
  'codemode-run': RunDetail;
  'codemode-result': ResultDetail;
  'codemode-output': OutputDetail;
}
