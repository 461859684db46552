import type { ExecutionMode } from '../../protocol/messages/wire.js';
import type { ExecutionResult, OutputEntry } from '../../sdk/types.js';

/** Origin of a run: a tab of a playground, or a snippet. */
export interface RunOrigin {
  /** Id of the tab. For one more release, a snippet also sends its name here: read `snippet` instead. */
  readonly tab: string;
  /** Name of the snippet; absent in events of a playground. */
  readonly snippet?: string;
  /** Name of the tab or the snippet. */
  readonly name: string;
}

/** Detail of `codemode-run`, the start of a run. */
export interface RunDetail extends RunOrigin {
  readonly code: string;
  /** Name of the code in frames and positions. */
  readonly fileName: string;
  readonly mode: ExecutionMode;
  readonly context: Readonly<Record<string, unknown>>;
  /** Code from the editor, or a line from the console. */
  readonly source: 'editor' | 'repl';
}

/** Detail of `codemode-result`, the end of a run with or without success. */
export interface ResultDetail extends RunOrigin {
  readonly fileName: string;
  readonly result: ExecutionResult;
}

/** Detail of `codemode-output`, an output entry. */
export interface OutputDetail extends RunOrigin {
  /** File name of the code that wrote the entry; absent for output without a run of the element. */
  readonly fileName?: string;
  readonly entry: OutputEntry;
}

/** Details of the events by name. Each event is a `CustomEvent` that bubbles and is composed. */
export interface PlaygroundEventDetails {
  'codemode-run': RunDetail;
  'codemode-result': ResultDetail;
  'codemode-output': OutputDetail;
}

declare global {
  interface HTMLElementEventMap {
    'codemode-run': CustomEvent<PlaygroundEventDetails['codemode-run']>;
    'codemode-result': CustomEvent<PlaygroundEventDetails['codemode-result']>;
    'codemode-output': CustomEvent<PlaygroundEventDetails['codemode-output']>;
  }
}
