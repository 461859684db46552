import type { CodeMarker } from '../../../editor/markers.js';
import type { Preview } from '../../../protocol/previews/preview.js';
import type { ConsoleLog } from '../../console/console-log.js';

/** Status of the current or last run of a snippet. */
export type SnippetStatus = 'idle' | 'loading' | 'running' | 'ok' | 'failed' | 'stopped';

/** The displayed state of a snippet's runs. Immutable except for the log. */
export interface SnippetView {
  readonly status: SnippetStatus;
  readonly log: ConsoleLog;
  /** Loads the properties of a previewed object. */
  readonly expand: (preview: Preview) => Promise<Preview>;
  /** Returns the snippet that ran under a file name. */
  readonly snippetOf: (fileName: string) => HTMLElement | undefined;
  /** What ended runs have left in the session: promises, timers, listeners, tool calls. */
  readonly pending: () => number;
  /** Stops what ended runs have left. */
  readonly stopPending: () => Promise<void>;
  /** Positions of the error, in visible lines. */
  readonly markers: readonly CodeMarker[];
  /** Duration of the run in milliseconds. */
  readonly duration?: number;
  /** Whether the output matches the expected output; absent without one. */
  readonly expectation?: 'met' | 'missed';
  /** Announcement of the outcome for assistive technology. */
  readonly summary?: string;
}
