import type { CodemodeLike } from '../../run/codemode-like.js';
import type { PlaygroundEventDetails } from '../../run/run-events.js';
import type { SnippetStrings } from '../../shared/snippet-strings.js';
import type { SnippetView } from '../live/snippet-view.js';
import type { CodemodeChoice } from './page-codemodes.js';
import type { Cell, CellRun } from './run-order.js';

/** Shows the runs of a snippet. */
export interface RunDisplay {
  readonly view: SnippetView | undefined;
  show(view: SnippetView): void;
  /** Begins a run; aborting the returned signal stops it. */
  beginRun(): AbortSignal;
  emit<K extends keyof PlaygroundEventDetails>(type: K, detail: PlaygroundEventDetails[K]): void;
}

/** A snippet that can run; implemented by `CodemodeSnippet`. */
export interface RunnableSnippet extends Cell, HTMLElement {
  readonly codemode: CodemodeLike | undefined;
  readonly choice: CodemodeChoice;
  readonly sessionName: string;
  /** Of the file name of its code: `.tsx`, `.jsx`, or nothing. */
  readonly extension: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether the code is the author's. */
  readonly isPageCode: boolean;
  readonly author: { readonly expected: string | undefined };
  readonly strings: SnippetStrings;
  lastRun: CellRun | undefined;
  /** Renders again. */
  requestUpdate(): void;
  goLive(): Promise<RunDisplay>;
}
