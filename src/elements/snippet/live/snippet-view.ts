import type { CodeMarker } from '../../../editor/markers.js';
import type { Preview } from '../../../protocol/previews/preview.js';
import type { ConsoleLog } from '../../console/console-log.js';

/** Outcome of the last run of a snippet, or that one is under way. */
export type SnippetStatus = 'idle' | 'loading' | 'running' | 'ok' | 'failed' | 'stopped';

/** What a snippet shows of its runs. Every change but those of the log makes a new one. */
export interface SnippetView {
  readonly status: SnippetStatus;
  readonly log: ConsoleLog;
  /** The properties behind a preview. */
  readonly expand: (preview: Preview) => Promise<Preview>;
  /** The snippet whose code ran under a file name. */
  readonly snippetOf: (fileName: string) => HTMLElement | undefined;
  /** Where the run failed, in lines that the reader sees. */
  readonly markers: readonly CodeMarker[];
  /** Milliseconds. */
  readonly duration?: number;
  /** Whether the output was as the author expects; absent where nothing is expected. */
  readonly expectation?: 'met' | 'missed';
  /** How the run ended, for assistive technology. */
  readonly summary?: string;
}
