import type { CodeMarker } from '../../../editor/markers.js';
import type { Preview } from '../../../protocol/previews/preview.js';
import type { ConsoleLog } from '../../console/console-log.js';

export type SnippetStatus = 'idle' | 'loading' | 'running' | 'ok' | 'failed' | 'stopped';

/** What a snippet shows of its runs; another object for every change but those of the log. */
export interface SnippetView {
  readonly status: SnippetStatus;
  readonly log: ConsoleLog;
  /** The properties behind a preview. */
  readonly expand: (preview: Preview) => Promise<Preview>;
  /** Where the run failed, in lines of the whole code. */
  readonly markers: readonly CodeMarker[];
  /** Milliseconds. */
  readonly duration?: number;
  /** Whether the output was as the author expects; absent where nothing is expected. */
  readonly expectation?: 'met' | 'missed';
  /** What the run came to, for those who hear it. */
  readonly summary?: string;
}
